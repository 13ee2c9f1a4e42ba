import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from scheduler.model.facts import (
    ChannelDescribed,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.simulate.sample import (
    SAMPLE_FIRST_DAY,
    SAMPLE_LAST_DAY,
    SAMPLE_TEAM,
    channels,
    names,
    sample_ambassadors,
    sample_community,
)
from scheduler.simulate.sample.cast import people
from scheduler.simulate.sample.moments import local_day, open_days

FACTS = sample_community()
MESSAGES = [fact for fact in FACTS if isinstance(fact, MessagePosted)]
SAID_AT = {(message.channel, message.ts): message.at for message in MESSAGES}
JOINED_AT = {fact.member: fact.at for fact in FACTS if isinstance(fact, MemberTraced)}


def days_of(*kinds: type) -> list[date]:
    days = (local_day(fact.at) for fact in FACTS if isinstance(fact, kinds))
    return [day for day in days if day >= SAMPLE_FIRST_DAY]


def test_two_calls_tell_the_same():
    assert sample_community() == FACTS


def test_another_process_with_other_hashes_tells_the_same():
    tell = "import scheduler.simulate.sample as s; print(ascii(s.sample_community()))"
    told = subprocess.run(
        [sys.executable, "-c", tell],
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == ascii(FACTS)


def test_facts_come_in_order_of_time():
    assert [fact.at for fact in FACTS] == sorted(fact.at for fact in FACTS)


def test_every_instant_is_utc():
    assert {fact.at.tzinfo for fact in FACTS} == {UTC}


def test_every_fact_is_of_the_sample_team():
    assert {fact.team for fact in FACTS} == {SAMPLE_TEAM}


def test_the_sample_is_large_enough_to_show_everything_and_small_enough_to_read():
    assert 300 <= len(FACTS) <= 600


def test_no_two_messages_share_a_name():
    assert len(SAID_AT) == len(MESSAGES)


def test_ts_tells_the_instant():
    told = [datetime.fromtimestamp(int(m.ts[:10]), UTC).replace(microsecond=int(m.ts[11:])) for m in MESSAGES]

    assert told == [m.at for m in MESSAGES]


def test_every_thread_begins_with_a_post_of_its_channel():
    posts = {(m.channel, m.ts) for m in MESSAGES if m.shape is Shape.POST}

    assert {(m.channel, m.thread_ts) for m in MESSAGES if m.shape is not Shape.POST} <= posts


def test_only_replies_name_a_thread():
    assert all((m.thread_ts is None) == (m.shape is Shape.POST) for m in MESSAGES)


def test_what_follows_a_message_comes_after_it():
    later = [f for f in FACTS if isinstance(f, StampAdded | StampRemoved | MessageEdited | MessageDeleted)]

    assert [f for f in later if f.at <= SAID_AT[f.channel, f.ts]] == []


def test_replies_come_after_the_post():
    replies = [m for m in MESSAGES if m.thread_ts]

    assert [m for m in replies if m.at <= SAID_AT[m.channel, m.thread_ts or ""]] == []


def test_nobody_acts_before_joining():
    said = [(m.author, m.at) for m in MESSAGES]
    stamped = [(f.member, f.at) for f in FACTS if isinstance(f, StampAdded)]

    assert [(who, at) for who, at in said + stamped if at < JOINED_AT[who or ""]] == []


def test_nobody_puts_a_stamp_on_a_post_twice():
    stamps = Counter((f.channel, f.ts, f.member, f.stamp) for f in FACTS if isinstance(f, StampAdded))

    assert max(stamps.values()) == 1


def test_every_member_is_described_and_named():
    described = {fact.member for fact in FACTS if isinstance(fact, MemberDescribed)}

    assert described == set(names()) == set(JOINED_AT)


def test_every_channel_is_described_before_anything_is_said_in_it():
    described = {f.channel: f.at for f in FACTS if isinstance(f, ChannelDescribed)}

    assert set(described) == set(channels())
    assert [m for m in MESSAGES if m.at <= described[m.channel]] == []


def test_something_is_said_in_every_channel():
    assert {message.channel for message in MESSAGES} == set(channels())


def test_about_sixty_people_of_a_dozen_municipalities():
    assert len(people()) == 60
    assert len({person.name for person in people()}) == 60
    assert len({person.works.split()[0] for person in people() if not person.is_bot}) == 13


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(JoinSource.EVENT, 25, id="slack-told-us"),
        pytest.param(JoinSource.EARLIEST_TRACE, 30, id="known-from-their-first-trace"),
        pytest.param(JoinSource.FIRST_SEEN, 5, id="here-before-us"),
    ],
)
def test_members_came_in_every_way_that_the_sample_can_show(source: JoinSource, expected: int):
    sources = Counter(fact.source for fact in FACTS if isinstance(fact, MemberTraced))

    assert sources[source] == expected


def test_the_wave_of_april_joins_in_the_first_four_days():
    joined = days_of(MemberTraced)

    assert sum(day <= date(2026, 4, 16) for day in joined) == 16
    assert len(joined) == 25


def test_the_weeks_are_five_and_hold_closed_days():
    assert [open_days()[0], open_days()[-1]] == [SAMPLE_FIRST_DAY, SAMPLE_LAST_DAY]
    assert (SAMPLE_LAST_DAY - SAMPLE_FIRST_DAY).days == 32
    assert date(2026, 4, 29) not in open_days()
    assert len(open_days()) == 21


def test_somebody_joins_and_somebody_writes_on_a_closed_day():
    assert date(2026, 5, 4) in days_of(MemberTraced)
    assert date(2026, 5, 5) in days_of(MessagePosted)


def test_something_is_said_on_every_open_day():
    assert set(open_days()) <= set(days_of(MessagePosted))


def test_newcomers_begin_with_a_stamp():
    stamps: dict[str, StampAdded] = {}
    for fact in FACTS:
        if isinstance(fact, StampAdded):
            stamps.setdefault(fact.member, fact)
    beginning = [person.id for person in people() if person.first_stamp_at]

    assert len(beginning) == 23
    assert {channels()[stamps[member].channel] for member in beginning} == {"雑談", "今日の一枚"}


def test_ambassadors_look_after_topics_and_have_lives():
    ambassadors = sample_ambassadors()

    assert [a.member for a in ambassadors] == [f"U0SAMPLE0{n}" for n in range(1, 7)]
    assert [a.member for a in ambassadors if a.absences] == ["U0SAMPLE05"]
    assert {a.member: a.quiet_weekdays for a in ambassadors if a.quiet_weekdays} == {
        "U0SAMPLE06": frozenset({2})
    }


def test_an_absent_ambassador_is_not_seen():
    ambassador = next(a for a in sample_ambassadors() if a.absences)
    away = ambassador.absences[0]
    said = [m.at for m in MESSAGES if m.author == ambassador.member]
    stamped = [f.at for f in FACTS if isinstance(f, StampAdded) and f.member == ambassador.member]

    assert [at for at in said + stamped if away.from_on <= local_day(at) <= away.to_on] == []
