"""What every control of a form has: a name, by its block's and its own id, and a label."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from scheduler.catalogue import say
from scheduler.pages.reading import mappings, string, words_in
from scheduler.sandbox.page.times import Times
from scheduler.sandbox.page.viewer import Viewer

Element = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Of the member who looks: their zone, and how they say further choices, and what cannot be shown."""

    zone: ZoneInfo
    more: str
    unknown: str


def habits_of(viewer: Viewer, times: Times) -> Habits:
    words = {"more": "more_choices", "unknown": "unknown_input"}
    return Habits(
        zone=times.zone, **{name: say(viewer.language, f"standin.{code}") for name, code in words.items()}
    )


@dataclass(frozen=True, slots=True)
class Field:
    """`at_once`: the app hears of every change; otherwise it waits for the submit button."""

    name: str
    label: str
    habits: Habits
    at_once: bool

    @property
    def press(self) -> Markup:
        return flag("data-press", self.name) if self.at_once else Markup()

    @property
    def attributes(self) -> Markup:
        """The name, the label, and that a change is told."""
        return Markup('name="{}" aria-label="{}"').format(self.name, self.label) + self.press


def flag(name: str, value: object) -> Markup:
    """An attribute, with the space before it; nothing without a value."""
    return Markup(' {}="{}"').format(name, value) if value else Markup()


def field_name(block: Element, element: Element) -> str:
    return json.dumps([block.get("block_id"), element.get("action_id")], ensure_ascii=False)


def label_of(element: Element) -> str:
    """Without a label of the block's own, the placeholder is what a screen reader has to say."""
    named = [one for one in mappings([element.get("placeholder"), element.get("text")]) if one]
    return str(words_in(named[0]).unescape()) if named else string(element.get("action_id"))
