"""What the service itself has to tell the admins, each thing once."""

from datetime import datetime

from scheduler.actions.context import Context
from scheduler.actions.noticing import CHANNEL, CONFIG, LATE, RESTRICTED, tell_admins
from scheduler.app.reloading import ReloadRefused
from scheduler.live.catchup import CaughtUp
from scheduler.model.messages import ChannelRef, PlaceholderValue, PostList, PostRef
from scheduler.ports import Work

Values = dict[str, PlaceholderValue]
#: Posts that one notice links; of more it tells the number.
_MOST = 10


def tell_of_catch_up(work: Work, context: Context, done: CaughtUp, now: datetime) -> None:
    """What a catch-up leaves to people: posts that waited too long, and that it takes long."""
    if done.too_late:
        posts = tuple(PostRef(key.channel, key.ts) for key in done.too_late[:_MOST])
        values: Values = {"count": len(done.too_late), "posts": PostList(posts)}
        tell_admins(work, context, LATE, values, key=now.isoformat(timespec="seconds"), now=now)
    if done.restricted:
        tell_admins(work, context, RESTRICTED, {}, key="history", now=now)


def tell_of_channel(work: Work, context: Context, channel: str, *, now: datetime) -> None:
    """A new public channel that the app is not in."""
    tell_admins(work, context, CHANNEL, {"channel": ChannelRef(channel)}, key=channel, now=now)


def tell_of_refused_config(work: Work, context: Context, refused: ReloadRefused, *, now: datetime) -> None:
    """Where the mistakes are; the same ones are told once."""
    places = ", ".join(dict.fromkeys(where for _, where in refused.told))
    values: Values = {"count": len(refused.told), "detail": places}
    tell_admins(work, context, CONFIG, values, key=refused.mark, now=now)
