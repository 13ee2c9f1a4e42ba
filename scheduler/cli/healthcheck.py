"""`ambassador healthcheck`: asks the running service whether all is well; one sentence, and an exit code."""

from typing import TYPE_CHECKING

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config

if TYPE_CHECKING:
    from scheduler.settings import Address

_NOT_WELL = 1


def healthcheck(config: Config = None, lang: Lang = None) -> None:
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
    from scheduler.app.inquiring import report_of

    try:
        report = report_of(address, language)
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
