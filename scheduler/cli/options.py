"""An option that many commands have. What cannot be read is told in our own words, once it is read."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.language import told

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", readable=False, help=told("config"))]
