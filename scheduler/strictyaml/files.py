"""Files to text: a file that is missing, unreadable or in another encoding is a problem, not an exception."""

import os
from pathlib import Path as FilePath

from scheduler.errors import Problem
from scheduler.strictyaml.compose import compose
from scheduler.strictyaml.document import Document


def read(path: FilePath) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file."""
    content, problems = read_bytes(path)
    if content is None:
        return None, problems
    text, problems = decode(content, str(path))
    return (None, problems) if text is None else compose(text, str(path))


def read_bytes(path: FilePath) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a file."""
    try:
        return path.read_bytes(), ()
    except FileNotFoundError:
        return None, (Problem(code="yaml.missing_file", file=str(path)),)
    except (OSError, ValueError):
        return None, (Problem(code="yaml.unreadable_file", file=str(path)),)


def entries(folder: FilePath) -> tuple[tuple[FilePath, ...], tuple[Problem, ...]]:
    """What is in a folder, by name; one that is not there holds nothing."""
    closed = Problem(code="yaml.unreadable_folder", file=str(folder))
    try:
        found = tuple(sorted(folder.iterdir())) if is_folder(folder) else ()
    except OSError:
        return (), (closed,)
    return ((), (closed,)) if found and not os.access(folder, os.X_OK) else (found, ())


def is_folder(path: FilePath) -> bool:
    """Whether we can tell that it is one."""
    try:
        return path.is_dir()
    except OSError:
        return False


def decode(content: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in UTF-8, with or without a byte order mark (Windows' Notepad writes one)."""
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, (Problem(code="yaml.not_utf8", file=file, line=line, column=1),)
