"""A past is taken in: nothing of it is sent, what stops half-way goes on, and twice is the same as once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.app.importing import CHUNK, context_of, take_in_all
from scheduler.app.loading import load
from scheduler.model.cases import Case, Outcome
from scheduler.model.facts import Fact, JoinSource
from scheduler.model.messages import MessageKind
from scheduler.pipeline.round import make_round
from scheduler.ports import ImportProgress
from scheduler.simulate.sample import SAMPLE_TEAM, sample_community
from scheduler.store.engine import open_store
from tests.integration.conftest import MakeWorld
from tests.postgres import Server
from tests.tables import Tables, tables_of
from tests.world import CHANNELS, World, joined, local, post, reply, shown

REPO = Path(__file__).parents[2]
TRACE = JoinSource.EARLIEST_TRACE
ANSWERED = post("UM", "2026-04-13 09:30", "様式の押印は要りますでしょうか")
LEFT_ALONE = post("UN", "2026-04-14 10:00", "書式について教えてください")
PAST: tuple[Fact, ...] = (
    *CHANNELS,
    joined("UM", "2026-04-13 09:00", TRACE),
    ANSWERED,
    reply("UA", "2026-04-13 09:45", "要りません", ANSWERED),
    joined("UN", "2026-04-14 09:50", TRACE),
    LEFT_ALONE,
)


def take_in(world: World, facts: Sequence[Fact], *, now: str, source: str = "past") -> ImportProgress:
    return take_in_all(
        world.store,
        world.context,
        lambda: iter(facts),
        source=source,
        now=local(now),
        notice=lambda _: None,
    )


def round_at(world: World, moment: str) -> None:
    world.clock.step_to(local(moment))
    make_round(world.store, world.driver.crew, world.driver.sender, now=local(moment))


def case_of(world: World, author: str) -> Case:
    (case,) = (case for case in world.cases() if case.author == author)
    return case


def test_a_planning_tick_right_after_an_import_says_nothing_about_the_past(world: World):
    take_in(world, PAST, now="2026-04-15 10:00")

    round_at(world, "2026-04-15 10:00")

    assert (world.outbox(), world.mailbox.sent) == ([], [])


def test_nobody_is_enrolled_however_lately_they_joined(world: World):
    take_in(world, PAST, now="2026-04-14 10:05")

    round_at(world, "2026-04-14 10:05")
    round_at(world, "2026-04-15 10:00")

    assert world.outbox_of(MessageKind.WELCOME) == []


def test_steps_whose_time_passed_are_taken_as_imported_and_later_ones_still_come(world: World):
    take_in(world, PAST, now="2026-04-14 14:30")
    before = case_of(world, "UN")

    round_at(world, "2026-04-14 15:00")
    round_at(world, "2026-04-16 10:00")

    assert before.steps_taken == ("first", "second")
    assert [each for each in world.decisions() if each[1] == "skip"] == [
        ("first", "skip", "imported"),
        ("second", "skip", "imported"),
    ]
    assert [message.step for message in world.outbox_of(MessageKind.ALERT)] == ["open"]


def test_cases_end_as_they_would_have_with_the_service_there(make_world: MakeWorld):
    settings = load(REPO / "config.yaml").settings
    imported, lived = make_world(settings), make_world(settings)

    take_in(imported, SAMPLE, now="2026-07-01 09:00")
    lived.live(SAMPLE, "2026-07-01 09:00")

    assert [fate(case) for case in imported.cases()] == [fate(case) for case in lived.cases()]
    assert len(imported.cases()) > 20


def fate(case: Case) -> Case:
    """An alert that went out makes a weak sign count for more: that alone may tell two ends apart."""
    outcome = Outcome.EXPIRED if case.outcome is Outcome.MAYBE_ANSWERED else case.outcome
    return replace(case, outcome=outcome, steps_taken=(), due_at=None)


def test_a_case_too_old_to_wait_ends_at_its_proper_time(world: World):
    take_in(world, PAST, now="2026-06-01 10:00")

    case = case_of(world, "UN")

    assert (case.outcome, shown(case.closed_at)) == (Outcome.EXPIRED, "2026-04-28 10:00")
    assert case_of(world, "UM").outcome is Outcome.ANSWERED


def test_nothing_is_due_before_the_whole_history_is_in(world: World):
    facts = (*PAST, *(post("UA", f"2026-04-14 {11 + n // 60}:{n % 60:02d}", "…", "chat") for n in range(300)))

    def told() -> Iterator[Fact]:
        yield from facts
        raise Stopped

    with pytest.raises(Stopped):
        take_in_all(
            world.store, world.context, told, source="past", now=local("2026-04-20 10:00"),
            notice=lambda _: None,
        )  # fmt: skip
    round_at(world, "2026-04-20 10:00")

    with world.store.begin() as work:
        assert [each.facts_done for each in work.imports.unfinished()] == [CHUNK]
    assert case_of(world, "UN").is_open
    assert world.outbox() == []


def test_a_case_that_the_service_already_watches_keeps_its_steps(world: World):
    live = post("UL", "2026-04-15 09:30", "接続できません。教えてください")
    world.fold(*CHANNELS, joined("UL", "2026-04-15 09:00"), live)

    take_in(world, PAST, now="2026-04-15 12:00")
    round_at(world, "2026-04-15 12:00")

    assert [message.case and message.case.ts for message in world.outbox_of(MessageKind.ALERT)] == [live.ts]


def test_a_join_that_slack_told_of_stays_and_a_guess_gives_way(world: World):
    world.fold(joined("UM", "2026-04-12 08:00"), joined("UN", "2026-04-15 09:00", JoinSource.FIRST_SEEN))

    take_in(world, PAST, now="2026-06-01 10:00")

    assert [(each.join_source, shown(each.joined_at)) for each in world.members("UM", "UN")] == [
        (JoinSource.EVENT, "2026-04-12 08:00"),
        (TRACE, "2026-04-14 09:50"),
    ]


def test_a_newer_export_adds_what_is_new(world: World):
    take_in(world, PAST, now="2026-04-15 10:00", source="old")
    newer = (*PAST, reply("UB", "2026-04-15 10:30", "窓口で配っています", LEFT_ALONE))

    take_in(world, newer, now="2026-04-15 11:00", source="new")

    assert [case.outcome for case in world.cases()] == [Outcome.ANSWERED, Outcome.ANSWERED]


def test_another_import_that_is_finished_stands_for_one_that_was_given_up(world: World):
    with world.store.begin() as work:
        work.imports.save(ImportProgress(source="given up", facts_done=1))

    take_in(world, PAST, now="2026-04-15 10:00")

    with world.store.begin() as work:
        assert work.imports.unfinished() == ()
        assert work.imports.get("past").finished


class Stopped(Exception):
    pass


NOW = local("2026-05-21 10:00")
FEW = 64
SAMPLE = tuple(sample_community())


def sample_taken_in(database: Path | str, facts: Callable[[], Iterator[Fact]], *, most: int = FEW) -> None:
    url = f"sqlite:///{database}" if isinstance(database, Path) else database
    store = open_store(url, SAMPLE_TEAM, throw_away=True)
    try:
        context = context_of(load(REPO / "config.yaml").settings)
        take_in_all(store, context, facts, source="sample", now=NOW, notice=lambda _: None, most=most)
    finally:
        store.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    database = tmp_path_factory.mktemp("undisturbed") / "a.db"
    sample_taken_in(database, lambda: iter(SAMPLE))
    return tables_of(database)


def stopping_after(number: int) -> Callable[[], Iterator[Fact]]:
    def told() -> Iterator[Fact]:
        yield from SAMPLE[:number]
        raise Stopped

    return told


@pytest.mark.parametrize(
    "stops",
    [
        pytest.param((0,), id="before the first fact"),
        pytest.param((FEW - 1,), id="within the first chunk"),
        pytest.param((FEW,), id="after one chunk"),
        pytest.param((FEW * 2 + 7,), id="after two chunks"),
        pytest.param((FEW, FEW * 2, FEW * 2, FEW * 3 + 1), id="again and again"),
        pytest.param((len(SAMPLE),), id="at the very end"),
    ],
)
def test_a_run_that_was_stopped_goes_on_and_ends_like_an_undisturbed_one(
    stops: tuple[int, ...], undisturbed: Tables, tmp_path: Path
):
    for number in stops:
        with pytest.raises(Stopped):
            sample_taken_in(tmp_path / "b.db", stopping_after(number))

    sample_taken_in(tmp_path / "b.db", lambda: iter(SAMPLE))

    assert tables_of(tmp_path / "b.db") == undisturbed


def test_the_sample_leaves_something_of_every_kind_to_compare(undisturbed: Tables):
    filled = {name for name, rows in undisturbed.items() if rows}

    assert len(SAMPLE) > FEW * 3
    assert filled >= {"members", "channels", "messages", "stamps", "cases", "decisions", "imports"}
    assert not {"outbox", "enrolments", "jobs"} & filled


def test_twice_changes_nothing(undisturbed: Tables, tmp_path: Path):
    for _ in range(2):
        sample_taken_in(tmp_path / "b.db", lambda: iter(SAMPLE))

    assert tables_of(tmp_path / "b.db") == undisturbed


@pytest.mark.external_service
def test_a_run_that_was_stopped_on_postgresql_ends_the_same(undisturbed: Tables, postgres: Server):
    database = postgres.new_database()
    with pytest.raises(Stopped):
        sample_taken_in(database, stopping_after(FEW * 2 + 7))

    sample_taken_in(database, lambda: iter(SAMPLE))

    there = tables_of(database)
    numbered = {"decisions", "pointers"}  # what was undone has used up numbers
    assert {name: rows for name, rows in there.items() if name not in numbered} == {
        name: rows for name, rows in undisturbed.items() if name not in numbered
    }
    assert {name: len(there[name]) for name in numbered} == {
        name: len(undisturbed[name]) for name in numbered
    }


@pytest.mark.parametrize("most", [1, 7, CHUNK])
def test_how_many_facts_share_a_transaction_makes_no_difference(
    most: int, undisturbed: Tables, tmp_path: Path
):
    sample_taken_in(tmp_path / "b.db", lambda: iter(SAMPLE), most=most)

    assert tables_of(tmp_path / "b.db") == undisturbed


def test_facts_that_another_version_told_otherwise_are_all_taken_in_again(
    undisturbed: Tables, tmp_path: Path
):
    with pytest.raises(Stopped):
        sample_taken_in(tmp_path / "b.db", stopping_after(FEW))
    sample_taken_in(tmp_path / "b.db", lambda: iter(SAMPLE[FEW:]))

    there = tables_of(tmp_path / "b.db")

    assert there["cases"] == undisturbed["cases"]
    assert there["messages"] == undisturbed["messages"]
