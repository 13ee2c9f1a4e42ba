"""Two workspaces in one database never see or touch each other's rows, through any method of the ports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_type_hints

import pytest

from scheduler import ports
from scheduler.model.cases import Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.model.facts import ChannelDescribed
from scheduler.model.messages import MessageKind
from scheduler.model.people import Member
from scheduler.model.readings import TextReading
from scheduler.ports import ImportProgress, Work
from scheduler.store.engine import SqlStore
from tests.contract.rows import (
    GAP,
    KEY,
    NOTHING,
    TUESDAY,
    WHERE,
    alert,
    case,
    envelope,
    outgoing,
    record,
    sending,
)
from tests.world import TEAM, delete, described, edit, joined, post, reply, stamp, unstamp

WEEK = timedelta(days=7)
BEFORE, AFTER = TUESDAY - WEEK, TUESDAY + WEEK
QUESTION = post("UN", "2026-04-14 10:00", "")
ANSWER = reply("UA", "2026-04-14 10:10", "", QUESTION)
POINTING = post("UA", "2026-04-14 11:00", "")
THANKS = post("UA", "2026-04-17 16:00", "")
POINTS = TextReading(mentions=frozenset({"UN"}), links=frozenset({(QUESTION.channel, QUESTION.ts)}))


def read_ahead(work: Work, member: str) -> Member:
    work.members.read_ahead((member, "UA"))
    return replace(work.members.get(member), team="")


READERS: dict[str, Callable[[Work], object]] = {
    "members.get": lambda work: replace(work.members.get("UN"), team=""),
    "members.read_ahead": lambda work: read_ahead(work, "UN"),
    "channels.name_of": lambda work: work.channels.name_of("Cquestions"),
    "channels.names": lambda work: work.channels.names(),
    "channels.id_of": lambda work: work.channels.id_of("Cquestions"),
    "messages.run_of": lambda work: work.messages.run_of(QUESTION.channel, QUESTION.ts),
    "messages.run": lambda work: work.messages.run(QUESTION.channel, QUESTION.ts),
    "messages.runs_of_author": lambda work: work.messages.runs_of_author("UN", most=9),
    "messages.runs_in_channel": lambda work: work.messages.runs_in_channel("Cquestions"),
    "messages.replies": lambda work: work.messages.replies(QUESTION.channel, QUESTION.ts),
    "messages.pointing_at": lambda work: work.messages.pointing_at(
        QUESTION.channel, QUESTION.ts, author="UN", after=BEFORE, until=AFTER
    ),
    "messages.concerned_run": lambda work: work.messages.concerned_run(ANSWER.channel, ANSWER.ts),
    "messages.author_of": lambda work: work.messages.author_of(ANSWER.channel, ANSWER.ts),
    "messages.by_author": lambda work: work.messages.by_author("UN"),
    "messages.pointed_at_by": lambda work: work.messages.pointed_at_by(POINTING.channel, POINTING.ts),
    "messages.thanked": lambda work: work.messages.thanked("Cquestions", start=BEFORE, end=AFTER),
    "talks.before": lambda work: work.talks.before(
        POINTING.channel, POINTING.ts, author="UA", since=BEFORE, most=9
    ),
    "talks.mentioned": lambda work: work.talks.mentioned(POINTING.channel, POINTING.ts),
    "talks.after": lambda work: work.talks.after(QUESTION.channel, QUESTION.ts, until=AFTER, most=9),
    "talks.endings": lambda work: work.talks.endings(QUESTION.channel, QUESTION.ts, author="UA", until=AFTER),
    "talks.runs_after": lambda work: work.talks.runs_after(QUESTION.channel, QUESTION.ts, until=AFTER),
    "talks.habit": lambda work: work.talks.habit("Cquestions", since=BEFORE, before=AFTER),
    "stamps.on_run": lambda work: work.stamps.on_run(QUESTION.channel, QUESTION.ts),
    "stamps.by": lambda work: work.stamps.by("UA"),
    "cases.of_post": lambda work: work.cases.of_post(KEY.channel, KEY.ts),
    "cases.find": lambda work: work.cases.find(KEY),
    "cases.excerpt": lambda work: work.cases.excerpt(KEY),
    "cases.near": lambda work: work.cases.near("Cquestions", start=BEFORE, end=AFTER),
    "cases.of_author": lambda work: work.cases.of_author("UN"),
    "cases.due": lambda work: work.cases.due(AFTER, most=9),
    "cases.parked": lambda work: work.cases.parked(most=9),
    "cases.fates": lambda work: dict(work.cases.fates()),
    "members.joins": lambda work: dict(work.members.joins()),
    "imports.get": lambda work: work.imports.get("history"),
    "imports.unfinished": lambda work: work.imports.unfinished(),
    "cases.top_answerers": lambda work: work.cases.top_answerers(before=AFTER, most=9),
    "cases.week": lambda work: work.cases.week(BEFORE, AFTER),
    "enrolments.due": lambda work: work.enrolments.due(AFTER, most=9),
    "outbox.due": lambda work: work.outbox.due(AFTER, most=9),
    "outbox.sent_to": lambda work: work.outbox.sent_to("UN", since=BEFORE),
    "outbox.sent_of_kind": lambda work: work.outbox.sent_of_kind(MessageKind.WELCOME, since=BEFORE),
    "outbox.alerts_to": lambda work: work.outbox.alerts_to(since=BEFORE),
    "outbox.told_of": lambda work: work.outbox.told_of(KEY),
    "outbox.is_told": lambda work: work.outbox.is_told("UA", KEY),
    "outbox.to_reconcile": lambda work: work.outbox.to_reconcile(AFTER, most=9),
    "outbox.is_being_edited": lambda work: work.outbox.is_being_edited(KEY.channel, KEY.ts, "1.0"),
    "outbox.oldest_unsent_alert": lambda work: work.outbox.oldest_unsent_alert(),
    "outbox.posted_alerts": lambda work: work.outbox.posted_alerts(KEY.channel, KEY.ts),
    "inbox.waiting": lambda work: work.inbox.waiting(most=9),
    "inbox.repeating": lambda work: work.inbox.repeating(most=9),
    "inbox.waiting_since": lambda work: work.inbox.waiting_since(),
    "inbox.refused": lambda work: work.inbox.refused(),
    "marks.all": lambda work: dict(work.marks.all()),
    "marks.get": lambda work: work.marks.get("alive"),
    "leases.get": lambda work: work.leases.get(),
    "jobs.last_fired": lambda work: dict(work.jobs.last_fired()),
    "next_due": lambda work: work.next_due(),
}

WRITERS: dict[str, Callable[[Work], object]] = {
    "members.trace": lambda work: work.members.trace(joined("UN", "2026-01-01 10:00")),
    "members.describe": lambda work: work.members.describe(described("UN", "2026-06-01 10:00", is_bot=True)),
    "members.posted": lambda work: work.members.posted("UN", "1.0"),
    "channels.describe": lambda work: work.channels.describe(
        ChannelDescribed(team=TEAM, channel="Cquestions", at=AFTER, name="other")
    ),
    "channels.move": lambda work: work.channels.move("Cquestions", "Celsewhere"),
    "messages.add": lambda work: work.messages.add(post("UA", "2026-04-14 10:05", ""), POINTS, gap=GAP),
    "messages.edit": lambda work: work.messages.edit(edit(QUESTION, "2026-06-01 10:00", ""), NOTHING),
    "messages.delete": lambda work: work.messages.delete(delete(QUESTION, "2026-04-14 10:01")),
    "messages.await_": lambda work: work.messages.await_(QUESTION.channel, QUESTION.ts),
    "messages.place": lambda work: work.messages.place(QUESTION.channel, QUESTION.ts, gap=WEEK),
    "messages.unhuman": lambda work: work.messages.unhuman("UN"),
    "messages.forget": lambda work: work.messages.forget(before=AFTER),
    "stamps.add": lambda work: work.stamps.add(stamp("UB", "2026-04-14 12:00", "eyes", QUESTION)),
    "stamps.remove": lambda work: work.stamps.remove(unstamp("UA", "2026-04-14 12:00", "eyes", QUESTION)),
    "cases.save": lambda work: work.cases.save(case(author="UX")),
    "cases.remove": lambda work: work.cases.remove(KEY),
    "cases.close": lambda work: work.cases.close(KEY, Outcome.EXPIRED, TUESDAY),
    "cases.keep_excerpt": lambda work: work.cases.keep_excerpt(KEY, "other words"),
    "cases.set_due": lambda work: work.cases.set_due(KEY, BEFORE, ("first",)),
    "enrolments.start": lambda work: work.enrolments.start("UN", "newcomer", "hello", BEFORE),
    "enrolments.set_due": lambda work: work.enrolments.set_due("UN", "newcomer", 1, None),
    "outbox.add": lambda work: work.outbox.add(outgoing("one more")),
    "outbox.hold": lambda work: work.outbox.hold("alert:1", AFTER, Reason.QUIET_TIME),
    "outbox.skip": lambda work: work.outbox.skip("alert:1", Reason.TOUCHED),
    "outbox.kill": lambda work: work.outbox.kill("alert:1", Reason.CANNOT_RENDER),
    "outbox.sending": lambda work: sending(work, "alert:1"),
    "outbox.sent": lambda work: work.outbox.sent("alert:1", TUESDAY, "hash", WHERE),
    "outbox.retry": lambda work: work.outbox.retry("alert:1", AFTER, "ratelimited"),
    "outbox.put_back": lambda work: work.outbox.put_back("welcome:left", AFTER, "", attempt=1),
    "outbox.unknown": lambda work: work.outbox.unknown("alert:1", AFTER, "timeout"),
    "outbox.abandoned": lambda work: work.outbox.abandoned(AFTER, look_at=AFTER),
    "outbox.doubt": lambda work: work.outbox.doubt(),
    "decisions.record": lambda work: work.decisions.record(record(outcome="hold")),
    "decisions.forget": lambda work: work.decisions.forget(before=AFTER),
    "inbox.put": lambda work: work.inbox.put([envelope("Ev4")]),
    "inbox.done": lambda work: work.inbox.done(["Ev1"], now=TUESDAY),
    "inbox.dead": lambda work: work.inbox.dead("Ev1", "malformed", now=TUESDAY),
    "inbox.forget": lambda work: work.inbox.forget(done_before=AFTER, dead_before=AFTER),
    "marks.put": lambda work: work.marks.put("alive", "later"),
    "imports.save": lambda work: work.imports.save(ImportProgress(source="history", facts_done=9)),
    "imports.give_up": lambda work: work.imports.give_up(),
    "leases.take": lambda work: work.leases.take("second", lasts=GAP),
    "leases.renew": lambda work: work.leases.renew(1),
    "leases.give_up": lambda work: work.leases.give_up(1),
    "jobs.fired": lambda work: work.jobs.fired("thanks", AFTER),
}


#: Asked of the whole database, to see whether it is another workspace's.
ACROSS = {"imports.teams"}
#: What it writes is seen by no reader: a stub, or runs that are right already.
CHANGES_NOTHING = {"messages.await_", "messages.place"}


def fill(store: SqlStore) -> None:
    """Something for every reader to find."""
    with store.begin() as work:
        work.members.trace(joined("UN", "2026-04-14 09:00"))
        work.channels.describe(
            ChannelDescribed(team=TEAM, channel="Cquestions", at=TUESDAY, name="questions")
        )
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.add(ANSWER, NOTHING, gap=GAP)
        work.messages.add(POINTING, POINTS, gap=GAP)
        work.messages.add(THANKS, TextReading(weekly_thanks=True, thanks=True), gap=GAP)
        work.stamps.add(stamp("UA", "2026-04-14 10:10", "eyes", QUESTION))
        work.cases.save(case(due_at=TUESDAY, answered_at=TUESDAY, answered_by="UA"))
        ended = case(
            key=replace(KEY, ts="2.0"),
            outcome=Outcome.ANSWERED,
            closed_at=TUESDAY,
            touched_how=SignKind.REPLY,
        )
        work.cases.save(ended)
        work.cases.keep_excerpt(KEY, "words")
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY)
        work.outbox.add(alert("alert:1"))
        work.outbox.add(outgoing("welcome:1"))
        work.outbox.sent("welcome:1", TUESDAY, "hash", WHERE)
        work.outbox.add(alert("alert:posted"))
        work.outbox.sent("alert:posted", TUESDAY, "hash", WHERE)
        work.outbox.add(alert("card:1", kind=MessageKind.CARD, posted_ts="1.0"))
        sending(work, "card:1")
        work.outbox.add(outgoing("welcome:lost"))
        work.outbox.unknown("welcome:lost", TUESDAY, "timeout")
        work.outbox.add(outgoing("welcome:left"))
        sending(work, "welcome:left")
        work.outbox.add(outgoing("welcome:again"))
        sending(work, "welcome:again")
        work.outbox.retry("welcome:again", AFTER, "ratelimited")
        work.decisions.record(record())
        work.inbox.put([envelope("Ev1")])
        work.inbox.put([replace(envelope("Ev2", gesture="gesture"), received_at=TUESDAY - GAP)])
        work.inbox.done(["Ev2"], now=TUESDAY)
        work.inbox.put([envelope("Ev3")])
        work.inbox.dead("Ev3", "malformed", now=TUESDAY)
        work.inbox.put([envelope("Ev5", gesture="gesture")])
        work.cases.save(case(key=replace(KEY, ts="1776128500.000000"), due_at=None))
        work.imports.save(ImportProgress(source="history", facts_done=3))
        work.marks.put("alive", "now")
        work.leases.take("first", lasts=GAP)
        work.jobs.fired("thanks", TUESDAY)


def known(store: SqlStore) -> dict[str, object]:
    with store.begin() as work:
        found = {name: read(work) for name, read in READERS.items()}
        whole = {"decisions": list(work.decisions.all()), "outbox": list(work.outbox.all())}
    return found | whole


def test_every_method_of_the_ports_stands_here():
    parts = {name: kind for name, kind in vars(ports.Work).items() if isinstance(kind, property)}
    protocols = {
        name: get_type_hints(part.fget)["return"]
        for name, part in parts.items()
        if name != "team" and part.fget
    }
    methods = {
        f"{part}.{name}"
        for part, protocol in protocols.items()
        for name in vars(protocol)
        if callable(vars(protocol)[name]) and (not name.startswith("_") or name == "await_")
    }

    assert READERS.keys() | WRITERS.keys() == (methods | {"next_due"}) - ACROSS


def test_what_one_team_knows_the_other_does_not(store: SqlStore, neighbour: SqlStore):
    nothing = known(neighbour)
    fill(store)

    found = known(store)
    assert known(neighbour) == nothing
    assert {name for name in READERS if found[name] == nothing[name]} == set()


@pytest.mark.parametrize("writer", list(WRITERS))
def test_what_one_team_writes_leaves_the_other_as_it_was(store: SqlStore, neighbour: SqlStore, writer: str):
    fill(store)
    fill(neighbour)
    before = known(store)

    with neighbour.begin() as work:
        WRITERS[writer](work)

    assert known(store) == before


@pytest.mark.parametrize("writer", list(WRITERS))
def test_each_of_these_writes_would_change_something(store: SqlStore, writer: str):
    """Otherwise the test above would show nothing."""
    fill(store)
    before = known(store)

    with store.begin() as work:
        WRITERS[writer](work)

    assert (known(store) == before) is (writer in CHANGES_NOTHING)


def test_each_team_s_rows_carry_its_own_id(store: SqlStore, neighbour: SqlStore):
    found = []
    for each in (store, neighbour):
        fill(each)
        with each.begin() as work:
            (case_of_ours,) = work.cases.due(TUESDAY, most=9)
            (waiting,) = work.outbox.due(TUESDAY, most=9)
            found.append({work.team, work.members.get("UN").team, case_of_ours.key.team, waiting.team})

    assert found == [{TEAM}, {"T2"}]
