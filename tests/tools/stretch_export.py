"""Makes a long history out of a short one: the same export many times over, one copy after the other.

    python -m tests.tools.stretch_export SOURCE.zip TARGET.zip [TIMES]

Each copy starts whole weeks later, so that weekdays match, with members and channels of its own.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_DAY_FILE = re.compile(r"(?P<channel>[^/]+)/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json")
_MENTION = re.compile(r"<([@#])([UWC][0-9A-Z]+)")
_TIMES = frozenset({"ts", "thread_ts", "latest_reply"})
_MEMBERS = frozenset({"user", "parent_user_id", "inviter", "creator"})
_MEMBER_LISTS = frozenset({"users", "reply_users", "members"})


def stretch(source_zip: Path, target_zip: Path, times: int = 10) -> None:
    """Write `times` copies of an export in Slack's layout to `target_zip`; the first one is the original."""
    with ZipFile(source_zip) as source, ZipFile(target_zip, "w", ZIP_DEFLATED) as target:
        weeks = _span_in_weeks(source.namelist())
        for name in ("users.json", "channels.json"):
            entries = json.loads(source.read(name))
            _put(target, name, [_Copy(k, weeks).listed(entry) for k in range(times) for entry in entries])
        for number in range(times):
            _copy_days(source, target, _Copy(number, weeks))


def _copy_days(source: ZipFile, target: ZipFile, copy: "_Copy") -> None:
    for name, channel, day in _day_files(source.namelist()):
        entries = [copy.entry(entry) for entry in json.loads(source.read(name))]
        _put(target, f"{copy.channel(channel)}/{day + copy.shift}.json", entries)


class _Copy:
    """What becomes of an entry in one of the copies."""

    def __init__(self, number: int, weeks: int) -> None:
        self._number = number
        self.shift = timedelta(weeks=weeks * number)

    def identity(self, identity: str) -> str:
        return identity if identity == "USLACKBOT" or not self._number else f"{identity}X{self._number}"

    def channel(self, name: str) -> str:
        return f"{name}-{self._number}" if self._number else name

    def ts(self, ts: str) -> str:
        seconds, _, fraction = ts.partition(".")
        return f"{int(seconds) + int(self.shift.total_seconds())}.{fraction}"

    def text(self, text: str) -> str:
        return _MENTION.sub(lambda found: f"<{found[1]}{self.identity(found[2])}", text)

    def listed(self, entry: dict[str, object]) -> object:
        """An entry of users.json or channels.json."""
        copy = {**self.entry(entry), "id": self.identity(str(entry["id"]))}
        if isinstance(created := entry.get("created"), int):
            return {**copy, "created": created + int(self.shift.total_seconds()), "name": self._name(entry)}
        return copy

    def _name(self, entry: dict[str, object]) -> str:
        return self.channel(str(entry["name"]))

    def entry(self, entry: dict[str, object]) -> dict[str, object]:
        return {key: self._value(key, value) for key, value in entry.items()}

    def _value(self, key: str, value: object) -> object:
        if isinstance(value, dict):
            return self.entry(value)
        if isinstance(value, list):
            return [self._value("user" if key in _MEMBER_LISTS else "", item) for item in value]
        return self._change(key)(value) if isinstance(value, str) and value else value

    def _change(self, key: str) -> Callable[[str], str]:
        if key in _TIMES:
            return self.ts
        if key in _MEMBERS:
            return self.identity
        return self.text if key == "text" else str


def _day_files(names: list[str]) -> Iterator[tuple[str, str, date]]:
    for name in names:
        if found := _DAY_FILE.fullmatch(name):
            yield name, found["channel"], date.fromisoformat(found["day"])


def _span_in_weeks(names: list[str]) -> int:
    days = [day for _, _, day in _day_files(names)]
    return (max(days) - min(days)).days // 7 + 1


def _put(target: ZipFile, name: str, content: object) -> None:
    target.writestr(name, json.dumps(content, ensure_ascii=False))


if __name__ == "__main__":
    stretch(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:4]))
