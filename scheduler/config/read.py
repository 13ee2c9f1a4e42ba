"""A file to settings, or to all of its problems."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from scheduler.config.build import build
from scheduler.config.checks import check
from scheduler.config.sections import read_sections
from scheduler.config.signs import as_meant
from scheduler.errors import Problem, ProblemsFound
from scheduler.settings import Settings
from scheduler.strictyaml import compose, decode, find_token, read_bytes
from scheduler.strictyaml.document import problem_at, split_lines

NAME = "config.yaml"
#: The environment variable that names the file where no option does.
VARIABLE = "AMBASSADOR_CONFIG"


def find(path: Path | None) -> Path:
    """The file to use: the one given, else the one that the environment names, else `config.yaml` in this
    folder, else the one that is shipped.
    """
    if path is not None:
        return path
    if named := os.environ.get(VARIABLE):
        return Path(named)
    here = Path(NAME)
    return here if here.exists() else shipped()


def shipped() -> Path:
    """The config that comes with the package; in a checkout it stands at the top."""
    package = Path(__file__).parents[1]
    installed = package / "shipped" / NAME
    return installed if installed.exists() else package.parent / NAME


def load(path: Path) -> Settings:
    """The settings in a file. Raises ProblemsFound with all of its problems."""
    settings, problems = read(path)
    if settings is None:
        raise ProblemsFound(problems)
    return settings


def read(path: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings and no problem, or None and all problems, in the order of the file. Never raises."""
    content, problems = read_bytes(path)
    if content is None:
        return None, problems
    text, problems = decode(content, str(path))
    if text is None:
        return None, problems
    return _read_text(text, file=str(path), config_hash=sha256(content).hexdigest()[:12])


def _read_text(text: str, *, file: str, config_hash: str) -> tuple[Settings | None, tuple[Problem, ...]]:
    tokens = list(_tokens(text, file))
    document, problems = compose(text, file)
    if document is None:
        return None, _in_order([*map(as_meant, problems), *tokens])
    sections, found = read_sections(document)
    told = [*found, *check(document, sections), *tokens]
    if told:
        return None, _in_order(told)
    return build(sections, file=file, config_hash=config_hash), ()


def _tokens(text: str, file: str) -> Iterator[Problem]:
    lines = split_lines(text)
    for number, line in enumerate(lines, start=1):
        begins = find_token(line)
        if begins is not None:
            yield problem_at("config.token_in_file", file, lines, number, begins + 1)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))
