"""No secret is shown, however it came into a sentence."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scheduler.doctor.redacting import Redaction


@pytest.mark.parametrize(
    ("environ", "text", "shown"),
    [
        ({}, "xoxb-1234-5678-abcDEF", "[…]"),
        ({}, "The token xoxp-1-2 and (xapp-1-A0-9-f).", "The token […] and ([…])."),
        ({}, "xoxe.xoxp-1-abc", "[…]"),
        ({}, "XOXB-UPPER", "[…]"),
        ({}, "begins with xoxb- or xapp-.", "begins with xoxb- or xapp-."),
        ({}, "postgresql://me:word@db/x", "postgresql://[…]@db/x"),
        ({}, "http://me:a@b@proxy:8080", "http://[…]@proxy:8080"),
        ({}, "postgresql://me@db/x", "postgresql://me@db/x"),
        ({"SLACK_BOT_TOKEN": " no-token-at-all\n"}, "path no-token-at-all", "path […]"),
        ({"SLACK_SIGNING_SECRET": "8f742231b10e8888"}, "8f742231b10e8888!", "[…]!"),
        ({"PGPASSWORD": "open sesame"}, "why: open sesame", "why: […]"),
        ({"SLACK_APP_TOKEN": "two words-in-it"}, "I saw words-in-it", "I saw […]"),
        ({"PGPASSWORD": "a"}, "a database", "a database"),
        (
            {"AMBASSADOR_HEARTBEAT_URL": "https://ping.example/secret"},
            "see https://ping.example/secret",
            "see […]",
        ),
    ],
)
def test_secrets_are_taken_out(environ: Mapping[str, str], text: str, shown: str):
    assert Redaction(environ)(text) == shown


def test_what_stands_in_a_token_file_is_secret_too(tmp_path: Path):
    file = tmp_path / "token"
    file.write_text("not-a-token-of-slack\n", encoding="utf-8")

    assert Redaction({"SLACK_BOT_TOKEN_FILE": str(file)})("it says not-a-token-of-slack") == "it says […]"
