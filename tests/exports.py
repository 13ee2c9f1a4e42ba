"""Builds Slack exports for tests: a folder or a zip, from users and messages."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

Json = Mapping[str, object]


def ts_of(at: datetime, *, number: int = 0) -> str:
    """Slack's ts of an aware instant; `number` tells messages of one instant apart."""
    return f"{int(at.timestamp())}.{at.microsecond + number:06d}"


def user(member: str, name: str = "", /, **more: object) -> Json:
    """An entry of users.json."""
    profile = {"display_name": name, "real_name": name}
    return {"id": member, "name": member.lower(), "real_name": name, "profile": profile, **more}


def message(member: str | None, at: datetime, text: str = "", /, **more: object) -> Json:
    """An entry of a day file."""
    return {"type": "message", "user": member, "text": text, "ts": ts_of(at), **more}


def joined(member: str, at: datetime) -> Json:
    return message(member, at, f"<@{member}> has joined the channel", subtype="channel_join")


def channel_id(name: str) -> str:
    """The id that `write_export` gives to a channel of this name."""
    return "C" + "".join(f"{sign:02X}" for sign in name.encode())


def write_export(
    folder: Path,
    *,
    users: Sequence[Json | str] = (),
    channels: Mapping[str, Sequence[Json]],
    files: Mapping[str, bytes] | None = None,
) -> Path:
    """An export with each message in the file of its UTC day; `files` are written as they are, over these."""
    people = [user(entry, entry) if isinstance(entry, str) else entry for entry in users]
    listed = [{"id": channel_id(name), "name": name, "created": 0} for name in channels]
    _write(folder / "users.json", people)
    _write(folder / "channels.json", listed)
    for name, messages in channels.items():
        for day, those in _by_day(messages).items():
            _write(folder / name / f"{day}.json", those)
    for path, data in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zip_export(folder: Path, target: Path, *, top: str = "") -> Path:
    """The same as a zip; everything in it lies in `top`, when that is given."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, Path(top) / path.relative_to(folder))
    return target


def _by_day(messages: Sequence[Json]) -> dict[str, list[Json]]:
    days: dict[str, list[Json]] = {}
    for entry in messages:
        seconds = float(str(entry["ts"]))
        days.setdefault(datetime.fromtimestamp(seconds, UTC).date().isoformat(), []).append(entry)
    return days


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
