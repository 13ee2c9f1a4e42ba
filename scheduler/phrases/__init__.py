"""The phrases that tell what a message does, in YAML files that a person can read and extend."""

from importlib.resources import files
from typing import Any

import yaml

from scheduler.settings import Phrases


def load_phrases() -> Phrases:
    """All languages together: a community writes in more than one."""
    kinds: dict[str, list[str]] = {}
    for language in ("ja", "en"):
        text = files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
        told: dict[str, Any] = yaml.safe_load(text)
        for kind, pieces in told.items():
            kinds.setdefault(kind, []).extend(pieces)
    return Phrases(**{kind: tuple(pieces) for kind, pieces in kinds.items()})
