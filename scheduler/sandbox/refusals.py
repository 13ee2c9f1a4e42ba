"""What Slack says when it does not do what it is asked: `{"ok": false, "error": …}`."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """Slack answers with an error code; `more` stands beside it in the answer."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def answer(self) -> Json:
        return {"ok": False, "error": self.code, **self.more}


def invalid_arguments(*messages: str) -> Refused:
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


def missing_scope(needed: str, provided: str) -> Refused:
    return Refused("missing_scope", needed=needed, provided=provided)
