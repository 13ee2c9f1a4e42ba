"""Whether a request is Slack's own: signed with our app's secret, and not an old one sent again. Pure.

Slack's library answers a strange header with an exception, so that anybody could make a server fail.
Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import hmac
import re
from enum import StrEnum
from hashlib import sha256

#: Seconds that a request may be old, or ahead of our clock.
OLDEST = 300
_SECONDS = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Verdict(StrEnum):
    """What a request is. The values of those that are refused stand in the log."""

    GENUINE = "genuine"
    FOREIGN = "signature"  #: nobody who knows the secret signed it
    UNTIMELY = "time"  #: signed well, and too old, or ahead of our clock


def judge(secret: str, body: bytes, *, timestamp: str, signature: str, now: float) -> Verdict:
    """`timestamp` and `signature` are headers as they came, whatever stands in them; `now` is in seconds."""
    if not _SECONDS.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return Verdict.FOREIGN
    if not hmac.compare_digest(signed(secret, body, timestamp=timestamp), signature):
        return Verdict.FOREIGN
    return Verdict.UNTIMELY if abs(now - int(timestamp)) > OLDEST else Verdict.GENUINE


def signed(secret: str, body: bytes, *, timestamp: str) -> str:
    """The signature that Slack gives such a request."""
    return "v0=" + hmac.new(secret.encode(), b"v0:%b:%b" % (timestamp.encode(), body), sha256).hexdigest()
