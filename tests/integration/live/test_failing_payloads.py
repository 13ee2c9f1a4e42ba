"""A payload that fails while it is folded is dead; its changes are undone, and the others are folded."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.live.inbox import Emptied, fold_some
from scheduler.model.envelopes import Envelope
from scheduler.model.facts import ChannelDescribed
from scheduler.policy.opentime import OpenTime
from scheduler.store.engine import SqlStore, open_store
from tests.world import TEAM, joined, local, make_settings, ts_of

SETTINGS = make_settings()
CONTEXT = Context(settings=SETTINGS, open_time=OpenTime(SETTINGS.calendar), directory=directory_of(SETTINGS))
NOW = local("2026-04-14 12:00")
#: The database refuses the excerpt of a post about stamps.
REFUSES = """
    create trigger refuses before update of excerpt on cases when new.excerpt like '%印鑑%' begin
      select raise(abort, 'not that one');
    end
"""


def told(key: str, event: Mapping[str, Any], *, gesture: str | None = None) -> Envelope:
    payload = json.dumps({"type": "event_callback", "event": event})
    return Envelope(key=key, kind=event["type"], received_at=NOW, payload=payload, gesture=gesture)


def written(at: str, author: str, text: str) -> Mapping[str, Any]:
    ts = ts_of(local(at))
    return {
        "type": "message",
        "channel": "Cquestions",
        "ts": ts,
        "event_ts": ts,
        "user": author,
        "text": text,
    }


ASKED = written("2026-04-14 10:00", "UA", "様式はどこにありますか")
#: It is its author's first post, and has a case, before its excerpt fails.
FAILS = written("2026-04-14 10:01", "UB", "印鑑はどこにありますか")
ASKED_AGAIN = written("2026-04-14 11:01", "UB", "会議室はどこで予約できますか")
MALFORMED = {**written("2026-04-14 10:02", "UA", "いつですか"), "ts": "no time"}


def new_store(folder: Path) -> SqlStore:
    store = open_store(f"sqlite:///{folder / 'live.db'}", TEAM, throw_away=True)
    with store.begin() as work:
        work.channels.describe(ChannelDescribed(team=TEAM, channel="Cquestions", at=NOW, name="questions"))
        for member in ("UA", "UB"):
            work.members.trace(joined(member, "2026-04-13 10:00"))
    store._driver.execute(REFUSES)
    return store


def folded(store: SqlStore, *envelopes: Envelope) -> Emptied:
    with store.begin() as work:
        work.inbox.put(envelopes)
        return fold_some(work, CONTEXT, now=NOW)


def test_of_payloads_that_come_together_only_the_failing_ones_are_dead(tmp_path: Path):
    store = new_store(tmp_path)

    emptied = folded(
        store, told("Ev1", ASKED), told("Ev2", FAILS), told("Ev3", MALFORMED), told("Ev4", ASKED_AGAIN)
    )

    with store.begin() as work:
        cases, left = [case.key.ts for case in work.cases.all()], work.inbox.waiting(most=9)
        refused = work.inbox.refused()
    assert (emptied.folded, emptied.facts, emptied.dead_kinds) == (2, 2, {"message": 2})
    assert cases == [ASKED["ts"], ASKED_AGAIN["ts"]]
    assert left == ()
    assert refused == (
        ("folding failed: IntegrityError", 1),
        ("the field ts is missing or malformed", 1),
    )


def test_nothing_remains_of_what_a_failing_payload_began_to_change(tmp_path: Path):
    store = new_store(tmp_path)

    folded(store, told("Ev2", FAILS), told("Ev4", ASKED_AGAIN))

    with store.begin() as work:
        first, run = work.members.get("UB").first_post_ts, work.messages.run_of("Cquestions", FAILS["ts"])
    assert (first, run) == (ASKED_AGAIN["ts"], None)


def test_a_gesture_that_comes_twice_in_one_go_is_folded_once(tmp_path: Path):
    twice = written("2026-04-14 10:03", "UA", ASKED["text"])

    emptied = folded(new_store(tmp_path), told("Ev1", ASKED, gesture="g"), told("Ev2", twice, gesture="g"))

    assert (emptied.folded, emptied.facts) == (2, 1)


def test_a_gesture_is_folded_from_its_other_message_when_the_first_one_fails(tmp_path: Path):
    emptied = folded(
        new_store(tmp_path), told("Ev1", FAILS, gesture="g"), told("Ev2", ASKED_AGAIN, gesture="g")
    )

    assert (emptied.folded, emptied.facts, emptied.dead) == (1, 1, 1)
