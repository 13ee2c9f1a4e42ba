"""Laws of quiet times and caps: nothing is sent inside the one or above the other."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.model.decisions import Hold, Reason, Send
from scheduler.policy.limits import CapUse, cap_free_at, decide_delivery, quiet_until
from scheduler.settings import Cap, Limits, QuietTime

ZONES = ("Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns")
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)

zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.datetimes(datetime(2010, 9, 1), datetime(2011, 4, 30), timezones=st.just(UTC))  # noqa: DTZ001
wall_times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 30)))
quiet_times = st.builds(
    QuietTime, from_at=wall_times, to_at=wall_times, weekdays=st.frozensets(st.integers(0, 6), max_size=6)
)
caps = st.builds(Cap, most=st.integers(1, 4), per=st.timedeltas(MINUTE, WEEK))
offsets = st.lists(st.timedeltas(timedelta(0), 2 * WEEK), max_size=12)


def limits_of(quiet: list[QuietTime]) -> Limits:
    cap = Cap(most=1, per=WEEK)
    return Limits(quiet=tuple(quiet), per_member=cap, per_ambassador=cap, welcomes=cap)


limits = st.lists(quiet_times, max_size=3).map(limits_of)


def wall_is_quiet(quiet: QuietTime, wall: datetime) -> bool:
    """What a clock on the wall says, on days that have no gap and no fold."""
    yesterday = (wall.weekday() - 1) % 7
    begins_today = not quiet.weekdays or wall.weekday() in quiet.weekdays
    began_yesterday = not quiet.weekdays or yesterday in quiet.weekdays
    if quiet.from_at < quiet.to_at:
        return begins_today and quiet.from_at <= wall.time() < quiet.to_at
    return (begins_today and wall.time() >= quiet.from_at) or (began_yesterday and wall.time() < quiet.to_at)


def used_at(cap: Cap, sent: list[datetime], at: datetime) -> int:
    return sum(at - cap.per < each <= at for each in sent)


@given(limits, instants)
def test_it_is_quiet_when_the_clock_on_the_wall_says_so(limits: Limits, at: datetime):
    tokyo = ZoneInfo("Asia/Tokyo")
    expected = any(wall_is_quiet(quiet, at.astimezone(tokyo)) for quiet in limits.quiet)
    assert (quiet_until(limits, tokyo, at=at) is not None) is expected


@given(limits, zones, instants)
def test_when_quiet_is_over_it_is_not_quiet(limits: Limits, zone: ZoneInfo, at: datetime):
    until = quiet_until(limits, zone, at=at)
    assume(until is not None and until - at < timedelta(days=15))
    assert until is not None
    assert until > at
    assert quiet_until(limits, zone, at=until) is None


@given(limits, zones, instants, st.integers(0, 999))
def test_until_quiet_is_over_every_instant_is_quiet(
    limits: Limits, zone: ZoneInfo, at: datetime, thousandth: int
):
    until = quiet_until(limits, zone, at=at)
    assume(until is not None and until - at < timedelta(days=15))
    assert until is not None
    assert quiet_until(limits, zone, at=at + thousandth * (until - at) / 1000) == until


@given(caps, instants, offsets)
def test_a_free_cap_stays_below_its_ceiling_and_was_never_free_before(
    cap: Cap, at: datetime, offsets: list[timedelta]
):
    sent = [at - offset for offset in offsets]
    free_at = cap_free_at(cap, sent, at=at)
    assert used_at(cap, sent, free_at) < cap.most
    assert free_at == at or used_at(cap, sent, free_at - timedelta(microseconds=1)) >= cap.most


@given(limits, zones, instants, st.lists(st.tuples(caps, offsets), max_size=3))
def test_what_is_sent_is_never_inside_a_quiet_time_or_above_a_cap(
    limits: Limits, zone: ZoneInfo, now: datetime, drawn: list[tuple[Cap, list[timedelta]]]
):
    uses = [
        CapUse(reason=Reason.RECIPIENT_CAP, cap=cap, sent=[now - offset for offset in offsets])
        for cap, offsets in drawn
    ]
    decided = decide_delivery(Reason.UNTOUCHED, now=now, limits=limits, zone=zone, caps=uses)
    sent_at = now if isinstance(decided, Send) else decided.until
    assume(quiet_until(limits, zone, at=now) is None or sent_at - now < timedelta(days=30))
    assert quiet_until(limits, zone, at=sent_at) is None
    assert all(used_at(use.cap, list(use.sent), sent_at) < use.cap.most for use in uses)


@given(limits, zones, instants, st.lists(st.tuples(caps, offsets), max_size=3))
def test_when_a_hold_is_over_the_message_goes_out(
    limits: Limits, zone: ZoneInfo, now: datetime, drawn: list[tuple[Cap, list[timedelta]]]
):
    uses = [
        CapUse(reason=Reason.RECIPIENT_CAP, cap=cap, sent=[now - offset for offset in offsets])
        for cap, offsets in drawn
    ]
    held = decide_delivery(Reason.UNTOUCHED, now=now, limits=limits, zone=zone, caps=uses)
    assume(isinstance(held, Hold) and held.until - now < timedelta(days=30))
    assert isinstance(held, Hold)
    again = decide_delivery(Reason.UNTOUCHED, now=held.until, limits=limits, zone=zone, caps=uses)
    assert again == Send(Reason.UNTOUCHED)


@given(caps, instants, st.lists(st.timedeltas(timedelta(0), timedelta(hours=9)), max_size=20))
def test_a_queue_that_waits_for_its_cap_never_passes_it(cap: Cap, start: datetime, gaps: list[timedelta]):
    sent: list[datetime] = []
    at = start
    for gap in gaps:
        at = cap_free_at(cap, sent, at=at + gap)
        sent.append(at)
    assert all(used_at(cap, sent, each) <= cap.most for each in sent)
