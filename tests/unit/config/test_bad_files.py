"""One bad file for each rule: which problem, and exactly where."""

import pytest

from scheduler.catalogue import LANGUAGES, say
from scheduler.catalogue import _area as sentences
from tests.unit.config.files import FOLDER, problems_of

#: file, code, line, column, near name
RULES = [
    ("always_closed", "always_closed", 7, 3, None),
    ("ambassador_twice", "ambassador_twice", 16, 15, None),
    ("away_backwards", "away_backwards", 18, 15, None),
    ("bad_closure.slash", "bad_closure", 8, 7, "04-16"),
    ("bad_closure", "bad_closure", 8, 7, None),
    ("bad_database.postgres", "bad_database", 18, 13, "postgresql://ambassador@db/ambassador"),
    ("bad_database", "bad_database", 18, 13, "sqlite:///ambassador.db"),
    ("bad_date.slashes", "bad_date", 8, 7, "2026-08-13"),
    ("bad_date", "bad_date", 8, 7, None),
    ("bad_duration.wide", "bad_duration", 14, 14, "1h"),
    ("bad_duration", "bad_duration", 14, 14, None),
    ("bad_health", "bad_health", 18, 11, "127.0.0.1:8787"),
    ("bad_hours.past_midnight", "bad_hours", 6, 14, None),
    ("bad_hours", "bad_hours", 6, 14, "08:30-17:15"),
    ("bad_id", "bad_id", 12, 11, "first-look"),
    ("bad_listen", "bad_listen", 18, 11, "127.0.0.1:3000"),
    ("bad_open_days.no_unit", "bad_open_days", 18, 13, "3d"),
    ("bad_open_days", "bad_open_days", 18, 13, None),
    ("bad_slack_api.no_scheme", "bad_slack_api", 18, 14, "https://slack.com/api/"),
    ("bad_slack_api", "bad_slack_api", 18, 14, "https://slack.com/api/"),
    ("bad_time.past_midnight", "bad_time", 19, 7, None),
    ("bad_time", "bad_time", 19, 7, "16:00"),
    ("bad_url", "bad_url", 2, 8, "https://example.slack.com"),
    ("channel_hash.in_brackets", "channel_hash", 8, 13, "雑談"),
    ("channel_hash.quoted", "channel_hash", 13, 12, "ambassadors"),
    ("channel_hash", "channel_hash", 13, 12, "ambassadors"),
    ("channel_name", "channel_name", 13, 12, "ambassadors"),
    ("closure_of_one_year.alone", "closure_of_one_year", 7, 13, "04-16"),
    ("closure_of_one_year", "closure_of_one_year", 8, 7, "04-16"),
    ("database_password", "database_password", 18, 13, None),
    ("dates_backwards", "dates_backwards", 8, 7, None),
    ("days_of_open_time", "days_of_open_time", 14, 14, None),
    ("duration_too_long", "duration_too_long", 18, 19, None),
    ("duration_unit", "duration_unit", 14, 14, None),
    ("duration_zero", "duration_zero", 14, 14, None),
    ("empty_list", "empty_list", 8, 5, None),
    ("empty_value", "empty_value", 3, 12, None),
    ("expected_list", "expected_list", 14, 3, None),
    ("expected_mapping", "expected_mapping", 1, 12, None),
    ("expected_number", "expected_number", 18, 10, None),
    ("expected_text", "expected_text", 16, 16, None),
    ("expected_yes_no", "expected_yes_no", 16, 11, None),
    ("greater_than_equal", "greater_than_equal", 18, 10, None),
    ("group_id.mention", "group_id", 14, 10, "S0123ABCD"),
    ("group_id", "group_id", 14, 10, None),
    ("health_elsewhere", "health_elsewhere", 18, 11, "127.0.0.1:9000"),
    ("hours_backwards", "hours_backwards", 6, 14, None),
    ("id_twice", "id_twice", 17, 11, None),
    ("kept_too_short", "kept_too_short", 18, 18, None),
    ("less_than_equal", "less_than_equal", 18, 19, None),
    ("member_id.mention", "member_id", 15, 15, None),
    ("member_id", "member_id", 15, 15, None),
    ("message_name", "message_name", 16, 16, "alert_first_look"),
    ("missing_key.section", "missing_key", 0, 0, None),
    ("missing_key", "missing_key", 1, 1, None),
    ("never_matches", "never_matches", 10, 13, None),
    ("nobody_to_tell", "nobody_to_tell", 15, 13, None),
    ("one_channel", "one_channel", 13, 12, None),
    ("open_and_closed", "open_and_closed", 10, 7, None),
    ("quiet_always", "quiet_always", 18, 3, None),
    ("quiet_whole_day", "quiet_whole_day", 20, 11, None),
    ("slack_api_unencrypted", "slack_api_unencrypted", 18, 14, "https://slack.com/api/"),
    ("stamp_name.in_brackets", "stamp_name", 18, 10, "pushpin"),
    ("stamp_name", "stamp_name", 19, 7, "pushpin"),
    ("stamp_twice", "stamp_twice", 19, 12, None),
    ("step_never_reached.open_time", "step_never_reached", 14, 14, None),
    ("step_never_reached", "step_never_reached", 14, 14, None),
    ("step_too_late", "step_too_late", 18, 14, None),
    ("thanks_closed", "thanks_closed", 19, 7, None),
    ("thanks_never", "thanks_never", 20, 18, None),
    ("thanks_quiet", "thanks_quiet", 19, 7, None),
    ("token_in_file", "token_in_file", 17, 3, None),
    ("topic_without_channel", "topic_without_channel", 17, 16, "network"),
    ("unknown_choice", "unknown_choice", 9, 11, "questions"),
    ("unknown_key.at_the_top", "unknown_key", 17, 1, "onboarding"),
    ("unknown_key", "unknown_key", 18, 3, "run_gap"),
    ("unknown_weekday", "unknown_weekday", 6, 5, "mon"),
    ("unknown_zone", "unknown_zone", 3, 13, "Asia/Tokyo"),
    ("weekday_number", "weekday_number", 6, 5, None),
    ("weekday_twice", "weekday_twice", 7, 5, None),
    ("wide_comma", "wide_comma", 17, 16, "情報システム, デジタル活用"),
    ("window_closed", "window_closed", 15, 16, None),
    ("window_quiet", "window_quiet", 15, 16, None),
]

#: No file can show it: it is what is said when pydantic tells of something that we have no words for.
UNSEEN = {"wrong_value"}


@pytest.mark.parametrize(("name", "code", "line", "column", "near"), RULES)
def test_the_only_problem_of_the_file_stands_there(
    name: str, code: str, line: int, column: int, near: str | None
):
    told = [(each.code, each.line, each.column, each.near) for each in problems_of(name)]

    assert told == [(f"config.{code}", line, column, near)]


def test_every_bad_file_has_its_line_in_the_table():
    files = {path.name.removeprefix("bad.").removesuffix(".yaml") for path in FOLDER.glob("bad.*.yaml")}

    assert files == {str(rule[0]) for rule in RULES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_a_bad_file(language: str):
    assert set(sentences(language, "config")) - UNSEEN == {str(rule[1]) for rule in RULES}


def test_what_has_no_words_of_its_own_is_said_all_the_same():
    assert say("en", "config.wrong_value", value="x") == "x cannot be used here."
