"""A folder of message files to Messages: all problems of all files at once, and never an exception."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from scheduler import strictyaml
from scheduler.catalogue import LANGUAGES
from scheduler.errors import Problem
from scheduler.model.messages import MessageKind
from scheduler.templates.forms import MessageFile, read_form
from scheduler.templates.messages import Messages
from scheduler.templates.trials import try_out

_Files = dict[tuple[str, str], MessageFile]
_OWN_WORDS = (MessageKind.CARD, MessageKind.NOTICE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PACKAGE = Path(__file__).parents[1]


def find(config_path: Path) -> Path:
    """The folder `messages` beside the config, else the one that the project ships."""
    beside = config_path.parent / "messages"
    return beside if strictyaml.is_folder(beside) else shipped()


def shipped() -> Path:
    """The messages of the installed package, or of the repository."""
    carried = _PACKAGE / "shipped" / "messages"
    return carried if carried.is_dir() else _PACKAGE.parent / "messages"


def read(folder: Path) -> tuple[Messages | None, tuple[Problem, ...]]:
    """The messages and no problem, or None and every problem.

    What the service says by itself, named by no config, comes from the shipped set where the folder has none.
    """
    if not strictyaml.is_folder(folder):
        return None, (Problem(code="messages.no_folder", file=str(folder)),)
    problems: list[Problem] = []
    files: _Files = {}
    for language, path in _message_files(folder, problems):
        message, found = _read_file(path, language)
        problems += found
        if message:
            files[message.name, language] = message
    problems += _different_kinds(files)
    if not files and not problems:
        problems.append(Problem(code="messages.none", file=str(folder)))
    if problems:
        return None, tuple(problems)
    warnings = tuple(_missing_translations(files))
    return Messages(files=files, spare=dict(_missing_words(files)), warnings=warnings), ()


def _message_files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Files to read, in a stable order; notes those that look as if they were meant to be read."""
    for sub in _inside(folder, problems):
        if not strictyaml.is_folder(sub):
            continue
        if sub.name not in LANGUAGES:
            near = next(iter(get_close_matches(sub.name, LANGUAGES, n=1, cutoff=0.5)), None)
            problems.append(
                Problem(code="messages.unknown_language", file=str(sub), values={"name": sub.name}, near=near)
            )
            continue
        for path in _inside(sub, problems):
            if problem := _wrong_name(path):
                problems.append(problem)
            elif path.suffix == ".yaml":
                yield sub.name, path


def _inside(folder: Path, problems: list[Problem]) -> list[Path]:
    found, unreadable = strictyaml.entries(folder)
    problems += unreadable
    return [path for path in found if not _is_hidden(path)]


def _missing_words(files: _Files) -> Iterator[tuple[tuple[str, str], MessageFile]]:
    names = {name for name, _ in files}
    for language, path in _message_files(shipped(), []):
        if path.stem not in names:
            message, _ = _read_file(path, language)
            if message and message.kind in _OWN_WORDS:
                yield (message.name, language), message


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "_", "~")) or path.name.endswith("~")


def _wrong_name(path: Path) -> Problem | None:
    if path.suffix.lower() in {".yml", ".yaml"} and path.suffix != ".yaml":
        return Problem(code="messages.wrong_ending", file=str(path))
    if path.suffix == ".yaml" and not _NAME.fullmatch(path.stem):
        return Problem(code="messages.wrong_name", file=str(path))
    return None


def _read_file(path: Path, language: str) -> tuple[MessageFile | None, tuple[Problem, ...]]:
    content, problems = strictyaml.read_bytes(path)
    return (None, problems) if content is None else _understood(content, path, language)


@lru_cache(maxsize=256)
def _understood(content: bytes, path: Path, language: str) -> tuple[MessageFile | None, tuple[Problem, ...]]:
    """Compiled and tried out, which takes its time: not again when the same file is read anew."""
    text, problems = strictyaml.decode(content, str(path))
    document, problems = (None, problems) if text is None else strictyaml.compose(text, str(path))
    if document is None:
        return None, tuple(_with_block(problem) for problem in problems)
    message, problems = read_form(document, name=path.stem, language=language)
    if message is None:
        return None, _in_order(problems)
    return message, _in_order(try_out(message))


def _with_block(problem: Problem) -> Problem:
    """A text that cannot stand on the line of its key has a second way out: a block."""
    if problem.code != "yaml.special_start":
        return problem
    return replace(problem, code="messages.special_start")


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))


def _different_kinds(files: _Files) -> Iterator[Problem]:
    for (name, _), file in files.items():
        first = next(files[name, other] for other in LANGUAGES if (name, other) in files)
        if file.kind != first.kind:
            values = {"kind": file.kind.value, "other": first.kind.value, "language": first.language}
            yield Problem(code="messages.kind_differs", file=file.file, values=values)


def _missing_translations(files: _Files) -> Iterator[Problem]:
    """A language that has no message at all is not meant to be there, and is not missed."""
    used = [language for language in LANGUAGES if any(other == language for _, other in files)]
    for (name, language), file in files.items():
        for other in used:
            if (name, other) not in files:
                values = {"name": name, "language": other, "served": language}
                yield Problem(code="messages.missing_translation", file=file.file, values=values)
