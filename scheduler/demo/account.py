"""At the end: who got what, who or what got nothing, and why. It counts what was told and decides nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.demo.deliveries import Received
from scheduler.demo.lines import Words
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.facts import Fact, MessagePosted, Shape
from scheduler.model.messages import MessageKind
from scheduler.report.words import kind_in_words, reason_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What one member or channel got. Edits are no messages: they notify nobody."""

    recipient: str
    kinds: Mapping[MessageKind, int]
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """How often nothing was sent for one reason. None: nobody is looked after there."""

    kind: MessageKind
    reason: Reason | None
    count: int
    example: str


def who_got_what(arrived: Iterable[Received]) -> Sequence[Got]:
    """In the order in which they first got something."""
    by_recipient: defaultdict[str, list[Received]] = defaultdict(list)
    for each in arrived:
        if not each.is_edit:
            by_recipient[each.row.recipient].append(each)
    return tuple(_got(recipient, messages) for recipient, messages in by_recipient.items())


def _got(recipient: str, messages: Sequence[Received]) -> Got:
    return Got(
        recipient=recipient,
        kinds=Counter(each.row.kind for each in messages),
        reasons=tuple(dict.fromkeys(each.row.reason for each in messages)),
    )


def who_got_nothing(
    words: Words, facts: Iterable[Fact], records: Sequence[DecisionRecord], arrived: Iterable[Received]
) -> Sequence[Nothing]:
    """By reason, the most frequent first; alerts before thanks before welcomes."""
    told = {(each.row.case.channel, each.row.case.ts) for each in arrived if each.row.case}
    found: defaultdict[tuple[MessageKind, Reason | None], list[str]] = defaultdict(list)
    for kind, reason, example in (*_posts(words, facts, records, told), *_skips(words, records)):
        found[kind, reason].append(example)
    order = list(MessageKind)
    lines = (
        Nothing(kind=kind, reason=why, count=len(all_), example=all_[0])
        for (kind, why), all_ in found.items()
    )
    return sorted(lines, key=lambda line: (order.index(line.kind), -line.count, line.reason or "~"))


def _posts(
    words: Words, facts: Iterable[Fact], records: Sequence[DecisionRecord], told: set[tuple[str, str]]
) -> Iterator[tuple[MessageKind, Reason | None, str]]:
    """The posts of people about which nobody was told; the last word of the record says why."""
    last = {":".join(each.subject.split(":")[1:3]): each.reason for each in records if _is_of_case(each)}
    for fact in facts:
        if not isinstance(fact, MessagePosted) or fact.shape is not Shape.POST or fact.is_bot:
            continue
        if (fact.channel, fact.ts) not in told:
            who, channel = words.person(fact.author), words.names.channel(fact.channel)
            example = words.say("example_post", who=who, channel=channel, day=words.day(fact.at))
            yield MessageKind.ALERT, last.get(f"{fact.channel}:{fact.ts}"), example


def _is_of_case(record: DecisionRecord) -> bool:
    return record.rule == "case" and record.outcome != "waiting_again"


def _skips(words: Words, records: Sequence[DecisionRecord]) -> Iterator[tuple[MessageKind, Reason, str]]:
    """Welcomes and thanks that were decided against."""
    for each in records:
        if each.outcome == "skip" and each.rule == "welcome":
            yield MessageKind.WELCOME, each.reason, words.person(each.subject.split(":")[2])
        elif each.outcome == "skip" and each.rule == "thanks":
            yield MessageKind.THANKS, each.reason, words.day(each.at)


def in_words(words: Words, got: Got) -> tuple[str, str, str]:
    """Whom, what, why."""
    kinds = (
        words.say("count", what=kind_in_words(words.language, kind), count=count)
        for kind, count in got.kinds.items()
    )
    reasons = (reason_in_words(words.language, each) for each in got.reasons)
    separator = words.say("and")
    return words.recipient(got.recipient), separator.join(kinds), separator.join(reasons)
