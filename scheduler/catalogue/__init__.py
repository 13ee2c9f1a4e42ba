"""The sentences of the command line, of errors and of pages, in Japanese and English.

One file per area and language: `say("ja", "config.unknown_key", key="…")` reads `ja/config.yaml`.
Messages to members are not here: they live in `messages/`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("ja", "en")
#: Takes everything for text, and is written in C where it can be: help is shown before one notices.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def _area(language: str, area: str) -> Mapping[str, str]:
    text = Path(__file__).with_name(language).joinpath(f"{area}.yaml").read_text(encoding="utf-8")
    sentences: dict[str, str] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - it makes nothing but text
    return sentences


def say(language: str, code: str, /, **values: object) -> str:
    """The sentence of `code` (`area.name`), filled; raises KeyError for a code that does not exist."""
    area, _, name = code.partition(".")
    return _area(language, area)[name].format(**values)


def choose_language(flag: str | None, environ: Mapping[str, str]) -> str:
    """`--lang` wins, else what is set of LC_ALL, LC_MESSAGES, LANG. What is not Japanese is English."""
    wish = flag or next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(k))), "")
    return "ja" if wish.lower().startswith("ja") else "en"
