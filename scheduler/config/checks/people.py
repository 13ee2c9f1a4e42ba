"""Ambassadors: who is named twice, who is missing, and topics that do not meet."""

from collections.abc import Iterator

from scheduler.config.shape import AmbassadorsShape, ChannelShape, EscalationShape
from scheduler.errors import Problem
from scheduler.settings import Target
from scheduler.strictyaml import Document, nearest


def check_people(
    document: Document, ambassadors: AmbassadorsShape, escalation: EscalationShape
) -> Iterator[Problem]:
    """A member named twice, an absence that ends before it begins, steps that have nobody to tell."""
    first: dict[str, int] = {}
    for number, person in enumerate(ambassadors.people):
        path = ("ambassadors", "people", number, "member")
        if person.member in first:
            yield document.problem(
                "config.ambassador_twice", path, member=person.member, row=first[person.member]
            )
        first.setdefault(person.member, document.position(path)[0])
        for place, away in enumerate(person.away):
            if away.to_on < away.from_on:
                at = ("ambassadors", "people", number, "away", place, "to")
                yield document.problem("config.away_backwards", at)
    yield from _nobody_to_tell(document, ambassadors, escalation)


def check_topics(
    document: Document, ambassadors: AmbassadorsShape, channels: tuple[ChannelShape, ...]
) -> Iterator[Problem]:
    """A topic that an ambassador looks after and no channel has. The other way round, anyone is told."""
    topics = sorted({rule.topic for rule in channels if rule.topic})
    for number, person in enumerate(ambassadors.people):
        for place, topic in enumerate(person.topics):
            if topic not in topics:
                path = ("ambassadors", "people", number, "topics", place)
                near = nearest(topic, topics)
                yield document.problem("config.topic_without_channel", path, topic=topic, near=near)


def _nobody_to_tell(
    document: Document, ambassadors: AmbassadorsShape, escalation: EscalationShape
) -> Iterator[Problem]:
    if ambassadors.people or ambassadors.group or ambassadors.from_history:
        return
    for number, step in enumerate(escalation.steps):
        if step.tell is not Target.CHANNEL:
            path = ("escalation", "steps", number, "tell")
            yield document.problem("config.nobody_to_tell", path, step=step.id)
