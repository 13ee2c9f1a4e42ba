"""Words: the message file and the facts of this moment become a finished payload."""

from datetime import datetime
from hashlib import sha256

from scheduler.actions.context import note
from scheduler.actions.noticing import DEAD, tell_admins
from scheduler.actions.telling import values_for
from scheduler.errors import RenderFailed
from scheduler.model.decisions import Reason, Skip
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.ports import Work


def render(work: Work, crew: Crew, message: OutgoingMessage, now: datetime) -> Parcel | Skip:
    """The message with its payload; one that cannot be rendered is never sent, not even half of it."""
    try:
        rendered = crew.renderer.render(
            message.message,
            locale=_locale(work, crew, message),
            rotation=message.rotation,
            values=values_for(work, crew.context, message, now=now),
        )
    except RenderFailed as error:
        reason = Reason.CANNOT_RENDER
        note(
            work, crew.context, subject=message.dedup_key, rule="render", outcome="dead", reason=reason,
            now=now, error=error,
        )  # fmt: skip
        _tell(work, crew, message, str(error), now=now)
        return Skip(reason)
    return Parcel(message, rendered)


def _tell(work: Work, crew: Crew, message: OutgoingMessage, error: str, *, now: datetime) -> None:
    """The admins can mend it, and are told once of each thing that is wrong."""
    if message.kind is not MessageKind.NOTICE:  # what cannot be said cannot be said about itself, either
        what = sha256(error.encode()).hexdigest()[:16]
        tell_admins(work, crew.context, DEAD, {"detail": error}, key=what, now=now)


def _locale(work: Work, crew: Crew, message: OutgoingMessage) -> str:
    """The language of the person it goes to, when known; the workspace's otherwise."""
    person = message.ambassador or (message.recipient if message.kind is MessageKind.WELCOME else None)
    locale = work.members.get(person).locale if person else None
    return (locale or crew.context.settings.workspace.locale).partition("-")[0]
