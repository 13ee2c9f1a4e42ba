"""Whatever day files messages lie in, they come once each and in time order."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.facts import Shape
from scheduler.simulate.export.findings import Finding, Findings
from scheduler.simulate.export.merge import in_order
from scheduler.simulate.export.messages import Message, micros_of

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def said(at: datetime, channel: str) -> Message:
    ts = f"{int(at.timestamp())}.000100"
    micros = micros_of(ts)
    assert micros is not None
    return Message(
        channel=channel,
        file="",
        ts=ts,
        micros=micros,
        author="U1",
        text="",
        shape=Shape.POST,
        thread_ts=None,
        is_bot=False,
        is_trace=False,
        stamps=(),
        profile=None,
    )


def days_of(filed: list[tuple[date, Message]]) -> list[tuple[date, list[Message]]]:
    by_day = groupby(sorted(filed, key=lambda item: item[0]), key=lambda item: item[0])
    return [(day, [message for _, message in items]) for day, items in by_day]


moments = st.integers(0, 20 * 86_400).map(lambda seconds: MONDAY + timedelta(seconds=seconds))
messages = st.builds(said, moments, st.sampled_from("AB"))
histories = st.lists(messages, unique_by=lambda message: (message.channel, message.ts), max_size=30)
shifts = st.integers(-1, 1).map(lambda days: timedelta(days=days))


@given(histories, st.data())
def test_files_named_in_another_time_zone_change_nothing(history: list[Message], data: st.DataObject) -> None:
    filed = [(message.at.date() + data.draw(shifts), message) for message in history]
    findings = Findings()
    given_messages = list(in_order(days_of(filed), findings))
    assert given_messages == sorted(history, key=lambda message: (message.micros, message.channel))
    assert findings.counts() == {}


@given(histories, st.data())
def test_a_message_in_several_files_is_given_once(history: list[Message], data: st.DataObject) -> None:
    copies = data.draw(st.lists(st.sampled_from(history), max_size=10)) if history else []
    filed = [(message.at.date() + data.draw(shifts), message) for message in history + copies]
    findings = Findings()
    given_messages = list(in_order(days_of(filed), findings))
    assert len(given_messages) == len(history)
    assert findings[Finding.DUPLICATE] == len(copies)


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 1)), messages), max_size=30))
def test_nothing_is_lost_wherever_it_lies(filed: list[tuple[date, Message]]) -> None:
    findings = Findings()
    given_messages = list(in_order(days_of(filed), findings))
    assert len(given_messages) + findings[Finding.DUPLICATE] == len(filed)
    late = sum(later.micros < earlier.micros for earlier, later in pairwise(given_messages))
    assert late <= findings[Finding.OUT_OF_PLACE]
