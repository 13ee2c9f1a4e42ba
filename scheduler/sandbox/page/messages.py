"""One message as this member sees it: every word and sign of it, ready for the layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from scheduler.pages import blocks_to_html
from scheduler.pages.emoji import sign_of
from scheduler.sandbox.page.controls import control
from scheduler.sandbox.page.fields import habits_of
from scheduler.sandbox.page.names import author_of, called, hue, initials, member_name
from scheduler.sandbox.page.times import Times
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import Channel, Ephemeral, Message
from scheduler.sandbox.world import World

_NOTES = frozenset(("channel_join", "channel_name", "tombstone"))
#: Notes that are told in the visitor's language.
_TOLD_OURSELVES = frozenset(("channel_join", "tombstone"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One reaction: its sign, how many put it there, who they are, and whether this member is among them."""

    name: str
    sign: str
    count: int
    is_mine: bool
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """`pane` is `m` in the channel and `t` in the thread. `note` names a line by the workspace itself."""

    pane: str
    ts: str
    who: str
    initials: str
    hue: int
    is_app: bool
    hour: str
    moment: str
    body: Markup
    spoken: str
    channel: str
    stamps: tuple[Stamp, ...] = ()
    files: tuple[str, ...] = ()
    replies: int = 0
    latest: str = ""
    thread: str = ""
    is_edited: bool = False
    is_mine: bool = False
    is_following: bool = False
    is_note: bool = False
    note: str = ""
    is_alone: bool = False
    has_controls: bool = False

    @property
    def id(self) -> str:
        return f"{self.pane}-{self.ts}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """What is needed to see a message: whose eyes, and what time their clock shows."""

    world: World
    viewer: Viewer
    times: Times

    def message(self, channel: Channel, message: Message, *, pane: str, follows: bool) -> Shown:
        world, viewer = self.world, self.viewer
        author, who = author_of(world, message)
        body = self._body(message.text, message.blocks)
        at = self.times.of(message.ts)
        return Shown(
            pane=pane,
            ts=message.ts,
            channel=channel.id,
            who=who,
            initials=initials(who),
            hue=hue(author),
            is_app=message.bot_id is not None,
            hour=self.times.hour(at),
            moment=self.times.whole(at),
            body=body,
            spoken=_spoken(who, body),
            stamps=tuple(self._stamps(message)),
            files=tuple(str(file["name"]) for file in message.files),
            replies=len(message.replies) if pane == "m" else 0,
            latest=self.times.whole(self.times.of(message.replies[-1])) if message.replies else "",
            thread=viewer.url(thread=message.thread_ts or message.ts) + "#reply",
            is_edited=message.edited is not None,
            is_mine=author == viewer.member and message.subtype not in _NOTES,
            is_following=follows,
            is_note=message.subtype in _NOTES,
            note=message.subtype if message.subtype in _TOLD_OURSELVES else "",
            has_controls=bool(message.blocks),
        )

    def alone(self, one: Ephemeral, *, pane: str) -> Shown:
        """A message that only this member sees."""
        world, at = self.world, self.times.of(one.ts)
        who = member_name(world, world.bot_user)
        body = self._body(one.text, one.blocks)
        return Shown(
            pane=pane,
            ts=one.ts,
            channel=one.channel,
            who=who,
            initials=initials(who),
            hue=hue(world.bot_user),
            is_app=True,
            hour=self.times.hour(at),
            moment=self.times.whole(at),
            body=body,
            spoken=_spoken(who, body),
            is_alone=True,
            has_controls=bool(one.blocks),
        )

    def _body(self, text: str, blocks: list[Json] | None) -> Markup:
        drawing = partial(control, habits=habits_of(self.viewer, self.times))
        return blocks_to_html(text, blocks or (), called(self.world, self.viewer), drawing)

    def _stamps(self, message: Message) -> Iterator[Stamp]:
        for name, users in message.reactions.items():
            yield Stamp(
                name=name,
                sign=sign_of(name),
                count=len(users),
                is_mine=self.viewer.member in users,
                who=", ".join(member_name(self.world, user) for user in users[:20]),
            )


def _spoken(who: str, body: Markup) -> str:
    """What a screen reader says when the message comes."""
    return f"{who}: {body.striptags()[:300]}"
