"""Which phrase files there are, and all of them together: the admin's word counts before the shipped one."""

import os
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from scheduler import strictyaml
from scheduler.catalogue import LANGUAGES
from scheduler.errors import Problem, ProblemsFound
from scheduler.phrases.reading import phrases_in
from scheduler.settings import Phrase, Phrases

NAME = "phrases.yaml"
#: Names that somebody gave a file that was meant to be one, or that an editor or a mail program made of it.
_MEANT = re.compile(r"phrases?\.(ya?ml|txt)(\.txt)?", re.IGNORECASE)


def find(config_path: Path) -> Path | None:
    """The `phrases.yaml` beside the config, or what looks as if it were meant to be one; None without."""
    named = config_path.with_name(NAME)
    files, unreadable = strictyaml.entries(config_path.parent)
    if unreadable:  # what is in there can be read all the same by whoever knows its name
        return named if os.access(named, os.F_OK) else None
    meant = [path for path in files if _MEANT.fullmatch(path.name)]
    return next((path for path in meant if path.name == NAME), meant[0] if meant else None)


def read(path: Path | None) -> tuple[Phrases | None, tuple[Problem, ...]]:
    """The shipped phrases with those of a file over them, or None and all problems. Never raises."""
    if path is None:
        return load_phrases(), ()
    if path.name != NAME:
        return None, (Problem(code="phrases.wrong_ending", file=str(path)),)
    shipped = load_phrases().known
    found, problems = _read_file(path, shipped)
    return (None, problems) if problems else (_together((*shipped, *found)), ())


@cache
def load_phrases() -> Phrases:
    """The shipped phrases, all languages together: a community writes in more than one."""
    known: list[Phrase] = []
    for language in LANGUAGES:
        found, problems = _read_file(Path(__file__).with_name(f"{language}.yaml"))
        if problems:
            raise ProblemsFound(problems)
        known += found
    return _together(known)


def _read_file(
    path: Path, shipped: tuple[Phrase, ...] = ()
) -> tuple[tuple[Phrase, ...], tuple[Problem, ...]]:
    document, problems = strictyaml.read(path)
    return ((), problems) if document is None else phrases_in(document, shipped)


def _together(phrases: Iterable[Phrase]) -> Phrases:
    """Of the same phrase in the same place, the last counts; one without weight is switched off."""
    last = {(phrase.kind.place, phrase.text): phrase for phrase in phrases}
    known = tuple(phrase for phrase in last.values() if phrase.weight)
    told = "\n".join(f"{phrase.kind} {phrase.weight} {phrase.text}" for phrase in known)
    return Phrases(known=known, digest=sha256(told.encode()).hexdigest()[:12])
