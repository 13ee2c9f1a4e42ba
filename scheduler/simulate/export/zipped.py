"""An export in a zip, as Slack gives it. Nothing is ever unpacked to the disk."""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from scheduler.errors import NotAnExport
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

_UTF8_NAME = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
#: What it takes to read an entry: where it starts, packed size, size, checksum, method, flags.
_PLACE = struct.Struct(">QQQIHH")
#: All that a damaged or encrypted entry may raise.
_DAMAGE = (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error)


class ZipFiles:
    """The Archive of a zip."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self._zip = _opened(path)
        _count_unsafe(self._zip, findings)
        top = top_of(_path(info) for info in self._zip.infolist())
        self._lists = {path[0]: info for info, path in self._below(top) if len(path) == 1}
        self._index = DayIndex({_prefix(info): path[0] for info, path in self._days(top)})
        for info, (_, name) in self._days(top):
            self._add(info, name, findings)
        self._index.seal()
        # half a kilobyte each, and the index knows all that is needed: let them go
        self._zip.filelist.clear()
        self._zip.NameToInfo.clear()

    def _below(self, top: str) -> Iterator[tuple[ZipInfo, Sequence[str]]]:
        return ((info, below(_path(info), top)) for info in self._zip.infolist())

    def _days(self, top: str) -> Iterator[tuple[ZipInfo, Sequence[str]]]:
        return ((info, path) for info, path in self._below(top) if is_day_file(path))

    def _add(self, info: ZipInfo, name: str, findings: Findings) -> None:
        day = day_of(name)
        if day is None:
            findings.count(Finding.NO_SUCH_DAY, info.filename)
            return
        try:
            place = _place(info)
        except struct.error:  # an offset before the file's start
            findings.count(Finding.UNREADABLE_FILE, info.filename)
            return
        self._index.add(_prefix(info), day, place)

    @property
    def folders(self) -> Mapping[str, int]:
        return self._index.folders

    def day_files(self) -> Iterator[DayFile]:
        return iter(self._index)

    def read(self, file: DayFile) -> bytes:
        return self._read(_entry(file), MOST_OF_A_DAY)

    def read_list(self, name: str) -> bytes | None:
        info = self._lists.get(name)
        return self._read(info, MOST_OF_A_LIST) if info else None

    def close(self) -> None:
        self._zip.close()

    def _read(self, info: ZipInfo, most: int) -> bytes:
        if info.file_size > most:
            raise CannotRead(Finding.OVERSIZED_FILE)
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise CannotRead(Finding.UNREADABLE_FILE, f"method {info.compress_type}")
        try:
            with self._zip.open(info) as file:
                # no more than it says, however much comes out: what lies then fails its checksum
                return file.read(info.file_size + 1)
        except _DAMAGE as error:
            raise CannotRead(Finding.UNREADABLE_FILE, type(error).__name__) from error


def _opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError) as error:
        raise NotAnExport("export.no_zip", str(path)) from error


def _count_unsafe(archive: ZipFile, findings: Findings) -> None:
    for info in archive.infolist():
        if not _is_safe(info.filename):
            findings.count(Finding.UNSAFE_PATH, _name(info))


def _is_safe(name: str) -> bool:
    name = name.replace("\\", "/")
    return not (name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"))


def _path(info: ZipInfo) -> tuple[str, ...]:
    """The parts of an entry's path; empty for folders and for what would leave the zip."""
    if info.is_dir() or not _is_safe(info.filename):
        return ("",)
    return tuple(part for part in _name(info).replace("\\", "/").split("/") if part not in {"", "."}) or ("",)


def _prefix(info: ZipInfo) -> str:
    """The path up to the file's name, as the zip spells it."""
    return info.orig_filename[: -len("2026-01-05.json")]


def _name(info: ZipInfo) -> str:
    """An entry's name. Without the flag for UTF-8 it may still be that, or Windows' Japanese code page."""
    name = info.filename
    if not (info.flag_bits & _UTF8_NAME or name.isascii()):
        name = _decoded_again(name)
    return normalize("NFC", name)


def _decoded_again(name: str) -> str:
    raw = name.encode("cp437")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _place(info: ZipInfo) -> bytes:
    sizes = (info.header_offset, info.compress_size, info.file_size)
    return _PLACE.pack(*sizes, info.CRC, info.compress_type, info.flag_bits)


def _entry(file: DayFile) -> ZipInfo:
    info = ZipInfo(file.name)
    place = _PLACE.unpack(file.place)
    info.header_offset, info.compress_size, info.file_size, info.CRC, info.compress_type, info.flag_bits = (
        place
    )
    return info
