"""Text sorts by its bytes and is kept as it is, whatever the database and its language."""

import pytest

from scheduler.model.cases import CaseKey
from scheduler.ports import Store
from scheduler.store.engine import SqlStore
from tests.contract.rows import TUESDAY, alert, case, outgoing, record
from tests.world import TEAM

#: In the order of their bytes, which no dictionary has.
NAMES = ("A", "B", "Z", "_", "a", "b-1", "b.1", "b1", "é", "あ", "ア", "亜", "ｱ", "🌸")


def test_ids_sort_by_their_bytes(store: Store):
    with store.begin() as work:
        for name in reversed(NAMES):
            work.cases.save(case(key=key(name), due_at=TUESDAY))
            work.outbox.add(outgoing(name))

    with store.begin() as work:
        assert [found.key.channel for found in work.cases.due(TUESDAY, most=99)] == list(NAMES)
        assert [found.dedup_key for found in work.outbox.due(TUESDAY, most=99)] == list(NAMES)


def test_names_of_different_length_and_width_are_different_names(store: Store):
    names = ("alert", "Alert", "alert ", "ａlert", "a\u0301", "á")
    with store.begin() as work:
        added = [work.outbox.add(outgoing(name)) for name in names]

    assert added == [True] * len(names)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param("a\0b", "a\ufffdb", id="a sign that PostgreSQL has no room for"),
        pytest.param("%s %(x)s %% ? :x \\ '\"", "%s %(x)s %% ? :x \\ '\"", id="what has a meaning in SQL"),
        pytest.param("🌸\u200d\u3000\n\t", "🌸\u200d\u3000\n\t", id="beyond the basic plane, and blanks"),
        pytest.param("あ" * 40_000, "あ" * 40_000, id="very long"),
        pytest.param("", "", id="empty"),
    ],
)
def test_text_comes_back_the_same_from_every_database(store: Store, told: str, kept: str):
    with store.begin() as work:
        work.cases.save(case())
        work.cases.keep_excerpt(case().key, told)
        work.outbox.add(outgoing("w", values={"member_name": told}))
        work.outbox.add(alert("a", to=told))

    with store.begin() as work:
        excerpt = work.cases.excerpt(case().key)
        by_key = {message.dedup_key: message for message in work.outbox.due(TUESDAY, most=9)}

    assert (excerpt, by_key["a"].recipient) == (kept, kept)
    assert by_key["w"].values == {"member_name": told}


def test_streams_are_read_side_by_side_and_left_half_read(store: SqlStore):
    with store.begin() as work:
        for name in NAMES:
            work.outbox.add(outgoing(name))
            work.decisions.record(record(subject=name))
    work = store.read()
    pairs = [
        (message.dedup_key, line.subject)
        for (message, _), line in zip(work.outbox.all(), work.decisions.all(), strict=False)
    ]
    half = work.outbox.all()
    first, _ = next(half)

    assert pairs == [(name, name) for name in NAMES]
    assert first.dedup_key == NAMES[0]


def key(channel: str) -> CaseKey:
    return CaseKey(team=TEAM, channel=channel, ts="1776128400.000000", opening=1)
