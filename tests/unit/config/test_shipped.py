"""The shipped file is the reference: it loads, says everything, and is what a key left out means."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import yaml

from scheduler.config import read, shipped
from scheduler.config.keys import all_keys
from scheduler.model.cases import ChannelKind
from scheduler.model.people import Absence
from scheduler.settings import Hours, Mode, Settings, Target
from scheduler.strictyaml import read as read_yaml
from tests.unit.config.files import settings_of

HASKELL_JP = Path(__file__).parents[2] / "data" / "haskell-jp.yaml"

#: In the shipped file they are shown in a comment: who the ambassadors are is not ours to say.
IN_COMMENTS = {
    f"ambassadors.people.{key}"
    for key in ("member", "topics", "weekly_budget", "days_off", "away", "away.from", "away.to")
} | {"ambassadors.group"}
DEFAULTS = [
    "workspace.locale",
    "mode",
    "calendar.holidays",
    "beginners",
    "beginners.posts",
    "beginners.within",
    "reading",
    "reading.run_gap",
    "reading.weak_sign_within",
    "reading.weak_sign_delay",
    "reading.reopen_within",
    "reading.expire_after",
    "stamps.others",
    "ambassadors.weekly_budget",
    "ambassadors.from_history",
    "ambassadors.people",
    "onboarding.journey",
    "onboarding.spread",
    "onboarding.late",
    "onboarding.guests",
    "thanks.id",
    "thanks.min_open_days",
    "thanks.late",
    "limits.per_member",
    "limits.per_ambassador",
    "limits.welcomes",
    "privacy",
    "privacy.excerpt_length",
    "privacy.keep_messages",
    "privacy.keep_decisions",
    "storage",
    "storage.database",
    "service",
    "service.slack_api",
    "service.admins",
    "service.new_channels",
    "service.health",
    "service.catch_up",
]


def shipped_data() -> dict[str, object]:
    document, problems = read_yaml(shipped())
    assert problems == ()
    assert document is not None
    return document.data


def shipped_settings() -> Settings:
    settings, problems = read(shipped())
    assert problems == ()
    assert settings is not None
    return settings


def keys_in(value: object, above: str = "") -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in keys_in(item, above)}
    if not isinstance(value, dict) or above == "calendar.hours.":
        return set()
    return {f"{above}{key}" for key in value} | {
        found for key, inner in value.items() for found in keys_in(inner, f"{above}{key}.")
    }


@pytest.mark.parametrize("file", [shipped(), HASKELL_JP], ids=["shipped", "haskell-jp"])
def test_loads_without_problems(file: Path):
    settings, problems = read(file)

    assert problems == ()
    assert settings is not None


def test_the_shipped_file_says_every_key():
    assert keys_in(shipped_data()) == set(all_keys()) - IN_COMMENTS


def test_the_commented_ambassador_is_a_good_one(tmp_path: Path):
    text = shipped().read_text(encoding="utf-8")
    example = [line.replace("#", " ", 1) for line in text.splitlines() if line.startswith("  #   ")]

    people = settings_of(
        tmp_path, text.replace("people: []", "\n".join(["people:", *example]))
    ).ambassadors.people

    assert [person.member for person in people] == ["U0123ABCD"]
    assert people[0].absences == (Absence(from_on=date(2026, 8, 10), to_on=date(2026, 8, 16)),)


@pytest.mark.parametrize("key", DEFAULTS)
def test_a_key_left_out_means_what_the_shipped_file_says(tmp_path: Path, key: str):
    data = shipped_data()
    *above, last = key.split(".")
    mapping = data
    for step in above:
        mapping = mapping[step]  # type: ignore[assignment]
    del mapping[last]

    settings = settings_of(tmp_path, yaml.safe_dump(data, allow_unicode=True))

    said = shipped_settings()
    assert replace(settings, file=said.file, config_hash=said.config_hash) == said


def test_shipped_values_suit_a_japanese_public_office():
    settings = shipped_settings()

    assert settings.mode is Mode.SHADOW
    assert settings.workspace.zone.key == "Asia/Tokyo"
    assert settings.calendar.hours == {day: Hours(opens=time(8, 30), closes=time(17, 15)) for day in range(5)}
    assert [(step.id, step.after, step.tell) for step in settings.escalation] == [
        ("first-look", timedelta(hours=1), Target.TOPIC),
        ("second-pair", timedelta(hours=3), Target.ANYONE),
        ("whole-team", timedelta(hours=8), Target.CHANNEL),
        ("still-open", timedelta(hours=16), Target.CHANNEL),
    ]


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("自己紹介", ChannelKind.INTRODUCTIONS),
        ("なんでも相談", ChannelKind.QUESTIONS),
        ("質問-ひとり情シス", ChannelKind.QUESTIONS),
        ("雑談", ChannelKind.CHAT),
        ("今日の一枚", ChannelKind.CHAT),
        ("文書・公印", ChannelKind.CHAT),
        ("運営-アンバサダー", ChannelKind.OFF),
    ],
)
def test_shipped_rules_know_the_usual_channels(channel: str, kind: ChannelKind):
    assert shipped_settings().rule_for(channel).kind is kind
