"""What the stand-in received, matched with the rows of the outbox: what was sent or edited, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.report import MessageLine
from scheduler.sandbox.received import Call

_POST, _EDIT = "chat.postMessage", "chat.update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message, or an edit of one, as Slack got it. `row` is what we had written down about it."""

    at: datetime
    words: Rendered
    row: OutgoingMessage
    is_edit: bool


def received(calls: Iterable[Call], messages: Iterable[MessageLine]) -> Sequence[Received]:
    """In one order, whichever of several at one instant was the quicker."""
    wanted = [call for call in calls if call.took_effect and call.method in (_POST, _EDIT)]
    rows = [row for row, _ in messages] if wanted else []
    found = (_received(call, rows) for call in wanted)
    return sorted((each for each in found if each), key=lambda each: (each.at, each.row.dedup_key))


def _received(call: Call, rows: Sequence[OutgoingMessage]) -> Received | None:
    """None for a message that is not of the outbox."""
    row = next(_rows_of(call, rows), None)
    if row is None:
        return None
    words = Rendered(text=call.arguments["text"], blocks=tuple(call.arguments.get("blocks") or ()))
    return Received(at=call.at, words=words, row=row, is_edit=call.method == _EDIT)


def _rows_of(call: Call, rows: Sequence[OutgoingMessage]) -> Iterator[OutgoingMessage]:
    """The row by its mark; for an edit the row of the message that stood there.

    A `ts` names a message in its channel only: alerts sent at one instant have the same one in two DMs.
    """
    if call.method == _EDIT:
        place = call.arguments["channel"], call.arguments["ts"]
        return (row for row in rows if row.nonce and (row.posted_channel, row.posted_ts) == place)
    mark = _mark(call.arguments)
    return (row for row in rows if row.nonce == mark)


def _mark(arguments: Mapping[str, Any]) -> str | None:
    metadata = arguments.get("metadata") or {}
    mark: str | None = metadata.get("event_payload", {}).get("id")
    return mark
