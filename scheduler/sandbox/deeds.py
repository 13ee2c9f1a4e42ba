"""What can be done to the stand-in over HTTP, by name; the arguments are those of the methods named here."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.sandbox.faults import Fault, How
from scheduler.sandbox.refusals import Json

if TYPE_CHECKING:
    from scheduler.sandbox.sandbox import Sandbox

Deed = Callable[..., Any]


def gestures(sandbox: "Sandbox") -> Mapping[str, Deed]:
    """What people do."""
    people, channels, groups, hands = sandbox.people, sandbox.channels, sandbox.groups, sandbox.interactions
    return {
        "join": people.join,
        "change_member": people.change,
        "deactivate": people.deactivate,
        "reactivate": people.reactivate,
        "create_channel": channels.create,
        "rename_channel": channels.rename,
        "archive_channel": channels.archive,
        "unarchive_channel": channels.unarchive,
        "change_channel_id": channels.change_id,
        "enter": channels.enter,
        "leave": channels.leave,
        "create_group": groups.create,
        "change_group": groups.change,
        "disable_group": groups.disable,
        "enable_group": groups.enable,
        "post": sandbox.post,
        "post_as_integration": sandbox.talk.post_as_integration,
        "edit": sandbox.edit,
        "delete": sandbox.delete,
        "react": sandbox.react,
        "unreact": sandbox.unreact,
        "press": hands.press,
        "press_in_view": hands.press_in_view,
        "submit": hands.submit,
        "close": hands.close,
        "command": hands.command,
        "shortcut": hands.shortcut,
        "message_shortcut": hands.message_shortcut,
        "open_home": hands.open_home,
    }


def troubles(sandbox: "Sandbox") -> Mapping[str, Deed]:
    """What goes wrong."""
    events, sockets, delivery = sandbox.events, sandbox.sockets, sandbox.delivery
    return {
        "fault": lambda **about: sandbox.faults.add(_fault(about)),
        "clear_faults": sandbox.faults.clear,
        "repeat_event": sandbox.faults.repeat_event,
        "double_gesture": sandbox.faults.double_gesture,
        "raw_event": events.raw,
        "event_rate_limited": events.rate_limited,
        "revoke_tokens": events.tokens_revoked,
        "uninstall": events.app_uninstalled,
        "break_bot_token": sandbox.tokens.break_bot,
        "break_app_token": sandbox.tokens.break_app,
        "mend_tokens": sandbox.tokens.mend,
        "refuse_sockets": sockets.refuse,
        "hang_sockets": sockets.hang,
        "warn_sockets": sockets.warn,
        "refresh_sockets": sockets.refresh,
        "disable_sockets": sockets.disable,
        "enable_sockets": sockets.enable,
        "close_sockets": sockets.close,
        "drop_sockets": sockets.drop,
        "silence_sockets": sockets.silence,
        "use_request_url": delivery.use_request_url,
        "check_certificate": delivery.requests.check_certificate,
        "enable_events": delivery.requests.enable,
        "redeliver": delivery.redeliver,
        "hold": delivery.hold,
        "release": delivery.release,
        "restrict_history": sandbox.restrict_history,
        "limits_off": sandbox.limits.off,
    }


def _fault(about: Json) -> Fault:
    late = timedelta(seconds=float(about.pop("late", 0)))
    return Fault(how=How(about.pop("how")), late=late, **about)
