"""The form of a message file: its keys and what stands under them. Templates are compiled on the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.errors import Problem
from scheduler.model.messages import MessageKind, Rendered
from scheduler.model.placeholders import PLACEHOLDERS, Placeholder
from scheduler.strictyaml import Document, Path, nearest
from scheduler.strictyaml.document import dotted, problem_at
from scheduler.templates.blocks import MOST_BUTTONS, assemble
from scheduler.templates.markup import settle, settle_address, settle_button, settle_plain
from scheduler.templates.place import Source
from scheduler.templates.snippet import Snippet, compile_snippet

_IN_VARIANT = ("text", "plain", "buttons")
_IN_FILE = ("kind", "about", "variants", *_IN_VARIANT)
_IN_BUTTON = ("text", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that opens a page."""

    text: Snippet
    url: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording of a message."""

    text: Snippet
    plain: Snippet
    buttons: tuple[Button, ...] = ()

    def snippets(self) -> Iterator[Snippet]:
        yield self.text
        yield self.plain
        for button in self.buttons:
            yield button.text
            yield button.url

    def render(self, context: Mapping[str, object], links: Mapping[str, str]) -> Rendered:
        """The finished payload; raises Unfit."""
        buttons = [(b.text.fill(context, links), b.url.fill(context, links)) for b in self.buttons]
        return assemble(self.text.fill(context, links), self.plain.fill(context, links), buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFile:
    """One message in one language. `about` tells admins when it goes out."""

    name: str
    language: str
    kind: MessageKind
    about: str
    variants: tuple[Variant, ...]
    file: str

    def channels(self) -> frozenset[str]:
        """Names of the channels that it links."""
        return frozenset(
            name for v in self.variants for snippet in v.snippets() for name in snippet.channels.values()
        )


def read_form(
    document: Document, *, name: str, language: str
) -> tuple[MessageFile | None, tuple[Problem, ...]]:
    """The message, or everything that is wrong with its form."""
    form = _Form(document)
    form.only_keys((), document.data, _IN_FILE)
    kind = form.kind()
    about = form.text(("about",)) if "about" in document.data else ""
    if kind is None:
        return None, tuple(form.problems)
    variants = form.variants({placeholder.name: placeholder for placeholder in PLACEHOLDERS[kind]})
    if form.problems:
        return None, tuple(form.problems)
    message = MessageFile(
        name=name,
        language=language,
        kind=kind,
        about=(about or "").strip(),
        variants=tuple(variants),
        file=document.file,
    )
    return message, ()


@dataclass(slots=True)
class _Form:
    """Walks through a document and notes what is wrong."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def kind(self) -> MessageKind | None:
        value = self.text(("kind",))
        kinds = [kind.value for kind in MessageKind]
        if value is None or value in kinds:
            return None if value is None else MessageKind(value)
        self.note("messages.wrong_kind", ("kind",), near=nearest(value, kinds), kinds=", ".join(kinds))
        return None

    def variants(self, known: Mapping[str, Placeholder]) -> list[Variant]:
        data = self.document.data
        if "variants" not in data:
            return self._one((), data, known)
        if both := next((key for key in _IN_VARIANT if key in data), None):
            self.note("messages.variants_and_text", (both,), at_key=True, key=both)
        found: list[Variant] = []
        for path, item in self._mappings(("variants",), _IN_VARIANT, least=1):
            found += self._one(path, item, known)
        return found

    def _one(self, path: Path, data: Mapping[str, object], known: Mapping[str, Placeholder]) -> list[Variant]:
        text = self._snippet((*path, "text"), known, settle)
        plain = self._snippet((*path, "plain"), known, settle_plain)
        buttons = self._buttons((*path, "buttons"), known) if "buttons" in data else ()
        if text is None or plain is None:
            return []
        return [Variant(text=text, plain=plain, buttons=tuple(buttons))]

    def _buttons(self, path: Path, known: Mapping[str, Placeholder]) -> list[Button]:
        found: list[Button] = []
        for place, _ in self._mappings(path, _IN_BUTTON):
            text = self._snippet((*place, "text"), known, settle_button)
            url = self._snippet((*place, "url"), known, settle_address)
            if text and url:
                found.append(Button(text=text, url=url))
        if len(found) > MOST_BUTTONS:
            self.note("messages.too_many_buttons", path, at_key=True, most=MOST_BUTTONS)
        return found

    def _mappings(
        self, path: Path, keys: Sequence[str], *, least: int = 0
    ) -> Iterator[tuple[Path, Mapping[str, object]]]:
        """The items of a list, each of which must be a mapping with no other keys than these."""
        items = self.document.value(path)
        if not isinstance(items, list) or len(items) < least:
            self.note("messages.not_a_list", path, at_key=True, key=path[-1])
            return
        for number, item in enumerate(items):
            if isinstance(item, dict):
                self.only_keys((*path, number), item, keys)
                yield (*path, number), item
            else:
                self.note("messages.not_a_mapping", (*path, number), keys=", ".join(keys))

    def _snippet(
        self, path: Path, known: Mapping[str, Placeholder], settle_with: Callable[[str], str]
    ) -> Snippet | None:
        value = self.text(path)
        if value is None:
            return None
        source = Source(value=value, document=self.document, path=path)
        snippet, problems = compile_snippet(source, known, settle_with)
        self.problems += problems
        return snippet

    def text(self, path: Path) -> str | None:
        """The text there; None, with a problem noted, when there is none."""
        value = self.document.value(path)
        if isinstance(value, str) and value.strip():
            return value
        missing = value is None or isinstance(value, str)
        code = "messages.missing" if missing else "messages.not_text"
        self.note(code, path, at_key=True, key=path[-1])
        return None

    def only_keys(self, path: Path, data: Mapping[str, object], keys: Sequence[str]) -> None:
        for key in (key for key in data if key not in keys):
            near = nearest(key, keys)
            self.note(
                "messages.unknown_key", (*path, key), at_key=True, near=near, key=key, keys=", ".join(keys)
            )

    def note(
        self, code: str, path: Path, *, at_key: bool = False, near: str | None = None, **values: object
    ) -> None:
        document = self.document
        line, column = document.key_position(path) if at_key else document.position(path)
        problem = problem_at(
            code, document.file, document.lines, line, column, path=dotted(path), near=near, values=values
        )
        self.problems.append(problem)
