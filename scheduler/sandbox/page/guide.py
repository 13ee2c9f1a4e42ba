"""What a visitor is shown to do first, when whoever serves the page has something to show; and how far it is.

It knows no service: an alert is a message of the app that links the question, and folds when it is changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.sandbox.received import Call
from scheduler.sandbox.state import Message
from scheduler.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A newcomer's name to join with, the channel to ask in, and something to ask there, by language."""

    name: dict[str, str]
    channel: str
    question: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Which of the steps were done, by whomever and in whichever language."""

    joined: bool = False
    asked: bool = False
    alerted: bool = False
    folded: bool = False


def done_of(guide: Guide, world: World, calls: Sequence[Call]) -> Done:
    newcomers = {each.id for each in world.members.values() if each.real_name in guide.name.values()}
    if not newcomers:
        return Done()
    written = world.channels[guide.channel].messages.values()
    asked = [each for each in written if each.user in newcomers and _is_post(each)]
    alerts = {place for each in asked for place in _alerts(guide.channel, each, calls)}
    return Done(
        joined=True,
        asked=bool(asked),
        alerted=bool(alerts),
        folded=any(each.replies for each in asked) and any(_place(call) in alerts for call in _edits(calls)),
    )


def _is_post(message: Message) -> bool:
    """No reply, and no note of the workspace that somebody came."""
    return message.thread_ts is None and message.subtype is None


def _alerts(channel: str, question: Message, calls: Sequence[Call]) -> Iterator[tuple[str, str]]:
    """Where in Slack the messages stand that link this question."""
    link = f"/archives/{channel}/p{question.ts.replace('.', '')}"
    for call in calls:
        if call.method == "chat.postMessage" and call.took_effect and link in str(call.arguments):
            yield _place(call)


def _edits(calls: Sequence[Call]) -> Iterator[Call]:
    return (call for call in calls if call.method == "chat.update" and call.took_effect)


def _place(call: Call) -> tuple[str, str]:
    """Channel and `ts` of the message that this call brought about."""
    answer = call.answer or {}
    return str(answer.get("channel")), str(answer.get("ts"))
