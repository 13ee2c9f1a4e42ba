"""users.json and channels.json of an export: today's state, which must not act in the past."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from unicodedata import normalize

from scheduler.simulate.export.content import JsonObject, id_in, load_list, mended
from scheduler.simulate.export.files import Archive, CannotRead
from scheduler.simulate.export.findings import Finding, Findings

SLACKBOT = "USLACKBOT"

_PRIVATE_LISTS = ("groups.json", "dms.json", "mpims.json")
_PRIVATE_FLAGS = ("is_private", "is_im", "is_mpim")
_PRIVATE_NAME = re.compile(r"D[0-9A-Z]{8,}|mpdm-.+")
_USED = frozenset(
    {
        *("id", "name", "real_name", "display_name", "profile", "locale", "team_id", "is_bot", "deleted"),
        *("is_restricted", "is_ultra_restricted", "created", *_PRIVATE_FLAGS),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as users.json has them."""

    name: str
    is_bot: bool
    is_guest: bool
    locale: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody in users.json. `is_known` is False when that file is missing or broken."""

    by_id: Mapping[str, Person]
    team: str | None
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A public channel. `created_at` counts seconds since 1970; 0 means unknown."""

    id: str
    name: str
    created_at: int


def read_people(archive: Archive, findings: Findings) -> People:
    """users.json; an export of a whole organisation calls it org_users.json."""
    for name in ("users.json", "org_users.json"):
        if (users := _entries(archive, name, findings)) is not None:
            gone = sum(user.get("deleted") is True for user in users)
            if gone:
                findings.count(Finding.DEACTIVATED_TODAY, name, times=gone)
            return People(by_id=dict(map(_person, users)), team=_home_team(users), is_known=True)
    findings.count(Finding.NO_USERS, "users.json")
    return People(by_id={}, team=None, is_known=False)


def read_channels(archive: Archive, findings: Findings) -> Mapping[str, Channel]:
    """The public channels by folder. Without channels.json the folders' names serve as names and ids.

    What is private is never read; nor is a folder that no list knows, since it may be private.
    """
    listed = _entries(archive, "channels.json", findings)
    private = _private_folders(archive, listed or ())
    if listed is None:
        findings.count(Finding.NO_CHANNELS, "channels.json")
        names = [name for name in sorted(archive.folders) if not _is_private(name, private)]
        channels = {name: Channel(id=name, name=name, created_at=0) for name in names}
    else:
        channels = _by_folder(map(_channel, listed), archive, private)
    _count_unread(archive, channels, private, findings)
    return channels


def _by_folder(listed: Iterable[Channel], archive: Archive, private: Set[str]) -> dict[str, Channel]:
    """Slack names folders after channels, other tools after their ids."""
    public = [channel for channel in listed if not _is_private(channel.name, private)]
    by_id = {channel.id: channel for channel in public if channel.id in archive.folders}
    return {channel.name: channel for channel in public} | by_id


def _count_unread(
    archive: Archive, channels: Mapping[str, Channel], private: Set[str], findings: Findings
) -> None:
    for folder, files in archive.folders.items():
        if folder in channels:
            continue
        if _is_private(folder, private):
            findings.count(Finding.PRIVATE_FOLDER, "")  # even its name may tell who talks to whom
        else:
            findings.count(Finding.UNLISTED_CHANNEL, folder, folder, times=files)


def _private_folders(archive: Archive, listed: Iterable[JsonObject]) -> frozenset[str]:
    private = [entry for entry in listed if any(entry.get(flag) is True for flag in _PRIVATE_FLAGS)]
    for name in _PRIVATE_LISTS:
        private += _entries(archive, name, Findings()) or ()
    return frozenset(_text(entry.get(key)) for entry in private for key in ("id", "name")) - {""}


def _is_private(folder: str, private: Set[str]) -> bool:
    return folder in private or _PRIVATE_NAME.fullmatch(folder) is not None


def _entries(archive: Archive, name: str, findings: Findings) -> list[JsonObject] | None:
    """The objects with an id in a list of an export; None when it is missing or cannot be read."""
    try:
        data = archive.read_list(name)
        entries = None if data is None else load_list(data, _slim)
    except CannotRead as error:
        findings.count(error.finding, name, error.what)
        return None
    if entries is None:
        return None
    return [entry for entry in entries if isinstance(entry, dict) and _text(entry.get("id"))]


def _slim(entry: JsonObject) -> JsonObject:
    """A large workspace's users.json is tens of megabytes, most of them pictures' addresses."""
    return {key: value for key, value in entry.items() if key in _USED}


def _person(user: JsonObject) -> tuple[str, Person]:
    member = _text(user["id"])
    person = Person(
        name=_name(user),
        is_bot=user.get("is_bot") is True or member == SLACKBOT or user.get("name") == "slackbot",
        is_guest=is_guest(user),
        locale=_text(user.get("locale")) or None,
    )
    return member, person


def is_guest(profile: JsonObject) -> bool:
    """Single-channel guests are ultra restricted, multi-channel guests restricted."""
    return profile.get("is_restricted") is True or profile.get("is_ultra_restricted") is True


def _name(user: JsonObject) -> str:
    profile = user.get("profile")
    inner = profile if isinstance(profile, dict) else {}
    names = (inner.get("display_name"), inner.get("real_name"), user.get("real_name"), user.get("name"))
    return next((name for name in map(_text, names) if name), "")


def _channel(entry: JsonObject) -> Channel:
    identity, created = _text(entry["id"]), entry.get("created")
    return Channel(
        id=identity,
        name=normalize("NFC", _text(entry.get("name")) or identity),
        created_at=created if isinstance(created, int) and 0 < created < 10**10 else 0,
    )


def _home_team(users: Iterable[JsonObject]) -> str | None:
    """Most members are at home; some come from elsewhere through shared channels."""
    teams = Counter(team for user in users if (team := id_in(user.get("team_id"))))
    return teams.most_common(1)[0][0] if teams else None


def _text(value: object) -> str:
    return mended(value).strip() if isinstance(value, str) else ""
