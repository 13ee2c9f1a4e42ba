"""The messages of a folder, ready to be rendered: the Renderer of the service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import Problem, RenderFailed, UnknownMessage
from scheduler.model.messages import MessageKind, PlaceholderValue, Rendered
from scheduler.templates.forms import MessageFile
from scheduler.templates.unfit import Unfit
from scheduler.templates.values import channel_link, seen_by_template

EXAMPLE_URL = "https://example.slack.com"


def no_channel(_name: str) -> str | None:
    """Knows no channel: links to channels are written as their names."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """All messages by name and language. `warnings` are what `check` mentions and nothing refuses.

    `spare` are shipped ones that the service itself names, for a folder that was made before there were any.
    """

    files: Mapping[tuple[str, str], MessageFile]
    spare: Mapping[tuple[str, str], MessageFile] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    workspace_url: str = EXAMPLE_URL
    channel_id: Callable[[str], str | None] = no_channel

    def bind(self, *, workspace_url: str, channel_id: Callable[[str], str | None]) -> "Messages":
        """The same messages for a workspace. `channel_id` gives the id of a channel's name, or None."""
        return replace(self, workspace_url=workspace_url, channel_id=channel_id)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted({name for name, _ in self.files}))

    def languages_of(self, name: str) -> tuple[str, ...]:
        """The languages that the message is written in; raises UnknownMessage."""
        files = self._files_of(name)
        languages = tuple(language for language in LANGUAGES if (name, language) in files)
        if not languages:
            raise UnknownMessage(name)
        return languages

    def kind_of(self, name: str) -> MessageKind:
        """What the message is for; raises UnknownMessage."""
        return self.file_of(name, self.languages_of(name)[0]).kind

    def channels_of(self, name: str) -> tuple[str, ...]:
        """Names of the channels that the message links, in any language; raises UnknownMessage."""
        files = (self.file_of(name, language) for language in self.languages_of(name))
        return tuple(sorted(frozenset[str]().union(*(file.channels() for file in files))))

    def file_of(self, name: str, locale: str) -> MessageFile:
        """The message in that language, else in the other one; raises UnknownMessage."""
        languages = self.languages_of(name)
        language = locale.partition("-")[0].partition("_")[0]
        return self._files_of(name)[name, language if language in languages else languages[0]]

    def _files_of(self, name: str) -> Mapping[tuple[str, str], MessageFile]:
        return self.files if any((name, language) in self.files for language in LANGUAGES) else self.spare

    def render(
        self, message: str, *, locale: str, rotation: int, values: Mapping[str, PlaceholderValue]
    ) -> Rendered:
        """Variant `rotation` modulo their number; raises RenderFailed, and never gives half of it."""
        try:
            file = self.file_of(message, locale)
        except UnknownMessage as error:
            raise RenderFailed(f"{message}: no such message") from error
        try:
            return self._render(file, rotation, values)
        except Unfit as unfit:
            sentence = say(file.language, unfit.code, **unfit.values)
            raise RenderFailed(f"{file.file}: {sentence} [{unfit.code}]") from unfit

    def _render(self, file: MessageFile, rotation: int, values: Mapping[str, PlaceholderValue]) -> Rendered:
        context = seen_by_template(
            values, file.kind, language=file.language, workspace_url=self.workspace_url
        )
        links = {name: channel_link(name, self.channel_id(name)) for name in file.channels()}
        return file.variants[rotation % len(file.variants)].render(context, links)
