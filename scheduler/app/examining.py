"""Gathers what `ambassador doctor` goes by: files, environment, Slack, database. Changes nothing."""

import asyncio
import platform
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scheduler import __version__, config, phrases, templates
from scheduler.app.inquiring import runs_at
from scheduler.app.loading import load
from scheduler.app.tokens import look_at_tokens
from scheduler.clock import Clock
from scheduler.doctor.asking import PATIENCE, ask
from scheduler.doctor.checks.slack import APP, BOT
from scheduler.doctor.facts import Accepted, Facts, Files, Part, Program, SlackTold
from scheduler.doctor.looking import look_at
from scheduler.doctor.strays import strays_near
from scheduler.errors import Problem, ProblemsFound, Told
from scheduler.settings import Phrases, Receive, Settings
from scheduler.templates import Messages


def examine(
    path: Path | None, environ: Mapping[str, str], *, clock: Clock, patience: float = PATIENCE
) -> Facts:
    """Everything that can be found out. Whatever is wrong is a fact; nothing of it is raised."""
    settings, files = _look_at_files(path)
    receive = settings.service.receive if settings else Receive.SOCKET
    tokens = look_at_tokens(environ, receive)
    facts = Facts(
        program=Program(version=__version__, python=platform.python_version(), sqlite=sqlite3.sqlite_version),
        files=files,
        settings=settings,
        wrong_tokens={name: told for name, told in tokens.items() if isinstance(told, Told)},
    )
    return _look_outside(facts, settings, tokens, clock, patience) if settings else facts


def _look_outside(
    facts: Facts, settings: Settings, tokens: Mapping[str, str | Told], clock: Clock, patience: float
) -> Facts:
    good = {name: token for name, token in tokens.items() if isinstance(token, str)}
    slack = asyncio.run(
        ask(
            settings.service.slack_api,
            bot=good.get(BOT),
            app=good.get(APP),
            members=[each.member for each in settings.ambassadors.people],
            group=settings.ambassadors.group,
            clock=clock,
            patience=patience,
        )
    )
    database = look_at(settings.database, _team(slack), now=clock.now())
    address = settings.service.health
    answers = runs_at(address, patience=patience) if address else None
    return replace(facts, slack=slack, database=database, answers=answers)


def _team(told: SlackTold) -> str | None:
    return told.bot.team if isinstance(told.bot, Accepted) else None


def _look_at_files(path: Path | None) -> tuple[Settings | None, Files]:
    """What can be used, each part by itself. The problems are those that keep the service from beginning."""
    file = config.find(path)
    folder, own_phrases = templates.find(file), phrases.find(file)
    settings, messages, known, problems = _read(path, file, folder, own_phrases)
    names = messages.names() if messages else ()
    files = Files(
        config=str(file),
        is_own=path is not None or file != config.shipped(),
        messages_folder=str(folder),
        phrases=str(own_phrases) if own_phrases else None,
        problems=_by_part(problems, file, own_phrases),
        messages_count=len(names),
        phrases_count=len(known.counted) if known else 0,
        linked=_linked(messages) if messages else {},
        strays=strays_near(file, folder, here=Path.cwd(), told=own_phrases),
    )
    return settings, files


def _linked(messages: Messages) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for each in messages.files.values():
        for channel in sorted(each.channels()):
            found[channel.lstrip("#")] += (each.file,)
    return found


def _read(
    path: Path | None, file: Path, folder: Path, own_phrases: Path | None
) -> tuple[Settings | None, Messages | None, Phrases | None, Sequence[Problem]]:
    try:
        loaded = load(path)
    except ProblemsFound as found:
        settings, messages, known = config.read(file), templates.read(folder), phrases.read(own_phrases)
        return settings[0], messages[0], known[0], found.problems
    return loaded.settings, loaded.messages, loaded.settings.phrases, ()


def _by_part(
    problems: Iterable[Problem], file: Path, own_phrases: Path | None
) -> Mapping[Part, tuple[Problem, ...]]:
    found: defaultdict[Part, tuple[Problem, ...]] = defaultdict(tuple)
    parts = {str(file): Part.CONFIG, str(own_phrases): Part.PHRASES}
    for problem in problems:
        found[parts.get(problem.file, Part.MESSAGES)] += (problem,)
    return found
