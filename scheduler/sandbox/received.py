"""What was asked of the stand-in: every call, in order, with what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of the Web API (or of a `response_url`, as method `response_url`).

    `at` is on the stand-in's clock. `outcome` is what the caller was told: `ok`, Slack's error code, or the
    fault (`reset`, `hang` …); while the call runs it is `running`. `took_effect` says whether it was done,
    whatever was told. Arguments are as they came, without the token; of the answer the plain values are kept.
    """

    method: str
    arguments: Mapping[str, Any]
    at: datetime
    outcome: str = "running"
    took_effect: bool = False
    answer: Mapping[str, Any] | None = None
