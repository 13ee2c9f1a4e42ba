import pytest

from scheduler.errors import EnvironmentRefused
from scheduler.live.heartbeat import heartbeat_url


@pytest.mark.parametrize("environ", [{}, {"AMBASSADOR_HEARTBEAT_URL": ""}, {"AMBASSADOR_HEARTBEAT_URL": " "}])
def test_nobody_needs_a_monitor(environ: dict[str, str]):
    assert heartbeat_url(environ) is None


@pytest.mark.parametrize(
    "url", ["https://monitor.example/ping/1", "http://10.0.0.1:3001/api/push/1?status=up"]
)
def test_the_monitor_stands_in_the_environment(url: str):
    assert heartbeat_url({"AMBASSADOR_HEARTBEAT_URL": f"{url}\n"}) == url


@pytest.mark.parametrize(
    "url", ["monitor.example", "ftp://monitor.example", "https://", "https://x:port/", "1"]
)
def test_what_is_no_address_is_refused(url: str):
    with pytest.raises(EnvironmentRefused, match=r"tokens\.bad_heartbeat"):
        heartbeat_url({"AMBASSADOR_HEARTBEAT_URL": url})
