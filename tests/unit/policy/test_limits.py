from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.model.decisions import Hold, Reason, Send
from scheduler.policy.limits import CapUse, cap_free_at, decide_delivery, quiet_until
from scheduler.policy.opentime import OpenTime
from scheduler.settings import Cap, Limits, QuietTime
from tests.unit.policy.calendars import TOKYO, japan

HOUR = timedelta(hours=1)
NIGHT = QuietTime(from_at=time(20), to_at=time(8))
LUNCH = QuietTime(from_at=time(12), to_at=time(13))
FRIDAY_NIGHT = QuietTime(from_at=time(22), to_at=time(9), weekdays=frozenset({4}))
WEEKEND = QuietTime(from_at=time(0), to_at=time(0), weekdays=frozenset({5, 6}))
ALWAYS = QuietTime(from_at=time(0), to_at=time(0))
DAILY = Cap(most=2, per=timedelta(days=1))


def limits(*quiet: QuietTime) -> Limits:
    return Limits(quiet=quiet, per_member=DAILY, per_ambassador=DAILY, welcomes=DAILY)


def tokyo(text: str) -> datetime:
    """A Tokyo wall time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        pytest.param((), "2026-11-20T23:00", None, id="nothing-is-quiet"),
        pytest.param((LUNCH,), "2026-11-20T11:59:59", None, id="a-second-before"),
        pytest.param((LUNCH,), "2026-11-20T12:00", "2026-11-20T13:00", id="the-first-instant"),
        pytest.param((LUNCH,), "2026-11-20T12:59:59", "2026-11-20T13:00", id="the-last-second"),
        pytest.param((LUNCH,), "2026-11-20T13:00", None, id="the-end-is-loud-again"),
        pytest.param((NIGHT,), "2026-11-20T22:00", "2026-11-21T08:00", id="before-midnight"),
        pytest.param((NIGHT,), "2026-11-21T03:00", "2026-11-21T08:00", id="after-midnight"),
        pytest.param((FRIDAY_NIGHT,), "2026-11-20T23:00", "2026-11-21T09:00", id="friday-night"),
        pytest.param((FRIDAY_NIGHT,), "2026-11-21T03:00", "2026-11-21T09:00", id="friday-night-on-saturday"),
        pytest.param((FRIDAY_NIGHT,), "2026-11-20T03:00", None, id="thursday-night-on-friday"),
        pytest.param((FRIDAY_NIGHT,), "2026-11-21T23:00", None, id="saturday-night"),
        pytest.param((WEEKEND,), "2026-11-21T10:00", "2026-11-23T00:00", id="two-whole-days"),
        pytest.param(
            (FRIDAY_NIGHT, WEEKEND, NIGHT), "2026-11-20T21:00", "2026-11-23T08:00", id="what-touches-is-one"
        ),
    ],
)
def test_quiet_lasts_until(quiet: tuple[QuietTime, ...], at: str, until: str | None):
    expected = None if until is None else tokyo(until)
    assert quiet_until(limits(*quiet), TOKYO, at=tokyo(at)) == expected


@pytest.mark.parametrize(
    ("zone", "quiet", "at", "until"),
    [
        pytest.param(
            "Europe/Berlin",
            QuietTime(from_at=time(22), to_at=time(2, 30)),
            datetime(2026, 3, 28, 23, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            id="an-end-in-the-gap-is-the-end-of-the-gap",
        ),
        pytest.param(
            "Europe/Berlin",
            QuietTime(from_at=time(2, 30), to_at=time(6)),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 4, 0, tzinfo=UTC),
            id="a-beginning-in-the-gap-is-the-end-of-the-gap",
        ),
        pytest.param(
            "Europe/Berlin",
            QuietTime(from_at=time(22), to_at=time(2, 30)),
            datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            id="an-hour-that-comes-twice-is-quiet-twice",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            QuietTime(from_at=time(1, 30), to_at=time(1, 45)),
            datetime(2026, 4, 4, 14, 30, tzinfo=UTC),
            datetime(2026, 4, 4, 15, 15, tzinfo=UTC),
            id="a-quarter-of-an-hour-within-the-fold",
        ),
        pytest.param(
            "America/Sao_Paulo",
            QuietTime(from_at=time(22), to_at=time(0)),
            datetime(2018, 11, 4, 2, 30, tzinfo=UTC),
            datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
            id="a-midnight-that-was-skipped",
        ),
        pytest.param(
            "America/St_Johns",
            QuietTime(from_at=time(0), to_at=time(0, 30), weekdays=frozenset({6})),
            datetime(2010, 11, 7, 2, 45, tzinfo=UTC),
            datetime(2010, 11, 7, 4, 0, tzinfo=UTC),
            id="a-sunday-that-turned-back-into-saturday",
        ),
    ],
)
def test_quiet_is_safe_across_gaps_and_folds(zone: str, quiet: QuietTime, at: datetime, until: datetime):
    assert quiet_until(limits(quiet), ZoneInfo(zone), at=at) == until


def test_quiet_without_an_end_is_held_for_a_while_and_never_waited_for():
    now = tokyo("2026-11-20T09:30")
    assert quiet_until(limits(ALWAYS), TOKYO, at=now) == tokyo("2026-12-06T00:00")
    assert isinstance(decide_delivery(Reason.UNTOUCHED, now=now, limits=limits(ALWAYS), zone=TOKYO), Hold)


@pytest.mark.parametrize(
    ("sent", "free_at"),
    [
        pytest.param([], "2026-11-20T12:00", id="never-used"),
        pytest.param(["2026-11-20T09:00"], "2026-11-20T12:00", id="used-once-of-twice"),
        pytest.param(
            ["2026-11-20T09:00", "2026-11-20T10:00"],
            "2026-11-21T09:00",
            id="free-when-the-first-is-a-day-old",
        ),
        pytest.param(
            ["2026-11-20T10:00", "2026-11-20T09:00"], "2026-11-21T09:00", id="in-whatever-order-they-come"
        ),
        pytest.param(
            ["2026-11-19T12:00", "2026-11-20T10:00"], "2026-11-20T12:00", id="a-day-old-to-the-second-is-free"
        ),
        pytest.param(
            ["2026-11-19T12:01", "2026-11-20T10:00"], "2026-11-20T12:01", id="a-minute-less-than-a-day-old"
        ),
        pytest.param(
            ["2026-11-20T09:00", "2026-11-20T10:00", "2026-11-20T11:00", "2026-11-20T11:30"],
            "2026-11-21T11:00",
            id="more-than-allowed-already",
        ),
    ],
)
def test_a_cap_is_free_again(sent: list[str], free_at: str):
    used = [tokyo(each) for each in sent]
    assert cap_free_at(DAILY, used, at=tokyo("2026-11-20T12:00")) == tokyo(free_at)


def test_a_cap_that_allows_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        cap_free_at(Cap(most=0, per=HOUR), [], at=tokyo("2026-11-20T12:00"))


def used(reason: Reason, *sent: str) -> CapUse:
    return CapUse(reason=reason, cap=DAILY, sent=[tokyo(each) for each in sent])


BUSY = used(Reason.RECIPIENT_CAP, "2026-11-19T21:00", "2026-11-19T22:00")
FREE = used(Reason.WORKSPACE_CAP, "2026-11-19T22:00")


@pytest.mark.parametrize(
    ("now", "quiet", "caps", "decision"),
    [
        pytest.param("2026-11-20T12:00", (NIGHT,), (FREE,), Send(Reason.UNTOUCHED), id="nothing-forbids-it"),
        pytest.param(
            "2026-11-20T12:30",
            (NIGHT, LUNCH),
            (FREE,),
            Hold(tokyo("2026-11-20T13:00"), Reason.QUIET_TIME),
            id="quiet",
        ),
        pytest.param(
            "2026-11-20T12:00",
            (),
            (FREE, BUSY),
            Hold(tokyo("2026-11-20T21:00"), Reason.RECIPIENT_CAP),
            id="a-cap-is-used-up",
        ),
        pytest.param(
            "2026-11-20T12:00",
            (NIGHT,),
            (BUSY,),
            Hold(tokyo("2026-11-21T08:00"), Reason.RECIPIENT_CAP),
            id="the-cap-is-free-in-the-night-so-wait-for-the-morning",
        ),
        pytest.param(
            "2026-11-19T23:00",
            (
                QuietTime(from_at=time(20), to_at=time(20, 30)),
                QuietTime(from_at=time(22), to_at=time(23, 30)),
            ),
            (BUSY,),
            Hold(tokyo("2026-11-20T21:00"), Reason.QUIET_TIME),
            id="quiet-first-then-the-cap",
        ),
    ],
)
def test_a_message_goes_out_when_quiet_times_and_caps_agree(
    now: str, quiet: tuple[QuietTime, ...], caps: tuple[CapUse, ...], decision: Send | Hold
):
    decided = decide_delivery(Reason.UNTOUCHED, now=tokyo(now), limits=limits(*quiet), zone=TOKYO, caps=caps)
    assert decided == decision


def test_a_message_waits_for_its_window_too():
    decided = decide_delivery(
        Reason.UNTOUCHED,
        now=tokyo("2026-11-20T18:00"),
        limits=limits(QuietTime(from_at=time(8), to_at=time(9))),
        zone=TOKYO,
        window=OpenTime(japan()).next_opening,
    )
    assert decided == Hold(tokyo("2026-11-24T09:00"), Reason.OUTSIDE_SEND_WINDOW)
