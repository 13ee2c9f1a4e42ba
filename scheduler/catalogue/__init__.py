"""The sentences of the command line, of errors and of pages, in Japanese and English.

One file per area and language: `say("ja", "config.unknown_key", key="…")` reads `ja/config.yaml`.
Messages to members are not here: they live in `messages/`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("ja", "en")
#: What help needs. A parser of YAML would take longer than help itself: a line each, `name: "sentence"`.
_PLAIN = "commands"


@cache
def _area(language: str, area: str) -> Mapping[str, str]:
    text = Path(__file__).with_name(language).joinpath(f"{area}.yaml").read_text(encoding="utf-8")
    return _lines(text) if area == _PLAIN else _parsed(text)


def _lines(text: str) -> Mapping[str, str]:
    pairs = (line.partition(": ") for line in text.splitlines())
    return {name: sentence[1:-1] for name, _, sentence in pairs}


def _parsed(text: str) -> Mapping[str, str]:
    """Everything in it is taken for text."""
    import yaml  # noqa: PLC0415 - help does without it

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the first is written in C, where it can be had
    sentences: dict[str, str] = yaml.load(text, Loader=loader)  # noqa: S506 - it makes nothing but text
    return sentences


def say(language: str, code: str, /, **values: object) -> str:
    """The sentence of `code` (`area.name`), filled; raises KeyError for a code that does not exist."""
    area, _, name = code.partition(".")
    return _area(language, area)[name].format(**values)


def choose_language(flag: str | None, environ: Mapping[str, str]) -> str:
    """`--lang` wins, else what is set of LC_ALL, LC_MESSAGES, LANG. What is not Japanese is English."""
    wish = flag or next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(k))), "")
    return "ja" if wish.lower().startswith("ja") else "en"
