"""Who looks, where, and in which language: all of it stands in the address, so two tabs can be two people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from scheduler.catalogue import LANGUAGES
from scheduler.sandbox.state import Channel, Member
from scheduler.sandbox.world import World

#: The place of the app's Home tab; every other place is a channel's id.
HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """`member` is empty while nobody is there. `thread` and `before` are a `ts`."""

    member: str
    place: str
    language: str
    is_language_chosen: bool = False
    thread: str = ""
    before: str = ""

    def url(self, path: str = "/", **changes: str) -> str:
        """The address of another view: as another member, in another place …"""
        there = replace(self, **changes)  # type: ignore[arg-type]
        language = there.language if there.is_language_chosen else ""
        names = {"as": there.member, "in": there.place, "thread": there.thread, "before": there.before}
        told = {name: value for name, value in {**names, "lang": language}.items() if value}
        return f"{path}?{urlencode(told)}" if told else path

    def at(self, place: str) -> str:
        return self.url(place=place, thread="", before="")

    def in_language(self, language: str) -> str:
        return replace(self, is_language_chosen=True).url(language=language)


def viewer_of(world: World, query: Mapping[str, str], accepted: str, first: "First") -> Viewer:
    """From an address; what is missing or unknown there gives way to what can be seen."""
    wish = query.get("lang", "")
    member = query.get("as", "") or first.member
    if member not in world.members or not is_person(world.members[member]):
        member = next((found.id for found in people(world)), "")
    place = query.get("in", "") or first.place
    if place != HOME and place not in {channel.id for channel in channels_of(world, member)}:
        place = next((channel.id for channel in channels_of(world, member)), HOME)
    return Viewer(
        member=member,
        place=place,
        language=wish if wish in LANGUAGES else _accepted(accepted),
        is_language_chosen=wish in LANGUAGES,
        thread=query.get("thread", "") if place != HOME else "",
        before=query.get("before", ""),
    )


@dataclass(slots=True, kw_only=True)
class First:
    """Where a visitor begins who named nothing."""

    member: str = ""
    place: str = ""


def people(world: World) -> list[Member]:
    """Whom one can be."""
    return [member for member in world.members.values() if is_person(member)]


def is_person(member: Member) -> bool:
    return not (member.is_bot or member.deleted or member.is_stranger or member.id == "USLACKBOT")


def channels_of(world: World, member: str) -> list[Channel]:
    """What this member can see: public channels, private ones they are in, and the app's DM with them."""
    return [
        channel
        for channel in world.channels.values()
        if (channel.with_user == member if channel.is_im else _is_open(channel, member))
    ]


def _is_open(channel: Channel, member: str) -> bool:
    return not channel.is_private or member in channel.members


def _accepted(header: str) -> str:
    """The first of our languages in `Accept-Language`; browsers name the best first."""
    wishes = (wish.strip()[:2].lower() for wish in header.split(","))
    return next((wish for wish in wishes if wish in LANGUAGES), "en")
