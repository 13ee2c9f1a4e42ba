"""Emoji by the names that Slack has for them; the list stands in `emoji.yaml`."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml


def _read() -> Mapping[str, str]:
    text = files(__package__).joinpath("emoji.yaml").read_text(encoding="utf-8")
    signs: dict[str, str] = yaml.safe_load(text)
    return MappingProxyType(signs)


SIGNS = _read()


def sign_of(stamp: str) -> str:
    """What people see of a stamp, whatever its skin tone; of a workspace's own one the name."""
    return SIGNS.get(stamp.partition("::")[0], f":{stamp}:")
