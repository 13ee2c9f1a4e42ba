"""One look at the workspace through a member's eyes: the screen, as it stands now."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from scheduler.sandbox.page.drawing import draw
from scheduler.sandbox.page.guide import done_of
from scheduler.sandbox.page.messages import Eyes, Shown
from scheduler.sandbox.page.names import app_name, channel_name, hue, initials, member_name
from scheduler.sandbox.page.rail import rooms, sent
from scheduler.sandbox.page.screen import Parts, Screen
from scheduler.sandbox.page.steps import STEPS
from scheduler.sandbox.page.timeline import Stretch, for_you_alone, in_channel, in_thread, root_of
from scheduler.sandbox.page.times import times_of
from scheduler.sandbox.page.viewer import HOME, Viewer
from scheduler.sandbox.page.views import home_of, modal_of
from scheduler.sandbox.state import Channel, Message

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page

#: Seconds: messages of one author that follow so quickly stand together.
_TOGETHER = 300
#: Notes by the workspace: who came, what it is called now.
_PLAIN = frozenset((None, "me_message", "file_share", "thread_broadcast", "bot_message"))


def look(page: "Page", viewer: Viewer) -> Screen:
    """What this member sees. Looking changes nothing."""
    return Screen(_Look(page, viewer).regions())


class _Look:
    def __init__(self, page: "Page", viewer: Viewer) -> None:
        self._page, self._viewer, self._world = page, viewer, page.world
        self._times = times_of(self._world, viewer)
        self._eyes = Eyes(world=self._world, viewer=viewer, times=self._times)
        self._channel = self._world.channels.get(viewer.place)

    def regions(self) -> dict[str, Parts]:
        return {
            "clock": {"clock": self._clock()},
            "steps": {"steps": draw("steps", self._viewer, steps=STEPS if self._page.step else ())},
            "rail": self._rail(),
            "guide": self._guide(),
            "head": {"head": self._head()},
            "log": self._log(),
            "compose": self._compose(),
            "thread": self._thread(),
            "modal": self._modal(),
        }

    def _clock(self) -> Markup:
        now = self._world.now()
        return draw(
            "clock",
            self._viewer,
            day=self._times.day(self._times.local(now).date()),
            hour=self._times.hour(now),
            iso=f"{self._times.local(now):%Y-%m-%dT%H:%M%z}",
        )

    def _rail(self) -> Parts:
        found = rooms(self._world, self._viewer, self._page.reading)
        told = sent(self._world, self._page.sandbox.received, self._viewer, self._times)
        return {
            "channels": draw("channels", self._viewer, rooms=[room for room in found if room.id[:1] != "D"]),
            "app": draw(
                "app",
                self._viewer,
                dms=[room for room in found if room.id[:1] == "D"],
                app=app_name(self._world),
            ),
            "sent": draw("sent", self._viewer, sent=told),
        }

    def _guide(self) -> Parts:
        """Empty when there is nothing to be shown around."""
        guide, viewer = self._page.guide, self._viewer
        if guide is None or guide.channel not in self._world.channels:
            return {}
        channel, name = self._world.channels[guide.channel].name, guide.name[viewer.language]
        done = done_of(guide, self._world, self._page.sandbox.received)
        return {"guide": draw("guide", viewer, guide=guide, name=name, channel=channel, done=done)}

    def _head(self) -> Markup:
        channel = self._channel
        return draw(
            "head",
            self._viewer,
            channel=channel,
            name=channel_name(self._world, channel) if channel else app_name(self._world),
            count=sum(1 for member in channel.members if member != self._world.bot_user) if channel else 0,
            is_joined=channel is not None and self._viewer.member in channel.members,
            app=app_name(self._world),
            dm=f"D{self._viewer.member}",
        )

    def _log(self) -> Parts:
        if self._viewer.place == HOME:
            return {
                "home": draw(
                    "home", self._viewer, view=home_of(self._world, self._viewer), app=app_name(self._world)
                )
            }
        if self._channel is None:
            return {"empty": draw("empty", self._viewer)}
        stretch = in_channel(self._world, self._channel, self._viewer.before)
        since = stretch.messages[0].ts if stretch.older else ""
        parts = dict(self._parts(self._channel, stretch, pane="m"))
        if not self._viewer.before:
            parts |= self._alone(since=since, thread="", pane="m")
        return parts or {"empty": draw("empty", self._viewer)}

    def _thread(self) -> Parts:
        """Empty when none is open."""
        root = root_of(self._channel, self._viewer.thread) if self._channel and self._viewer.thread else None
        if not self._channel or not root:
            return {}
        stretch = in_thread(self._world, self._channel, root)
        parts = dict(self._parts(self._channel, stretch, pane="t"))
        return parts | self._alone(since="", thread=root.ts, pane="t")

    def _alone(self, *, since: str, thread: str, pane: str) -> dict[str, Markup]:
        found = for_you_alone(self._world, self._viewer, since=since, thread=thread)
        return {f"alone-{one.ts}": self._message(self._eyes.alone(one, pane=pane)) for one in found}

    def _parts(self, channel: Channel, stretch: Stretch, *, pane: str) -> Iterator[tuple[str, Markup]]:
        if stretch.older:
            yield (
                "older",
                draw("older", self._viewer, older=self._viewer.url(before=stretch.older, thread="")),
            )
        day: date | None = None
        last: Message | None = None
        for message in stretch.messages:
            on = self._times.of(message.ts).date()
            if on != day and pane == "m":
                yield f"day-{on}", draw("day", self._viewer, day=self._times.day(on), on=on)
                last = None
            follows = last is not None and _is_together(last, message)
            shown = self._eyes.message(channel, message, pane=pane, follows=follows)
            yield f"{pane}-{message.ts}", self._message(shown)
            day, last = on, message

    def _message(self, shown: Shown) -> Markup:
        is_here = self._channel is not None and self._may_write(self._channel)
        return _drawn(self._viewer, shown, is_here)

    def _compose(self) -> Parts:
        channel = self._channel
        if channel is None or not self._viewer.member:
            return {}
        may = self._may_write(channel)
        name = channel_name(self._world, channel)
        who = member_name(self._world, self._viewer.member)
        key = f"compose-{channel.id}-{may}"
        face = {"initials": initials(who), "hue": hue(self._viewer.member), "who": who}
        return {key: draw("compose", self._viewer, channel=channel, name=name, may=may, **face)}

    def _may_write(self, channel: Channel) -> bool:
        return not channel.is_archived and (channel.is_im or self._viewer.member in channel.members)

    def _modal(self) -> Parts:
        view = modal_of(self._world, self._viewer)
        return (
            {f"view-{view.id}": draw("modal", self._viewer, view=view, app=app_name(self._world))}
            if view
            else {}
        )


@lru_cache(maxsize=2000)
def _drawn(viewer: Viewer, shown: Shown, may_write: bool) -> Markup:  # noqa: FBT001 -- a key of the cache
    """Of 200 messages one changed, mostly."""
    return draw("message", viewer, it=shown, may_write=may_write)


def _is_together(last: Message, message: Message) -> bool:
    """Whether the second is shown without a face of its own."""
    same = (last.user, last.bot_id) == (message.user, message.bot_id)
    plain = last.subtype in _PLAIN and message.subtype in _PLAIN and not message.blocks
    return same and plain and not last.replies and float(message.ts) - float(last.ts) < _TOGETHER
