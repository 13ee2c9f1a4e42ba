"""The sample messages of the page, each as its reader would see it in Slack."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.pages import Called, MessageCard, blocks_to_html
from scheduler.report.page.wording import Wording
from scheduler.report.results import Names
from scheduler.report.words import date_and_time, kind_in_words, reason_in_words


def cards(
    words: Wording,
    samples: Sequence[tuple[OutgoingMessage, Rendered]],
    *,
    zone: ZoneInfo,
    names: Names,
) -> Iterator[MessageCard]:
    """One card for each sample, in the order given."""
    called = Called(member=names.member, channel=names.channel)
    for number, (message, rendered) in enumerate(samples, start=1):
        at = message.sent_at or message.due_at
        yield MessageCard(
            id=f"message-{number}",
            kind=kind_in_words(words.language, message.kind),
            to=_recipient(words, message, names),
            when=date_and_time(words.language, at, zone),
            time=f"{at.astimezone(zone):%H:%M}",
            why=reason_in_words(words.language, message.reason),
            notification=blocks_to_html(rendered.text, (), called).striptags(),
            body=blocks_to_html(rendered.text, rendered.blocks, called),
        )


def _recipient(words: Wording, message: OutgoingMessage, names: Names) -> str:
    """A channel that the history does not know is one all the same."""
    person = message.ambassador or message.member
    if person is None:
        return names.channel(message.recipient)
    return say(words.language, "simulate.person", name=names.member(person))
