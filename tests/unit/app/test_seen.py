"""What became of a message, as logs and metrics name it."""

import pytest
from structlog.testing import capture_logs

from scheduler.app.seen import Seen
from scheduler.clock import SystemClock
from scheduler.model.deliveries import Delivered, Delivery, Refused, Unknown
from tests.unit.report.explain.dossiers import alert


@pytest.mark.parametrize(
    ("delivery", "outcome"),
    [
        pytest.param(Delivered("C1", "1.0"), "delivered", id="it stands in Slack"),
        pytest.param(Delivered("C1", ""), "shadow", id="shadow mode sent nothing"),
        pytest.param(Refused("user_disabled"), "refused", id="refused"),
        pytest.param(Unknown("timeout"), "unknown", id="nobody knows"),
    ],
)
def test_what_became_of_it_has_one_name_in_log_and_metrics(delivery: Delivery, outcome: str):
    seen = Seen(SystemClock())
    message = alert("2026-04-20 11:00")
    with capture_logs() as log:
        seen.attempted(message, delivery)

    assert [line["outcome"] for line in log if line["event"] == "message"] == [outcome]
    assert dict(seen.counts.messages) == {("alert", outcome): 1}
