"""Files that were surely meant to be read, and are not: `config.yml`, `phrases.yaml.txt`, `message/`."""

import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.strictyaml import entries, is_folder

#: What an editor, a download or a slip makes of the names that are read.
_NEAR = re.compile(
    r"(?:config|phrases?)(?:[ _-]?\(?(?:\d|copy)\)?)?\.ya?ml(?:\.txt)?|(?:config|phrases?)\.(?:json|txt)",
    re.IGNORECASE,
)
_FOLDERS = re.compile(r"messages?(?:[ _-]?\(?(?:\d|copy)\)?)?", re.IGNORECASE)
_READ = frozenset(("config.yaml", "phrases.yaml"))
_TEXT = re.compile(r".+\.(?:ya?ml\.txt|txt|json)", re.IGNORECASE)


def strays_near(config: Path, messages: Path, *, here: Path, told: Path | None = None) -> tuple[str, ...]:
    """Names as a person sees them: where the command was typed, beside the config, among the messages.

    `told` is a file whose name is called wrong already.
    """
    folders = {here.resolve(), config.parent.resolve()}
    beside = (name for folder in folders for name in _beside(folder, config.name))
    return tuple(sorted({*beside, *_among(messages)} - ({told.name} if told else set())))


def _beside(folder: Path, config_name: str) -> Iterator[str]:
    for path in entries(folder)[0]:
        if is_folder(path):
            if _FOLDERS.fullmatch(path.name) and path.name != "messages":
                yield f"{path.name}/"
        elif _NEAR.fullmatch(path.name) and path.name not in _READ and path.name != config_name:
            yield path.name


def _among(messages: Path) -> Iterator[str]:
    """What ends like a message with something behind it; other endings are refused when they are loaded."""
    for path in messages.glob("*/*") if is_folder(messages) else ():
        if path.is_file() and _TEXT.fullmatch(path.name):
            yield f"{messages.name}/{path.parent.name}/{path.name}"
