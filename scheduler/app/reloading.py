"""Reading config, messages and phrases anew while the service runs: all of it counts then, or nothing."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from scheduler.app.arrival import require_channels
from scheduler.app.loading import Loaded, load
from scheduler.errors import Problem, ProblemsFound, SlackRefused
from scheduler.ports import Work
from scheduler.settings import Settings


class ReloadRefused(Exception):
    """The last good version stays. `told`: what is wrong, and where; `mark` stands for all of it."""

    def __init__(self, told: list[tuple[str, str]], mark: str) -> None:
        super().__init__(", ".join(code for code, _ in told))
        self.told = told
        self.mark = mark


def load_again(path: Path | None, running: Loaded) -> Loaded:
    """What the files say now. Raises ReloadRefused."""
    try:
        loaded = load(path)
    except ProblemsFound as found:
        told = [(each.code, f"{Path(each.file).name}:{each.line}") for each in found.problems]
        raise ReloadRefused(told, _mark(map(_fixed, found.problems))) from None
    fixed = [*_need_a_restart(running.settings, loaded.settings)]
    if fixed:
        where = loaded.config_file.name
        raise ReloadRefused([(f"needs_restart.{name}", where) for name in fixed], _mark(iter(fixed)))
    return loaded


def require_known_channels(work: Work, loaded: Loaded) -> None:
    """Raises ReloadRefused when the config names a channel to write to that is not there."""
    try:
        require_channels(work, loaded.settings)
    except SlackRefused as error:
        missing = ", ".join(map(str, error.values.values()))
        where = f"{loaded.config_file.name}: {missing}"
        raise ReloadRefused([(error.sentence, where)], _mark(iter((error.sentence, missing)))) from None


def _need_a_restart(old: Settings, new: Settings) -> Iterator[str]:
    """What is decided once, when the service begins."""
    if old.mode is not new.mode:
        yield "mode"
    if old.database != new.database:
        yield "storage.database"
    if old.ambassadors.group != new.ambassadors.group:
        yield "ambassadors.group"
    if old.service.slack_api != new.service.slack_api:
        yield "service.slack_api"
    if old.service.receive is not new.service.receive:
        yield "service.receive"
    if old.service.listen != new.service.listen:
        yield "service.listen"
    if old.service.health != new.service.health:
        yield "service.health"


def _fixed(problem: Problem) -> str:
    return f"{problem.code} {problem.file} {problem.line} {problem.path} {sorted(problem.values.items())}"


def _mark(parts: Iterator[str]) -> str:
    """The same for the same content, so that admins hear of it once."""
    return sha256("\n".join(parts).encode()).hexdigest()[:12]
