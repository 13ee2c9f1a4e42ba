"""An export in a folder: as Slack's zip looks once it is unpacked."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

from scheduler.simulate.export.files import (
    MOST_OF_A_DAY,
    MOST_OF_A_LIST,
    CannotRead,
    DayFile,
    DayIndex,
    below,
    day_of,
    is_day_file,
    top_of,
)
from scheduler.simulate.export.findings import Finding, Findings


class FolderFiles:
    """The Archive of a folder. Symbolic links to folders are not followed."""

    def __init__(self, path: Path, findings: Findings) -> None:
        top = top_of(_paths(path))
        self._root = path / top
        found = [inner for outer in _paths(path) if is_day_file(inner := below(outer, top))]
        self._index = DayIndex({f"{folder}/": normalize("NFC", folder) for folder, _ in found})
        for folder, name in found:
            if (day := day_of(name)) is None:
                findings.count(Finding.NO_SUCH_DAY, f"{folder}/{name}")
            else:
                self._index.add(f"{folder}/", day)
        self._index.seal()

    @property
    def folders(self) -> Mapping[str, int]:
        return self._index.folders

    def day_files(self) -> Iterator[DayFile]:
        return iter(self._index)

    def read(self, file: DayFile) -> bytes:
        return _read(self._root / file.name, MOST_OF_A_DAY)

    def read_list(self, name: str) -> bytes | None:
        path = self._root / name
        return _read(path, MOST_OF_A_LIST) if path.is_file() else None

    def close(self) -> None:
        """Nothing is kept open."""


def _paths(root: Path) -> Iterator[tuple[str, ...]]:
    for folder, folders, names in os.walk(root):
        parts = Path(folder).relative_to(root).parts
        if len(parts) == 2:
            folders.clear()
        for name in names:
            yield (*parts, name)


def _read(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():  # a pipe would wait for ever
            raise CannotRead(Finding.UNREADABLE_FILE)
        if path.stat().st_size > most:
            raise CannotRead(Finding.OVERSIZED_FILE)
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(Finding.UNREADABLE_FILE, type(error).__name__) from error
