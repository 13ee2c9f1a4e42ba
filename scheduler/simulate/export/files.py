"""The files of an export, in a folder or a zip: which there are, and their bytes, whatever these say.

A long history has tens of thousands of day files. They are kept as some fifty bytes each, so that memory does
not grow with history.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from struct import Struct
from typing import Protocol

from scheduler.simulate.export.findings import Finding

#: A busy day of one channel is some hundred kilobytes; the lists of a large workspace are tens of megabytes.
MOST_OF_A_DAY = 16 * 1024 * 1024
MOST_OF_A_LIST = 128 * 1024 * 1024

_DAY_FILE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.json")


class CannotRead(Exception):
    """A file of an export that cannot be used: what was found, and where in it."""

    def __init__(self, finding: Finding, what: str = "") -> None:
        super().__init__(finding, what)
        self.finding = finding
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFile:
    """What was said in one channel on one day. `place` is where its archive finds it again."""

    folder: str
    day: date
    name: str
    place: bytes


class Archive(Protocol):
    """Where the files of an export lie."""

    @property
    def folders(self) -> Mapping[str, int]:
        """The folders that hold day files, with the number of these."""
        ...

    def day_files(self) -> Iterator[DayFile]:
        """Every day file, by day, then by folder; the same order each time."""
        ...

    def read(self, file: DayFile) -> bytes:
        """Raises CannotRead."""
        ...

    def read_list(self, name: str) -> bytes | None:
        """A file like users.json, or None when there is none; raises CannotRead."""
        ...

    def close(self) -> None: ...


class DayIndex:
    """Which day files there are, packed. `prefixes` are paths up to the file, each with its folder's name."""

    _KEY = Struct(">II")  # big-endian: bytes sort like the numbers in them

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes)
        self._folders = [prefixes[prefix] for prefix in self._prefixes]
        self._number = {prefix: number for number, prefix in enumerate(self._prefixes)}
        self._entries: list[bytes] = []
        self.folders: dict[str, int] = {}

    def add(self, prefix: str, day: date, place: bytes = b"") -> None:
        number = self._number[prefix]
        folder = self._folders[number]
        self.folders[folder] = self.folders.get(folder, 0) + 1
        self._entries.append(self._KEY.pack(day.toordinal(), number) + place)

    def seal(self) -> None:
        self._entries.sort()

    def __iter__(self) -> Iterator[DayFile]:
        for entry in self._entries:
            ordinal, number = self._KEY.unpack_from(entry)
            day = date.fromordinal(ordinal)
            name = f"{self._prefixes[number]}{day.isoformat()}.json"
            yield DayFile(folder=self._folders[number], day=day, name=name, place=entry[self._KEY.size :])


def day_of(name: str) -> date | None:
    """The day that a file is named after; None when that day does not exist."""
    try:
        return date.fromisoformat(name.removesuffix(".json"))
    except ValueError:
        return None


def top_of(paths: Iterable[Sequence[str]]) -> str:
    """The one folder that everything lies in, or nothing: `export/general/2026-01-05.json` has `export`."""
    tops: set[str] = set()
    for path in paths:
        if is_day_file(path):
            return ""
        if is_day_file(path[1:]):
            tops.add(path[0])
    return tops.pop() if len(tops) == 1 else ""


def is_day_file(path: Sequence[str]) -> bool:
    """Whether the path is a folder and a file named after a day in it."""
    return len(path) == 2 and _DAY_FILE.fullmatch(path[1]) is not None


def below(path: Sequence[str], top: str) -> Sequence[str]:
    """The path inside `top`; empty for what lies elsewhere."""
    if not top:
        return path
    return path[1:] if path[0] == top else ()
