"""Links to messages of this workspace lead to the message on the page."""

import re

from scheduler.sandbox.page.viewer import Viewer, channels_of
from scheduler.sandbox.world import World

_PERMALINK = re.compile(
    r"https://[\w.-]+\.slack\.com/archives/(\w+)/p(\d+)(\d{6})(?:\?(?:[^#]*&)?thread_ts=([\d.]+))?.*"
)


def local(world: World, viewer: Viewer, address: str) -> str:
    """Where the same message stands here; any other address as it is."""
    found = _PERMALINK.fullmatch(address)
    if not found or found[1] not in {channel.id for channel in channels_of(world, viewer.member)}:
        return address
    ts = f"{found[2]}.{found[3]}"
    message = world.channels[found[1]].messages.get(ts)
    root = (message.thread_ts if message else None) or found[4] or ts
    return viewer.url(place=found[1], thread=root, before="") + f"#m-{root}"
