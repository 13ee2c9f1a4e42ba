from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.live.status import Counts, Status, Trouble, TroubleKind, ready
from scheduler.settings import Mode

NOW = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
WELL = Status(now=NOW, mode=Mode.LIVE, seconds_since_sign=3.0)


def ago(**length: int) -> datetime:
    return NOW - timedelta(**length)


@pytest.mark.parametrize(
    "status",
    [
        pytest.param(WELL, id="nothing waits"),
        pytest.param(replace(WELL, seconds_since_sign=90.0), id="silent as long as it may be"),
        pytest.param(replace(WELL, inbox_waiting_since=ago(minutes=2)), id="an event just about read"),
        pytest.param(replace(WELL, oldest_alert_due_at=ago(minutes=5)), id="an alert just about sent"),
        pytest.param(replace(WELL, oldest_alert_due_at=NOW + timedelta(hours=9)), id="an alert held till 9"),
        pytest.param(replace(WELL, inbox_waiting_since=NOW + timedelta(hours=1)), id="a clock set back"),
        pytest.param(replace(WELL, catching_up=True), id="catching up is work, not trouble"),
        pytest.param(replace(WELL, mode=Mode.SHADOW), id="shadow"),
    ],
)
def test_is_ready(status: Status):
    assert ready(status) == ()


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (replace(WELL, database_writable=False), Trouble(kind=TroubleKind.DATABASE)),
        (
            replace(WELL, refused_code="token_revoked"),
            Trouble(kind=TroubleKind.REFUSED, code="token_revoked"),
        ),
        (
            replace(WELL, closed_code="is_archived"),
            Trouble(kind=TroubleKind.CHANNEL_CLOSED, code="is_archived"),
        ),
        (replace(WELL, seconds_since_sign=None), Trouble(kind=TroubleKind.NOT_CONNECTED)),
        (replace(WELL, seconds_since_sign=91.5), Trouble(kind=TroubleKind.DEAF, seconds=91)),
        (
            replace(WELL, inbox_waiting_since=ago(minutes=2, seconds=1)),
            Trouble(kind=TroubleKind.INBOX_LAG, seconds=121),
        ),
        (
            replace(WELL, oldest_alert_due_at=ago(minutes=5, seconds=1)),
            Trouble(kind=TroubleKind.ALERT_LATE, seconds=301),
        ),
    ],
    ids=lambda value: str(value.kind) if isinstance(value, Trouble) else "",
)
def test_is_not_ready(status: Status, trouble: Trouble):
    assert ready(status) == (trouble,)


def test_all_troubles_are_told_the_worst_first():
    status = Status(
        now=NOW,
        mode=Mode.LIVE,
        database_writable=False,
        seconds_since_sign=500,
        inbox_waiting_since=ago(hours=1),
        oldest_alert_due_at=ago(hours=1),
        refused_code="invalid_auth",
        closed_code="not_in_channel",
    )

    assert [trouble.kind for trouble in ready(status)] == [
        TroubleKind.DATABASE,
        TroubleKind.REFUSED,
        TroubleKind.CHANNEL_CLOSED,
        TroubleKind.DEAF,
        TroubleKind.INBOX_LAG,
        TroubleKind.ALERT_LATE,
    ]


def test_envelopes_are_counted_by_kind():
    counts = Counts()

    counts.count_received("message", is_new=True)
    counts.count_received("message", is_new=False)
    counts.count_received("team_join", is_new=True)
    counts.count_dead("message")

    assert counts.received == {"message": 2, "team_join": 1}
    assert counts.duplicates["message"] == 1
    assert counts.duplicates["team_join"] == 0
    assert counts.dead == {"message": 1}


def test_kinds_without_number_are_counted_together():
    counts = Counts()

    for number in range(60):
        counts.count_received(f"kind_{number}", is_new=True)

    assert len(counts.received) == 51
    assert counts.received["other"] == 10
