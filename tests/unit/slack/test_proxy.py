import pytest

from scheduler.slack.client import proxy_for


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        pytest.param("https://slack.com/api/", "http://proxy.example:3128", id="slack"),
        pytest.param("wss://wss-primary.slack.com/link", "http://proxy.example:3128", id="its sockets"),
        pytest.param("https://slack.internal/api/", None, id="named in NO_PROXY"),
        pytest.param("http://127.0.0.1:4000/api/", None, id="this machine"),
        pytest.param("http://localhost:4000/api/", None, id="this machine by name"),
    ],
)
def test_the_environment_says_which_addresses_go_by_a_proxy(
    url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "slack.internal")

    assert proxy_for(url) == proxy
