"""Whoever reads of alerts to people is told when nobody chose these people."""

from dataclasses import replace

import pytest

from scheduler.app.loading import Loaded, load
from scheduler.cli.strangers import stand_ins, strangers
from scheduler.model.people import Ambassador
from scheduler.report import Names


def loaded_with(*people: str, group: str | None = None) -> Loaded:
    loaded = load(None)
    named = tuple(Ambassador(member=member) for member in people)
    ambassadors = replace(loaded.settings.ambassadors, people=named, from_history=15, group=group)
    return replace(loaded, settings=replace(loaded.settings, ambassadors=ambassadors))


@pytest.mark.parametrize(
    ("people", "names_nobody", "told"),
    [
        pytest.param((), True, ["15人まで"], id="a history in which nobody is named"),
        pytest.param((), False, [], id="the sample community brings its own"),
        pytest.param(("U1",), True, [], id="the config names somebody"),
    ],
)
def test_ambassadors_taken_from_history_are_told(
    people: tuple[str, ...], names_nobody: bool, told: list[str]
):
    notices = list(stand_ins(loaded_with(*people), names_nobody=names_nobody, language="ja"))

    assert [notice.sentence.partition("（")[2].partition("）")[0] for notice in notices] == told
    assert [notice.code for notice in notices] == ["ambassadors_from_history"] * len(told)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_user_group_whose_members_no_history_tells_is_told_once(language: str):
    nobody = Names(members={}, channels={})
    without, with_group = (
        [*strangers(loaded_with(group=group), nobody, language)] for group in (None, "S0TEAM")
    )

    (told,) = [each for each in with_group if each not in without]
    assert (told.code, told.is_note, "S0TEAM" in told.sentence) == ("unknown_group", True, True)
