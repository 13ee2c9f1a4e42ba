"""Where Slack's API answers, and where the service listens; how it is it tells on this machine only."""

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, shown, text
from scheduler.settings import Address

_SLACK = "https://slack.com/api/"
_HERE = "127.0.0.1"
_HEALTH = Address(host=_HERE, port=8787)
_LISTEN = Address(host=_HERE, port=3000)
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/.*)?")


def slack_api(value: object) -> str:
    """The base of Slack's methods, with a slash at the end; unencrypted only on this machine."""
    word = text(value)
    parts = _split(word)
    if parts is None:
        meant = f"https://{word}" if _HOST.fullmatch(word) else _SLACK
        raise refuse("bad_slack_api", near=_with_slash(meant))
    if parts.scheme == "http" and not is_here(parts.hostname or ""):
        raise refuse("slack_api_unencrypted", near=_with_slash(f"https{word[4:]}"))
    return _with_slash(word)


def health(value: object) -> Address:
    """A loopback address and a port."""
    place = _place(value, "bad_health", _HEALTH)
    if not is_here(place.host):
        raise refuse("health_elsewhere", value=shown(text(value)), near=_told(place.port))
    return place


def listen(value: object) -> Address:
    """An address of this machine, which others may reach, and a port."""
    place = _place(value, "bad_listen", _LISTEN)
    if place.host != "localhost" and not _is_ip(place.host):
        raise refuse("bad_listen", value=shown(text(value)), near=_told(place.port))
    return place


def _place(value: object, code: str, usual: Address) -> Address:
    """A host and a port, whatever host that is."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise refuse(code, value=shown(value), near=_told(value))
    word = text(value)
    parts = _split(f"http://{word}")
    port = parts.port if parts else None
    if parts is None or not port or parts.path:
        raise refuse(code, value=shown(word), near=_told(usual.port))
    return Address(host=parts.hostname or "", port=port)


def _split(address: str) -> SplitResult | None:
    """The parts of an address that names a host, and neither a user nor a query."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is none
    except ValueError:
        return None
    is_plain = not (re.search(r"\s", address) or "@" in parts.netloc or parts.query or parts.fragment)
    return parts if parts.scheme in {"http", "https"} and parts.hostname and is_plain else None


def is_here(host: str) -> bool:
    """Whether it is this machine."""
    return host == "localhost" or (_is_ip(host) and ip_address(host).is_loopback)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _with_slash(address: str) -> str:
    return address.rstrip("/") + "/"


def _told(port: int) -> str | None:
    return f"{_HERE}:{port}" if 0 < port < 65_536 else None


SlackApi = Annotated[str, BeforeValidator(slack_api)]
Health = Annotated[Address, BeforeValidator(health)]
Listen = Annotated[Address, BeforeValidator(listen)]
