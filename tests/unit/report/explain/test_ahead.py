from dataclasses import replace
from datetime import timedelta

from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason
from scheduler.model.messages import OutboxState
from scheduler.report.explain import Dossier, explain
from tests.unit.report.examples import TOKYO, at
from tests.unit.report.explain.dossiers import OPEN, alert, dossier, opened, told
from tests.world import make_settings

SETTINGS = make_settings()


def shown(story: Dossier) -> list[tuple[str, str, str]]:
    """(what, local time, step) of what comes."""
    return [
        (
            each.what,
            f"{each.at.astimezone(TOKYO):%m-%d %H:%M}" if each.at else "",
            each.step.id if each.step else "",
        )
        for each in explain(story, SETTINGS).ahead
    ]


def test_an_open_case_tells_its_steps_and_its_end_in_order():
    assert shown(dossier(opened())) == [
        ("step", "04-20 11:00", "first"),
        ("step", "04-20 13:00", "second"),
        ("step", "04-22 10:00", "open"),
        ("expires", "05-04 10:00", ""),
    ]


def for_nobody(story: Dossier) -> list[tuple[str, bool]]:
    """Steps that come when no ambassador is named, and whether each would tell one."""
    unnamed = replace(SETTINGS, ambassadors=replace(SETTINGS.ambassadors, people=(), group=None))
    return [
        (each.step.id, each.is_for_nobody) for each in explain(story, unnamed).ahead if each.step is not None
    ]


def test_where_no_ambassador_is_named_the_channel_hears_in_their_place_once():
    assert for_nobody(dossier(opened())) == [("first", True), ("open", False)]


def test_where_the_channel_was_told_it_hears_nothing_more_in_place_of_somebody():
    case = replace(OPEN, steps_taken=("first",))
    told_before = alert("2026-04-20 11:00", to="C9")
    story = dossier(opened(), cases=[case], alerts=[told_before])

    assert for_nobody(story) == [("open", False)]


def test_a_step_that_is_held_comes_when_the_case_is_looked_at_again():
    held = replace(OPEN, due_at=at("2026-04-21 09:00"))

    assert shown(dossier(opened(), cases=[held]))[:2] == [
        ("step", "04-21 09:00", "first"),
        ("step", "04-21 09:00", "second"),
    ]


def test_steps_that_are_taken_or_no_longer_apply_do_not_come():
    case = replace(OPEN, steps_taken=("first",), touched_at=at("2026-04-20 12:00"))

    assert [step for what, _, step in shown(dossier(opened(), cases=[case])) if what == "step"] == ["open"]


def test_an_alert_that_is_written_waits_to_go():
    waits = alert(
        "2026-04-20 12:10", state=OutboxState.PENDING, sent_at=None, not_before=at("2026-04-20 13:00")
    )
    case = replace(OPEN, steps_taken=("first", "second", "open"))

    assert shown(dossier(opened(), cases=[case], alerts=[waits])) == [
        ("alert", "04-20 13:00", ""),
        ("expires", "05-04 10:00", ""),
    ]


def test_an_answered_case_may_open_again_for_a_while():
    end = at("2026-04-20 11:00")
    case = replace(OPEN, closed_at=end, outcome=Outcome.ANSWERED)

    assert shown(dossier(opened(), cases=[case])) == [
        ("nothing", "", ""),
        ("reopens", f"{(end + timedelta(days=7)).astimezone(TOKYO):%m-%d %H:%M}", ""),
    ]


def test_a_withdrawn_case_comes_to_nothing():
    case = replace(OPEN, closed_at=at("2026-04-20 11:00"), outcome=Outcome.WITHDRAWN)

    assert shown(dossier(opened(), cases=[case])) == [("nothing", "", "")]


def test_a_post_that_is_not_watched_can_be_marked():
    record = told("case", "none", Reason.ASKS_NOTHING, "2026-04-20 10:00")
    (nothing, mark) = explain(dossier(record, cases=()), SETTINGS).ahead

    assert (nothing.what, mark.what, mark.stamps) == ("nothing", "markable", ("pushpin",))


def test_a_mark_does_nothing_in_a_channel_that_is_off():
    record = told("case", "none", Reason.CHANNEL_OFF, "2026-04-20 10:00")

    assert shown(dossier(record, cases=())) == [("nothing", "", "")]
