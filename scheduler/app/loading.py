"""Loads config, messages and phrases, exactly as every command does, with all problems of all at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from scheduler import config, phrases, strictyaml, templates
from scheduler.errors import Problem, ProblemsFound
from scheduler.model.messages import MessageKind
from scheduler.settings import Phrases, Settings
from scheduler.strictyaml import Document
from scheduler.strictyaml import Path as YamlPath
from scheduler.templates import Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the service runs on: the settings and the messages, and where they came from.

    `phrases_file` is the admin's own; None when only the shipped phrases count.
    """

    settings: Settings
    messages: Messages
    config_file: Path
    messages_folder: Path
    phrases_file: Path | None = None


def load(path: Path | None) -> Loaded:
    """Reads config, messages and phrases; raises ProblemsFound with all problems of all."""
    config_file = config.find(path)
    folder = templates.find(config_file)
    settings, problems = config.read(config_file)
    messages, more = templates.read(folder)
    phrases_file = phrases.find(config_file)
    known, wrong = phrases.read(phrases_file)
    found: list[Problem] = [*problems, *more, *wrong, *_misfits(config_file, messages)]
    if found or settings is None or messages is None or known is None:
        raise ProblemsFound(found)
    return Loaded(
        settings=_with_phrases(settings, known, own=phrases_file is not None),
        messages=messages,
        config_file=config_file,
        messages_folder=folder,
        phrases_file=phrases_file,
    )


def _with_phrases(settings: Settings, known: Phrases, *, own: bool) -> Settings:
    """The hash of the config stands for the admin's phrases, too."""
    both = sha256(f"{settings.config_hash} {known.digest}".encode()).hexdigest()[:12]
    return replace(settings, phrases=known, config_hash=both if own else settings.config_hash)


def load_all(*paths: Path | None) -> tuple[Loaded, ...]:
    """Reads several configs; raises ProblemsFound with the problems of them all, each told once."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            loaded.append(load(path))
        except ProblemsFound as found:
            problems += [problem for problem in found.problems if problem not in problems]
    if problems:
        raise ProblemsFound(problems)
    return tuple(loaded)


def mentions(document: Document) -> Iterator[tuple[YamlPath, str, MessageKind]]:
    """The messages that a config names, even a faulty one: where, which one, and the kind it has to be of."""
    for section, kind in (("escalation", MessageKind.ALERT), ("onboarding", MessageKind.WELCOME)):
        steps = document.value((section, "steps"))
        for index in range(len(steps) if isinstance(steps, list) else 0):
            yield from _mention(document, (section, "steps", index, "message"), kind)
    yield from _mention(document, ("thanks", "message"), MessageKind.THANKS)


def _mention(
    document: Document, path: YamlPath, kind: MessageKind
) -> Iterator[tuple[YamlPath, str, MessageKind]]:
    name = document.value(path)
    if isinstance(name, str):
        yield path, name, kind


def _misfits(config_file: Path, messages: Messages | None) -> Iterator[Problem]:
    """Messages that the config names and nobody wrote, or that are of another kind."""
    document, _ = strictyaml.read(config_file)
    if document is None or messages is None:
        return
    for path, name, kind in mentions(document):
        if name not in messages.names():
            near = strictyaml.nearest(name, messages.names())
            yield document.problem("loading.unknown_message", path, near=near, message=name)
        elif messages.kind_of(name) is not kind:
            found = messages.kind_of(name).value
            yield document.problem("loading.wrong_kind", path, message=name, kind=found, wanted=kind.value)
