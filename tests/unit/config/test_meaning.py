"""Settings are what the file says; and what is unusual but possible is no problem."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from scheduler.model.people import Absence, Ambassador
from scheduler.settings import ChannelRule, QuietTime, StampMeaning
from tests.unit.config.files import LEAST, codes_of, settings_of


def with_people(people: str) -> str:
    return LEAST.replace("  channel: ambassadors\n", f"  channel: ambassadors\n  people: {people}\n")


@pytest.mark.parametrize("at", ["09:00", "10:00", "16:30"])
def test_times_of_day_stay_times(tmp_path: Path, at: str):
    settings = settings_of(tmp_path, LEAST + f"thanks: {{channel: general, at: {at}, message: thanks}}\n")

    assert settings.thanks is not None
    assert settings.thanks.at == time.fromisoformat(at)


def test_an_ambassador_takes_the_common_budget_unless_given_one(tmp_path: Path):
    people = """
  weekly_budget: 7
  people:
    - member: U0AAA
      days_off: [水]
      away:
        - {from: 2026-08-10, to: 2026-08-16}
    - {member: U0BBB, weekly_budget: 2}
"""
    text = LEAST.replace("  channel: ambassadors\n", "  channel: ambassadors" + people)

    first, second = settings_of(tmp_path, text).ambassadors.people

    away = Absence(from_on=date(2026, 8, 10), to_on=date(2026, 8, 16))
    assert first == Ambassador(
        member="U0AAA", weekly_budget=7, quiet_weekdays=frozenset({2}), absences=(away,)
    )
    assert second == Ambassador(member="U0BBB", weekly_budget=2)


def test_stamps_by_name(tmp_path: Path):
    settings = settings_of(tmp_path, LEAST + "stamps: {ignore: [eyes], resolve: [解決], others: ignore}\n")

    assert settings.stamps == {"eyes": StampMeaning.IGNORE, "解決": StampMeaning.RESOLVE}
    assert settings.meaning_of("tada") is StampMeaning.IGNORE


def test_one_pattern_needs_no_brackets(tmp_path: Path):
    one = settings_of(tmp_path, LEAST).channels

    assert one == settings_of(tmp_path, LEAST.replace('match: "*"', 'match: ["*"]')).channels
    assert isinstance(one[0], ChannelRule)


def test_quiet_times_cross_midnight_and_may_end_with_the_day(tmp_path: Path):
    quiet = "limits:\n  quiet:\n    - {from: 18:30, to: 08:30}\n    - {from: 22:30, to: 24:00, on: 金}\n"

    assert settings_of(tmp_path, LEAST + quiet).limits.quiet == (
        QuietTime(from_at=time(18, 30), to_at=time(8, 30)),
        QuietTime(from_at=time(22, 30), to_at=time(0), weekdays=frozenset({4})),
    )


@pytest.mark.parametrize("ending", ["", "thanks: off\n"])
def test_thanks_may_be_off(tmp_path: Path, ending: str):
    assert settings_of(tmp_path, LEAST + ending).thanks is None


def test_a_slash_at_the_end_of_the_address_is_dropped(tmp_path: Path):
    text = LEAST.replace("slack.com", "slack.com/")

    assert settings_of(tmp_path, text).workspace.url == "https://example.slack.com"


def test_a_list_whose_items_are_all_commented_out_is_empty(tmp_path: Path):
    assert settings_of(tmp_path, with_people("\n    # - member: U0AAA")).ambassadors.people == ()


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        pytest.param("*相談*", "なんでも相談", ["config.never_matches"], id="name-fits-a-pattern"),
        pytest.param("*相談*", "法律相談-*", ["config.never_matches"], id="pattern-inside-a-pattern"),
        pytest.param("general", "general", ["config.never_matches"], id="same-name"),
        pytest.param("help-*", "*-help", [], id="patterns-that-overlap"),
        pytest.param("help-?", "help-*", [], id="narrower-first"),
        pytest.param("help-[ab]", "help-a", ["config.never_matches"], id="letters-in-brackets"),
        pytest.param("*]", "x[ab]", [], id="bracket-is-no-letter"),
    ],
)
def test_rules_that_an_earlier_rule_leaves_nothing(tmp_path: Path, first: str, second: str, codes: list[str]):
    rules = f'channels:\n  - match: "{first}"\n    kind: chat\n  - match: "{second}"\n    kind: chat\n'
    text = LEAST.replace('channels:\n  - match: "*"\n    kind: questions\n', rules)

    assert codes_of(tmp_path, text) == codes


@pytest.mark.parametrize(
    ("after", "kind", "codes"),
    [
        pytest.param("13d", "clock", [], id="just-in-time"),
        pytest.param("14d", "clock", ["config.step_never_reached"], id="on-the-day-it-expires"),
        pytest.param("80h", "open", [], id="within-two-weeks-of-office-hours"),
        pytest.param("130h", "open", ["config.step_never_reached"], id="more-office-hours-than-there-are"),
        pytest.param("2日", "open", ["config.days_of_open_time"], id="days-of-office-hours"),
        pytest.param("2日", "clock", [], id="days-by-the-clock"),
    ],
)
def test_steps_that_can_be_reached(tmp_path: Path, after: str, kind: str, codes: list[str]):
    step = f"{{id: a, when: untouched, after: {after}, time: {kind}, tell: channel, message: x}}"

    assert codes_of(tmp_path, LEAST.replace("steps: []", f"steps: [{step}]", 1)) == codes


def test_a_delay_in_open_time_is_not_counted_in_days(tmp_path: Path):
    assert codes_of(tmp_path, LEAST + "reading: {weak_sign_delay: 1d}\n") == ["config.days_of_open_time"]


def test_a_topic_that_nobody_looks_after_is_no_problem_since_anyone_is_told(tmp_path: Path):
    rules = 'channels:\n  - {match: tax, kind: chat, topic: tax}\n  - match: "*"\n    topic: network\n'
    text = with_people("[{member: U0AAA, topics: [tax]}]")

    assert codes_of(tmp_path, text.replace('channels:\n  - match: "*"\n', rules)) == []


def test_the_middle_of_the_day_may_be_quiet(tmp_path: Path):
    quiet = "limits: {quiet: [{from: 12:00, to: 13:00, on: mon-fri}]}\n"

    assert settings_of(tmp_path, LEAST + quiet).onboarding.spread == timedelta(minutes=30)


def test_whole_days_may_be_quiet_when_that_is_said(tmp_path: Path):
    weekend = "limits: {quiet: [{from: 00:00, to: 24:00, on: sat-sun}]}\n"

    assert codes_of(tmp_path, LEAST + weekend) == []
    assert codes_of(tmp_path, LEAST + weekend.replace("sat-sun", "mon-sun")) == ["config.quiet_always"]
