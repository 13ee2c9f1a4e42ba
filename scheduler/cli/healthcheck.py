"""`ambassador healthcheck`: asks the running service whether all is well; one sentence, and an exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.language import Lang, language_of, told

if TYPE_CHECKING:
    from scheduler.settings import Address

#: Seconds; the service itself takes up to five to find out that something is stuck.
_PATIENCE = 8
#: Bytes. No answer of the service's is longer.
_LONGEST = 65_536
_NOT_WELL = 1


def healthcheck(
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help=told("config"))] = None,
    lang: Lang = None,
) -> None:
    """Finds the address in the config, asks there, and says what it heard."""
    from scheduler import config as configs

    language = language_of(lang)
    with failing_well(language):
        address = configs.load(configs.find(config)).service.health
        if address is None:
            raise fail(say(language, "health.is_off"))
        code, sentence = _heard(address, language)
        typer.echo(sentence, err=code != 0)
        raise typer.Exit(code)


def _heard(address: "Address", language: str) -> tuple[int, str]:
    """The exit code and the sentence."""
    try:
        report = _asked(f"http://{address}/readyz?lang={language}")
    except OSError:
        return _NOT_WELL, say(language, "health.nobody", address=address)
    match report:
        case {"ready": True, "mode": mode, "reasons": [], **rest}:
            fine = say(language, "health.fine_shadow" if mode == "SHADOW" else "health.fine")
            stands_by = say(language, "health.stands_by") if rest.get("role") == "standby" else ""
            return 0, f"{fine} {stands_by}".strip()
        case {"ready": False, "reasons": [*reasons]}:
            words = " ".join(str(each.get("words")) for each in reasons if isinstance(each, dict))
            return _NOT_WELL, say(language, "health.not_fine", reasons=words)
    return _NOT_WELL, say(language, "health.strange", address=address)


def _asked(url: str) -> object:
    """What stands in the answer, whatever its status; None when it cannot be read. Raises OSError."""
    import json
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import ProxyHandler, build_opener

    opener = build_opener(ProxyHandler({}))  # it is on this machine, whatever proxy stands in the environment
    try:
        try:
            with opener.open(url, timeout=_PATIENCE) as answer:
                return json.loads(answer.read(_LONGEST))
        except HTTPError as error:
            with error:
                return json.loads(error.read(_LONGEST))
    except (ValueError, HTTPException):
        return None
