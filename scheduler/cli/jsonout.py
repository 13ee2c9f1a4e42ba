"""Where JSON goes."""

import sys
from typing import TextIO


def json_output() -> TextIO:
    """Standard output in UTF-8, as JSON is, whatever the terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
