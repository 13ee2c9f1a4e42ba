"""Telling one export from another by what stands in it, wherever it lies and whatever it is called."""

import os
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path


def fingerprint_of(path: Path) -> str:
    """The same for the same zip, or for a folder with the same files; 32 hexadecimal digits."""
    whole = sha256()
    for name, file in _files(path):
        whole.update(f"{name}\0{_digest(file)}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:32]


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield "", path
        return
    found = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
    yield from sorted((file.relative_to(path).as_posix(), file) for file in found)


def _digest(file: Path) -> str:
    """Of a file that cannot be read, nothing; reading the export will say so."""
    try:
        if not file.is_file():  # a pipe would wait for ever
            return ""
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""
