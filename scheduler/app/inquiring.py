"""Asks the running service, at the address of its config, how it is doing. It only asks."""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from scheduler.settings import Address

#: Seconds; the service itself takes up to five to find out that something is stuck.
_PATIENCE = 8
#: Bytes. No answer of the service's is longer.
_LONGEST = 65_536


def report_of(address: Address, language: str, *, patience: float = _PATIENCE) -> object:
    """What stands in the answer of `/readyz`, whatever its status; None when it cannot be read.

    Raises OSError when nobody answers.
    """
    url = f"http://{address}/readyz?lang={language}"
    opener = build_opener(ProxyHandler({}))  # it is on this machine, whatever proxy stands in the environment
    try:
        try:
            with opener.open(url, timeout=patience) as answer:
                return json.loads(answer.read(_LONGEST))
        except HTTPError as error:
            with error:
                return json.loads(error.read(_LONGEST))
    except (ValueError, HTTPException):
        return None


def runs_at(address: Address, *, patience: float = _PATIENCE) -> bool | None:
    """Whether the service answers there; None when that cannot be told. Never raises."""
    try:
        report = report_of(address, "en", patience=patience)
    except TimeoutError:
        return None
    except OSError as error:
        return None if isinstance(getattr(error, "reason", None), TimeoutError) else False
    return True if isinstance(report, dict) and "ready" in report else None
