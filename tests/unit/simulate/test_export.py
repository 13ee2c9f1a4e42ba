"""What an export says, as facts in time order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessagePosted,
    Precision,
    Shape,
    StampAdded,
)
from scheduler.simulate.export import Finding, open_export
from tests.exports import Json, channel_id, joined, message, ts_of, user, write_export, zip_export

NINE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
NEXT_DAY = NINE + timedelta(days=1)
GENERAL = channel_id("general")


def facts_of(path: Path) -> list[Fact]:
    with open_export(path) as export:
        return list(export.facts())


def posts_of(path: Path) -> list[MessagePosted]:
    return [fact for fact in facts_of(path) if isinstance(fact, MessagePosted)]


def test_a_join_and_a_post_become_facts_in_time_order(tmp_path: Path) -> None:
    general = [joined("U1", NINE), message("U1", TEN, "はじめまして")]
    write_export(tmp_path, users=[user("U1", "中村 葵")], channels={"general": general})
    assert facts_of(tmp_path) == [
        ChannelDescribed(team="T0EXPORT", channel=GENERAL, at=NINE, name="general"),
        MemberTraced(team="T0EXPORT", member="U1", at=NINE, source=JoinSource.EARLIEST_TRACE),
        MemberDescribed(team="T0EXPORT", member="U1", at=NINE, name="中村 葵"),
        MessagePosted(
            team="T0EXPORT", channel=GENERAL, ts=ts_of(TEN), at=TEN, author="U1", text="はじめまして"
        ),
    ]


def test_channels_of_one_day_are_merged_by_time(tmp_path: Path) -> None:
    channels = {"a": [message("U1", NINE), message("U1", NEXT_DAY)], "b": [message("U1", TEN)]}
    write_export(tmp_path, users=["U1"], channels=channels)
    assert [post.at for post in posts_of(tmp_path)] == [NINE, TEN, NEXT_DAY]


def test_a_member_is_traced_once_at_the_earliest_trace_in_any_channel(tmp_path: Path) -> None:
    channels = {"a": [joined("U1", TEN)], "b": [message("U1", NINE)], "c": [joined("U1", NEXT_DAY)]}
    write_export(tmp_path, users=["U1"], channels=channels)
    assert [fact.at for fact in facts_of(tmp_path) if isinstance(fact, MemberTraced)] == [NINE]


def test_leaving_a_channel_is_no_trace(tmp_path: Path) -> None:
    left = message("U1", NINE, subtype="channel_leave")
    write_export(tmp_path, users=["U1"], channels={"a": [left, message("U2", TEN)]})
    assert [fact.member for fact in facts_of(tmp_path) if isinstance(fact, MemberTraced)] == ["U2"]


def test_a_channel_is_described_when_it_was_created(tmp_path: Path) -> None:
    channels = b'[{"id": "C1", "name": "general", "created": 1767600000}, {"id": "C2", "name": "later"}]'
    general = [message("U1", NINE), message("U1", TEN)]
    write_export(tmp_path, channels={"general": general}, files={"channels.json": channels})
    channels_told = [
        (fact.channel, fact.at) for fact in facts_of(tmp_path) if isinstance(fact, ChannelDescribed)
    ]
    assert channels_told == [("C1", datetime(2026, 1, 5, 8, 0, tzinfo=UTC)), ("C2", TEN)]


@pytest.mark.parametrize(
    ("more", "shape", "thread_ts"),
    [
        pytest.param({}, Shape.POST, None, id="post"),
        pytest.param({"thread_ts": ts_of(TEN)}, Shape.POST, None, id="a-thread's-first-message"),
        pytest.param({"thread_ts": ts_of(NINE)}, Shape.REPLY, ts_of(NINE), id="reply"),
        pytest.param(
            {"thread_ts": ts_of(NINE), "subtype": "thread_broadcast"},
            Shape.BROADCAST,
            ts_of(NINE),
            id="broadcast",
        ),
        pytest.param({"thread_ts": "soon"}, Shape.POST, None, id="thread-without-time"),
        pytest.param({"subtype": "file_share"}, Shape.POST, None, id="file"),
        pytest.param({"subtype": "me_message"}, Shape.POST, None, id="me"),
        pytest.param({"subtype": None}, Shape.POST, None, id="null-subtype"),
    ],
)
def test_where_a_message_stands(tmp_path: Path, more: Json, shape: Shape, thread_ts: str | None) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [message("U1", TEN, **more)]})
    [post] = posts_of(tmp_path)
    assert (post.shape, post.thread_ts) == (shape, thread_ts)


@pytest.mark.parametrize(
    ("entry", "author"),
    [
        pytest.param(message("UBOT", NINE), "UBOT", id="listed-as-bot"),
        pytest.param(message("U1", NINE, bot_id="B1"), "U1", id="posted-by-an-app"),
        pytest.param(message(None, NINE, bot_id="B1", subtype="bot_message"), None, id="without-user"),
        pytest.param(message("USLACKBOT", NINE), "USLACKBOT", id="slackbot"),
    ],
)
def test_a_bot_is_known_as_one(tmp_path: Path, entry: Json, author: str | None) -> None:
    users = [user("U1"), user("UBOT", is_bot=True), user("USLACKBOT")]
    write_export(tmp_path, users=users, channels={"a": [entry]})
    [post] = posts_of(tmp_path)
    assert (post.is_bot, post.author) == (True, author)


def described(
    name: str = "葵", *, is_bot: bool = False, is_guest: bool = False, locale: str | None = None
) -> MemberDescribed:
    return MemberDescribed(
        team="T0EXPORT", member="U1", at=NINE, name=name, is_bot=is_bot, is_guest=is_guest, locale=locale
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(
            {"id": "U1", "real_name": "葵", "profile": {"display_name": " ", "real_name": ""}},
            described(),
            id="first-name-that-is-not-empty",
        ),
        pytest.param({"id": "U1", "profile": "none"}, described(""), id="no-name"),
        pytest.param(user("U1", "葵", is_restricted=True), described(is_guest=True), id="guest"),
        pytest.param(
            user("U1", "葵", is_ultra_restricted=True), described(is_guest=True), id="one-channel-guest"
        ),
        pytest.param(user("U1", "葵", locale="ja-JP"), described(locale="ja-JP"), id="locale"),
        pytest.param(user("U1", "葵", deleted=True), described(), id="deactivated-today-is-not-then"),
        pytest.param({**user("U1", "葵"), "name": "slackbot"}, described(is_bot=True), id="slackbot"),
    ],
)
def test_a_member_is_described_from_the_list(tmp_path: Path, entry: Json, expected: MemberDescribed) -> None:
    write_export(tmp_path, users=[entry], channels={"a": [message("U1", NINE)]})
    assert [fact for fact in facts_of(tmp_path) if isinstance(fact, MemberDescribed)] == [expected]


def test_a_member_from_another_workspace_is_described_by_the_message(tmp_path: Path) -> None:
    profile = {"display_name": "", "real_name": "よその人", "is_restricted": True}
    write_export(tmp_path, channels={"a": [message("U9", NINE, user_profile=profile)]})
    [stranger] = [fact for fact in facts_of(tmp_path) if isinstance(fact, MemberDescribed)]
    assert (stranger.name, stranger.is_guest) == ("よその人", True)


def stamps(*names: str, member: str = "U2") -> list[Json]:
    return [{"name": name, "users": [member], "count": 1} for name in names]


def test_stamps_come_at_the_end_no_later_than_the_last_message(tmp_path: Path) -> None:
    general = [message("U1", NINE, reactions=stamps("wave")), message("U2", NEXT_DAY)]
    write_export(tmp_path, users=["U1", "U2"], channels={"general": general})
    assert facts_of(tmp_path)[-1] == StampAdded(
        team="T0EXPORT",
        channel=GENERAL,
        ts=ts_of(NINE),
        at=NEXT_DAY,
        member="U2",
        stamp="wave",
        precision=Precision.NO_LATER_THAN,
    )


def test_who_only_gives_stamps_may_have_been_there_for_years(tmp_path: Path) -> None:
    write_export(
        tmp_path, users=["U1", "U2"], channels={"a": [message("U1", NINE, reactions=stamps("tada"))]}
    )
    traced = [fact for fact in facts_of(tmp_path) if isinstance(fact, MemberTraced)]
    assert [(fact.member, fact.source) for fact in traced] == [
        ("U1", JoinSource.EARLIEST_TRACE),
        ("U2", JoinSource.FIRST_SEEN),
    ]


def test_stamps_under_a_join_are_left_out(tmp_path: Path) -> None:
    join: Json = {**joined("U1", NINE), "reactions": stamps("wave")}
    write_export(tmp_path, users=["U1", "U2"], channels={"a": [join]})
    assert [fact for fact in facts_of(tmp_path) if isinstance(fact, StampAdded)] == []


def test_text_stays_as_slack_escapes_it(tmp_path: Path) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [message("U1", NINE, "a &lt;b&gt; &amp; <@U2>")]})
    assert [post.text for post in posts_of(tmp_path)] == ["a &lt;b&gt; &amp; <@U2>"]


def test_a_number_as_ts_becomes_text(tmp_path: Path) -> None:
    entry: Json = {**message("U1", NINE), "ts": 1767603600.000100}
    write_export(tmp_path, users=["U1"], channels={"a": [entry]})
    assert [post.ts for post in posts_of(tmp_path)] == ["1767603600.000100"]


@pytest.mark.parametrize(
    ("users", "more", "team"),
    [
        pytest.param([user("U1")], {}, "T0EXPORT", id="nobody-says"),
        pytest.param([user("U1")], {"team": "T7"}, "T7", id="a-message-says"),
        pytest.param(
            [user("U1", team_id="T1"), user("U2", team_id="T1"), user("U3", team_id="T9")],
            {"team": "T9"},
            "T1",
            id="most-members-say",
        ),
    ],
)
def test_the_team_is_where_most_are_at_home(tmp_path: Path, users: list[Json], more: Json, team: str) -> None:
    write_export(tmp_path, users=users, channels={"a": [message("U1", NINE, **more)]})
    with open_export(tmp_path) as export:
        assert export.team == team


def test_channel_names_are_by_id(tmp_path: Path) -> None:
    write_export(tmp_path, channels={"雑談": [message("U1", NINE)]})
    with open_export(tmp_path) as export:
        assert export.channel_names == {channel_id("雑談"): "雑談"}


def test_folders_may_be_named_after_ids(tmp_path: Path) -> None:
    listed = b'[{"id": "C0GENERAL", "name": "general"}]'
    write_export(tmp_path, channels={"C0GENERAL": [message("U1", NINE)]}, files={"channels.json": listed})
    with open_export(tmp_path) as export:
        posts = [fact for fact in export.facts() if isinstance(fact, MessagePosted)]
        assert [post.channel for post in posts] == ["C0GENERAL"]
        assert export.channel_names == {"C0GENERAL": "general"}


def test_a_grid_organisation_calls_the_list_otherwise(tmp_path: Path) -> None:
    write_export(tmp_path, users=[user("U1", "葵")], channels={"a": [message("U1", NINE)]})
    (tmp_path / "users.json").rename(tmp_path / "org_users.json")
    assert MemberDescribed(team="T0EXPORT", member="U1", at=NINE, name="葵") in facts_of(tmp_path)


def test_progress_counts_files_and_those_read_again_for_stamps(tmp_path: Path) -> None:
    general = [message("U1", NINE, reactions=stamps("tada")), message("U1", NEXT_DAY)]
    write_export(tmp_path, users=["U1", "U2"], channels={"general": general})
    with open_export(tmp_path) as export:
        assert (export.progress.files_read, export.progress.files_total) == (0, 2)
        assert len(list(export.facts())) == 8
        assert (export.progress.files_read, export.progress.files_total) == (3, 3)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    write_export(tmp_path, channels={"a": [message(None, NINE, reactions=stamps("tada"))]})
    with open_export(tmp_path) as export:
        first = list(export.facts())
        counts = export.problems.counts()
        assert (list(export.facts()), export.problems.counts()) == (first, counts)
        assert counts[Finding.NO_AUTHOR] == 1


def test_files_are_read_as_the_facts_are_taken(tmp_path: Path) -> None:
    days = [message("U1", NINE + timedelta(days=day)) for day in range(30)]
    write_export(tmp_path, users=["U1"], channels={"a": days})
    with open_export(tmp_path) as export:
        stream: Iterator[Fact] = export.facts()
        next(stream)
        assert export.progress.files_read == 4


@pytest.mark.parametrize(
    "top", [pytest.param("", id="flat"), pytest.param("2026-01 export", id="in-a-folder")]
)
def test_a_zip_says_the_same_as_its_folder(tmp_path: Path, top: str) -> None:
    channels = {
        "雑談": [joined("U1", NINE), message("U1", TEN, reactions=stamps("tada"))],
        "b": [joined("U2", NINE)],
    }
    folder = write_export(tmp_path / "export", users=["U1", "U2"], channels=channels)
    zipped = zip_export(folder, tmp_path / "export.zip", top=top)
    assert facts_of(zipped) == facts_of(folder)


def test_a_folder_around_the_export_is_looked_through(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "outer" / "export", users=["U1"], channels={"a": [message("U1", NINE)]})
    assert facts_of(tmp_path / "outer") == facts_of(folder)
