"""What a running service takes from a config that is read anew, and what is decided at the start."""

from pathlib import Path

import pytest

from scheduler.app.loading import load
from scheduler.app.reloading import ReloadRefused, load_again

SHIPPED = Path("config.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("mode: shadow", "mode: live", "mode"),
        ("sqlite:///ambassador.db", "sqlite:///other.db", "storage.database"),
        ("https://slack.com/api/", "https://slack.example.com/api/", "service.slack_api"),
        ("receive: socket", "receive: http", "service.receive"),
        ("listen: 127.0.0.1:3000", "listen: 127.0.0.1:3001", "service.listen"),
        ("health: 127.0.0.1:8787", "health: off", "service.health"),
        ("  # group: S0123ABCD", "  group: S0123ABCD", "ambassadors.group"),
    ],
)
def test_what_is_decided_at_the_start_cannot_change_later(tmp_path: Path, old: str, new: str, code: str):
    file = tmp_path / "config.yaml"
    file.write_text(SHIPPED, encoding="utf-8")
    running = load(file)
    file.write_text(SHIPPED.replace(old, new), encoding="utf-8")

    with pytest.raises(ReloadRefused) as refused:
        load_again(file, running)

    assert refused.value.told == [(f"needs_restart.{code}", "config.yaml")]
