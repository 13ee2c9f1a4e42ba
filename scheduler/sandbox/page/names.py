"""What people and channels are called on the page, and the sign that stands for a face."""

from zlib import crc32

from scheduler.pages import Called
from scheduler.sandbox.page.permalinks import local
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World

_HUES = 10


def member_name(world: World, member: str) -> str:
    """The name that people see; the id of somebody unknown."""
    found = world.members.get(member)
    return (found.display_name or found.real_name) if found else member


def app_name(world: World) -> str:
    return member_name(world, world.bot_user)


def author_of(world: World, message: Message) -> tuple[str, str]:
    """Id and name of who wrote it."""
    if message.user:
        return message.user, member_name(world, message.user)
    if message.bot_id == world.bot_id:
        return world.bot_user, app_name(world)
    return message.bot_id or "", message.username or message.bot_id or ""


def channel_name(world: World, channel: Channel) -> str:
    """Without its `#`; the app's DM is called like the app."""
    return app_name(world) if channel.is_im else channel.name


def called(world: World, viewer: Viewer) -> Called:
    """For Slack's markup; links to messages that are here stay here."""
    return Called(
        member=lambda member: member_name(world, member),
        channel=lambda found: world.channels[found].name if found in world.channels else found,
        address=lambda address: local(world, viewer, address),
    )


def initials(name: str) -> str:
    """Two letters in the Latin alphabet, one sign in any other."""
    words = name.split()
    if not words:
        return "?"
    if not words[0][0].isascii():
        return words[0][0]
    return "".join(word[0] for word in words[:2]).upper()


def hue(identity: str) -> int:
    """One of the page's colours, always the same for one member."""
    return crc32(identity.encode()) % _HUES
