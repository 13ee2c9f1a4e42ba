"""Opens an export and reads it day by day; what has stamps is read again at the end: these have no time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import compress, groupby, islice
from operator import attrgetter
from pathlib import Path
from types import TracebackType

from scheduler.errors import NotAnExport
from scheduler.model.facts import Fact
from scheduler.simulate.export.content import id_in, load_list
from scheduler.simulate.export.files import Archive, CannotRead, DayFile
from scheduler.simulate.export.findings import Findings
from scheduler.simulate.export.folder import FolderFiles
from scheduler.simulate.export.lists import read_channels, read_people
from scheduler.simulate.export.merge import in_order
from scheduler.simulate.export.messages import Message, messages_of
from scheduler.simulate.export.telling import Community, Teller
from scheduler.simulate.export.zipped import ZipFiles

#: An export has no team id of its own; some messages carry one.
NO_TEAM = "T0EXPORT"
_FILES_TO_LOOK_FOR_A_TEAM = 50


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far the reading is. The total grows by each file that has to be read again for its stamps."""

    files_total: int
    files_read: int = 0


def open_export(path: Path) -> "Export":
    """Raises NotAnExport for a path that is none; what is wrong inside is counted instead."""
    findings = Findings()
    archive = _archive(path, findings)
    if not archive.folders:
        archive.close()
        raise NotAnExport("export.no_folders", str(path))
    return Export(archive, findings)


def _archive(path: Path, findings: Findings) -> Archive:
    try:
        if path.is_dir():
            return FolderFiles(path, findings)
        if path.is_file():
            return ZipFiles(path, findings)
        code = "export.no_zip" if path.exists() else "export.missing_path"
    except OSError as error:
        raise NotAnExport("export.no_access", str(path)) from error
    raise NotAnExport(code, str(path))


class Export:
    """A community's history. `problems` and `progress` fill while `facts()` is read."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        self._archive = archive
        self.problems = findings
        people = read_people(archive, findings)
        channels = read_channels(archive, findings)
        self._ids = {folder: channel.id for folder, channel in channels.items()}
        team = people.team or self._team_of_messages() or NO_TEAM
        self._community = Community(team=team, channels=channels, people=people)
        findings.mark()
        self._files = sum(number for folder, number in archive.folders.items() if folder in self._ids)
        self.progress = Progress(files_total=self._files)

    @property
    def team(self) -> str:
        return self._community.team

    @property
    def channel_names(self) -> Mapping[str, str]:
        """Names by id."""
        return {channel.id: channel.name for channel in self._community.channels.values()}

    @property
    def begins_on(self) -> date | None:
        """The day of the first file."""
        return next((file.day for file in self._day_files()), None)

    @property
    def oldest_channel_on(self) -> date | None:
        """The day, in UTC, on which the first of the listed channels was made; None when no list says so."""
        made = [channel.created_at for channel in self._community.channels.values() if channel.created_at]
        return datetime.fromtimestamp(min(made), UTC).date() if made else None

    def facts(self) -> Iterator[Fact]:
        """Everything in time order; the stamps, whose times are unknown, at the very end.

        May be called again: `problems` and `progress` then start anew.
        """
        self.problems.rewind()
        self.progress.files_total, self.progress.files_read = self._files, 0
        teller = Teller(self._community, self.problems)
        with_stamps = bytearray()
        for message in in_order(self._days(with_stamps), self.problems):
            yield from teller.told(message)
        yield from teller.remaining_channels()
        for file in compress(self._day_files(), with_stamps):
            for message in self._messages(file, Findings()):
                yield from teller.stamps(message)

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> "Export":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _day_files(self) -> Iterator[DayFile]:
        return (file for file in self._archive.day_files() if file.folder in self._ids)

    def _days(self, with_stamps: bytearray) -> Iterator[tuple[date, list[Message]]]:
        for day, files in groupby(self._day_files(), key=attrgetter("day")):
            messages: list[Message] = []
            for file in files:
                found = self._messages(file, self.problems)
                has_stamps = any(message.stamps for message in found)
                with_stamps.append(has_stamps)
                self.progress.files_total += has_stamps
                messages += found
            yield day, messages

    def _messages(self, file: DayFile, findings: Findings) -> list[Message]:
        self.progress.files_read += 1
        channel = self._ids[file.folder]
        return list(messages_of(self._entries(file, findings), file=file, channel=channel, findings=findings))

    def _entries(self, file: DayFile, findings: Findings) -> list[object]:
        try:
            return load_list(self._archive.read(file))
        except CannotRead as error:
            findings.count(error.finding, file.name, error.what)
            return []

    def _team_of_messages(self) -> str | None:
        for file in islice(self._day_files(), _FILES_TO_LOOK_FOR_A_TEAM):
            for entry in self._entries(file, Findings()):
                if isinstance(entry, dict) and (team := id_in(entry.get("team"))):
                    return team
        return None
