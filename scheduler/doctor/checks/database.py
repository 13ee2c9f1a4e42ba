"""The database: whether it can be used, whose it is, and what it knows of the time before."""

from collections.abc import Iterator

from scheduler.doctor.facts import Accepted, DatabaseTold, Facts, Level
from scheduler.doctor.finding import Check, Finding, Said, Status, failed, passed, skipped, warned
from scheduler.settings import Mode, Settings

#: Bytes. Less than this, and a busy month fills the disk.
_LITTLE = 200 * 2**20
#: Whoever uses it alone, such as an import, is done one day.
_BUSY = "store.database_busy"
_CHECKS = (Check.SCHEMA, Check.DATABASE_WORKSPACE, Check.HISTORY, Check.IMPORTS)


def check_database(facts: Facts) -> Iterator[Finding]:
    told, settings = facts.database, facts.settings
    if told is None or settings is None:
        yield from (skipped(check, "doctor.needs_config") for check in (Check.DATABASE, *_CHECKS))
        return
    yield _place(told)
    if told.refused or not told.exists or told.level is Level.NONE:
        yield from (skipped(check, "doctor.needs_database") for check in _CHECKS)
        return
    yield _schema(told)
    yield _whose(told, facts)
    yield _history(told, settings)
    yield _imports(told)


def _place(told: DatabaseTold) -> Finding:
    if told.refused:
        said = Said(told.refused.code, dict(told.refused.values))
        return Finding(Check.DATABASE, Status.SKIP if said.code == _BUSY else Status.FAIL, said)
    if not told.is_writable:
        name = "cannot_write_file" if told.is_file else "cannot_write_server"
        return failed(Check.DATABASE, f"doctor.{name}", address=told.address, folder=told.folder)
    if not told.exists or told.level is Level.NONE:
        return warned(Check.DATABASE, "doctor.no_database", address=told.address)
    size = _in_words(told.size)
    if told.free is None:
        return passed(Check.DATABASE, "doctor.database_server", address=told.address, size=size)
    found = warned if told.free < _LITTLE else passed
    name = "disk_nearly_full" if told.free < _LITTLE else "database_file"
    return found(Check.DATABASE, f"doctor.{name}", address=told.address, size=size, free=_in_words(told.free))


def _schema(told: DatabaseTold) -> Finding:
    if told.level is Level.AHEAD:
        return failed(Check.SCHEMA, "store.database_too_new", revision=told.revision)
    if told.level is Level.BEHIND:
        name = "schema_behind_file" if told.is_file else "schema_behind_server"
        return warned(Check.SCHEMA, f"doctor.{name}", revision=told.revision)
    return passed(Check.SCHEMA, "doctor.schema", revision=told.revision)


def _whose(told: DatabaseTold, facts: Facts) -> Finding:
    bot = facts.slack.bot if facts.slack else None
    if told.level is not Level.CURRENT:
        return skipped(Check.DATABASE_WORKSPACE, "doctor.needs_current")
    if not isinstance(bot, Accepted):
        return skipped(Check.DATABASE_WORKSPACE, "doctor.needs_slack")
    if told.teams and bot.team not in told.teams:
        return failed(Check.DATABASE_WORKSPACE, "doctor.other_team", team=bot.team, teams=told.teams)
    name = "same_team" if told.teams else "no_team_yet"
    return passed(Check.DATABASE_WORKSPACE, f"doctor.{name}", team=bot.team)


def _history(told: DatabaseTold, settings: Settings) -> Finding:
    if told.level is not Level.CURRENT:
        return skipped(Check.HISTORY, "doctor.needs_current")
    if told.rows and told.rows.seeded:
        return passed(Check.HISTORY, "doctor.seeded")
    if settings.mode is Mode.LIVE:
        return failed(Check.HISTORY, "slack.not_seeded")
    return warned(Check.HISTORY, "doctor.not_seeded_yet")


def _imports(told: DatabaseTold) -> Finding:
    if told.rows is None:
        return skipped(Check.IMPORTS, "doctor.needs_rows")
    if told.rows.unfinished_imports:
        return warned(Check.IMPORTS, "doctor.unfinished_imports", count=told.rows.unfinished_imports)
    return passed(Check.IMPORTS, "doctor.no_unfinished_imports")


def _in_words(size: int) -> str:
    """Bytes as people count them."""
    for unit in ("B", "kB", "MB"):
        if size < 1024:
            return f"{size} {unit}"
        size //= 1024
    return f"{size} GB"
