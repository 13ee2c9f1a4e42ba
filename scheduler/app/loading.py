"""Loads config and messages, exactly as every command does, with all problems of both at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from scheduler import config, strictyaml, templates
from scheduler.errors import Problem, ProblemsFound
from scheduler.model.messages import MessageKind
from scheduler.phrases import load_phrases
from scheduler.settings import Settings
from scheduler.strictyaml import Document
from scheduler.strictyaml import Path as YamlPath
from scheduler.templates import Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the service runs on: the settings and the messages, and where they came from."""

    settings: Settings
    messages: Messages
    config_file: Path
    messages_folder: Path


def load(path: Path | None) -> Loaded:
    """Reads config and messages; raises ProblemsFound with all problems of both."""
    config_file = config.find(path)
    folder = templates.find(config_file)
    settings, problems = config.read(config_file)
    messages, more = templates.read(folder)
    found: list[Problem] = [*problems, *more, *_misfits(config_file, messages)]
    if found or settings is None or messages is None:
        raise ProblemsFound(found)
    settings = replace(settings, phrases=load_phrases())
    return Loaded(settings=settings, messages=messages, config_file=config_file, messages_folder=folder)


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
            near = next(iter(get_close_matches(name, messages.names(), n=1)), None)
            yield document.problem("loading.unknown_message", path, near=near, message=name)
        elif messages.kind_of(name) is not kind:
            found = messages.kind_of(name).value
            yield document.problem("loading.wrong_kind", path, message=name, kind=found, wanted=kind.value)
