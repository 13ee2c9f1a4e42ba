"""The tool that makes a long history out of a short one, for the memory test."""

from datetime import UTC, datetime
from pathlib import Path

from scheduler.model.facts import MemberTraced, MessagePosted
from scheduler.simulate.export import open_export
from tests.exports import joined, message, ts_of, write_export, zip_export
from tests.tools.stretch_export import stretch

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WEDNESDAY_AFTER = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)


def stretched(tmp_path: Path) -> Path:
    thread = {"thread_ts": ts_of(MONDAY), "parent_user_id": "U1"}
    general = [joined("U1", MONDAY), message("U2", WEDNESDAY_AFTER, "<@U1> hi", **thread)]
    folder = write_export(tmp_path / "export", users=["U1", "U2"], channels={"general": general})
    stretch(zip_export(folder, tmp_path / "one.zip"), tmp_path / "three.zip", times=3)
    return tmp_path / "three.zip"


def test_copies_follow_each_other_by_whole_weeks_with_new_members_and_channels(tmp_path: Path) -> None:
    with open_export(stretched(tmp_path)) as export:
        facts = list(export.facts())
        assert set(export.channel_names.values()) == {"general", "general-1", "general-2"}
        assert export.problems.counts() == {}
    assert [
        (fact.member, fact.at.date().isoformat()) for fact in facts if isinstance(fact, MemberTraced)
    ] == [
        ("U1", "2026-01-05"),
        ("U2", "2026-01-14"),
        ("U1X1", "2026-01-19"),
        ("U2X1", "2026-01-28"),
        ("U1X2", "2026-02-02"),
        ("U2X2", "2026-02-11"),
    ]


def test_mentions_and_threads_point_inside_the_copy(tmp_path: Path) -> None:
    with open_export(stretched(tmp_path)) as export:
        posts = [fact for fact in export.facts() if isinstance(fact, MessagePosted)]
    assert [(post.text, post.thread_ts) for post in posts] == [
        ("<@U1> hi", ts_of(MONDAY)),
        ("<@U1X1> hi", ts_of(datetime(2026, 1, 19, 9, 0, tzinfo=UTC))),
        ("<@U1X2> hi", ts_of(datetime(2026, 2, 2, 9, 0, tzinfo=UTC))),
    ]
