"""Keeps what looks like a Slack token, and the passwords in addresses, out of every sentence and log."""

import re

PASSWORD = re.compile(r"(://[^\s:/@]*:)\S{1,300}(?=@)|(?<=[?&])((?:ssl)?password=)[^\s&\"']+")
TOKEN = re.compile(r"(x(?:ox[a-z](?:\.xox[a-z])?|app)-)[A-Za-z0-9][A-Za-z0-9-]{2,}")


def redact(text: str) -> str:
    """The text with tokens cut to their first letters, and addresses without their passwords."""
    return PASSWORD.sub(r"\1\2…", TOKEN.sub(r"\1…", text))


def find_token(text: str) -> int | None:
    """Where, from 0, something that looks like a Slack token begins."""
    match = TOKEN.search(text)
    return match.start() if match else None
