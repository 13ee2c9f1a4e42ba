"""Whatever a community does in some weeks: no ceiling is ever passed, and nobody is bothered twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.cases import Case
from scheduler.model.facts import Fact, MemberTraced
from scheduler.model.messages import OutgoingMessage
from scheduler.model.people import Ambassador
from scheduler.settings import Cap, QuietTime, Settings, TimeKind
from tests.world import (
    CHANNELS,
    DAY,
    HOUR,
    TOKYO,
    World,
    joined,
    local,
    make_settings,
    post,
    reply,
)

Sent = Sequence[tuple[datetime, OutgoingMessage]]

UNTIL = "2026-05-20 00:00"
END = local(UNTIL)
DAYS = (*(f"2026-04-{day:02}" for day in (6, 6, 7, 10, 10, 11, 13)), "2026-05-01", "2026-05-05")
TEXTS = ("様式はどこですか", "はじめまして", "1週間お疲れさまでした", "<@U1> これです")
PER_WELCOME, PER_AMBASSADOR = Cap(most=2, per=HOUR), Cap(most=1, per=DAY)
BUDGET = 2
QUIET = ((time(12), time(13)), (time(18, 30), time(23, 59, 59, 999999)), (time(0), time(8, 30)))


def strict_settings() -> Settings:
    """Ceilings so low that they are always in the way; a step that counts every hour."""
    told = make_settings()
    first, *later = told.escalation
    people = tuple(Ambassador(member=member, weekly_budget=BUDGET) for member in ("UA", "UB", "U1"))
    return replace(
        told,
        escalation=(replace(first, time=TimeKind.CLOCK), *later),
        ambassadors=replace(told.ambassadors, people=people),
        limits=replace(
            told.limits,
            quiet=(*told.limits.quiet, QuietTime(from_at=time(12), to_at=time(13))),
            per_ambassador=PER_AMBASSADOR,
            welcomes=PER_WELCOME,
        ),
    )


@contextmanager
def new_world() -> Iterator[World]:
    with TemporaryDirectory() as folder:
        world = World(Path(folder), strict_settings())
        yield world
        world.store.close()


moments = st.builds(
    lambda day, minute: f"{day} {minute // 60:02}:{minute % 60:02}",
    st.sampled_from(DAYS),
    st.one_of(st.integers(0, 24 * 60 - 1), st.sampled_from((8 * 60 + 30, 9 * 60, 12 * 60, 16 * 60 + 30))),
)
members = st.integers(0, 9).map(lambda number: f"U{number}")
joins = st.builds(joined, members, moments)
posts = st.builds(
    post, members, moments, st.sampled_from(TEXTS), st.sampled_from(("questions", "systems", "chat"))
)


@st.composite
def communities(draw: st.DrawFn) -> list[Fact]:
    written = draw(st.lists(posts, max_size=12, unique_by=lambda fact: (fact.channel, fact.ts)))
    answered = [asks for asks in written if draw(st.integers(0, 2)) == 0]
    answers = [reply("UX", draw(moments), "ここです", asks) for asks in answered]
    return [*CHANNELS, *draw(st.lists(joins, max_size=12)), *written, *answers]


def sent_of(world: World) -> Sent:
    """What notified somebody: an edit of an alert does not."""
    rows = [message for message, _ in world.outbox() if message.kind != "card"]
    return sorted(
        ((message.sent_at, message) for message in rows if message.sent_at), key=lambda pair: pair[0]
    )


def most_within(instants: Sequence[datetime], per: timedelta) -> int:
    return max((sum(end - per < at <= end for at in instants) for end in instants), default=0)


def nothing_in_a_quiet_time(sent: Sent) -> None:
    clock = [at.astimezone(TOKYO).time() for at, _ in sent]
    assert not [at for at in clock if any(begins <= at < ends for begins, ends in QUIET)]


def alerts_within_ceilings(sent: Sent) -> None:
    for person in ("UA", "UB", "U1"):
        mine = [at for at, message in sent if message.ambassador == person]
        assert most_within(mine, PER_AMBASSADOR.per) <= PER_AMBASSADOR.most
        assert most_within(mine, DAY * 7) <= BUDGET


def nobody_told_twice_or_of_the_own_post(sent: Sent, cases: Sequence[Case]) -> None:
    authors = {(case.key.channel, case.key.ts): case.author for case in cases}
    told = [(m.ambassador, m.case.channel, m.case.ts) for _, m in sent if m.ambassador and m.case]
    assert len(told) == len(set(told))
    assert not [who for who, channel, ts in told if authors[channel, ts] == who]


def everybody_welcomed_once_in_the_window(sent: Sent, joined: set[str], world: World) -> None:
    welcomes = [(at, message.recipient) for at, message in sent if message.kind == "welcome"]
    assert Counter(member for _, member in welcomes) == dict.fromkeys(joined, 1)
    assert most_within([at for at, _ in welcomes], PER_WELCOME.per) <= PER_WELCOME.most
    window, open_time = world.settings.onboarding.window, world.context.open_time
    for at, _ in welcomes:
        assert open_time.is_open_day(open_time.local_day(at))
        assert window.opens <= at.astimezone(TOKYO).time() < window.closes


def one_thank_you_a_week(sent: Sent) -> None:
    weeks = [at.astimezone(TOKYO).isocalendar()[:2] for at, message in sent if message.kind == "thanks"]
    assert len(weeks) == len(set(weeks))


@settings(max_examples=25)
@given(communities())
def test_no_message_passes_a_ceiling(facts: list[Fact]):
    with new_world() as world:
        world.live(facts, until=UNTIL)
        sent, outbox, cases = sent_of(world), world.outbox(), world.cases()
    nothing_in_a_quiet_time(sent)
    alerts_within_ceilings(sent)
    nobody_told_twice_or_of_the_own_post(sent, cases)
    everybody_welcomed_once_in_the_window(
        sent, {fact.member for fact in facts if isinstance(fact, MemberTraced)}, world
    )
    one_thank_you_a_week(sent)
    late = [message for message, _ in outbox if message.state == "pending" and message.not_before <= END]
    assert late == []


@settings(max_examples=10)
@given(communities(), st.lists(moments, max_size=4))
def test_stopping_and_going_on_makes_no_difference(facts: list[Fact], stops: list[str]):
    with new_world() as world:
        world.live(facts, until=UNTIL)
        at_once = (world.outbox(), world.cases(), world.decisions())
    with new_world() as world:
        rest = sorted(facts, key=lambda fact: fact.at)
        for stop in sorted(stops):
            world.live([fact for fact in rest if fact.at <= local(stop)], until=stop)
            rest = [fact for fact in rest if fact.at > local(stop)]
        world.live(rest, until=UNTIL)
        assert (world.outbox(), world.cases(), world.decisions()) == at_once
