"""Buttons and menus of Block Kit: what is pressed, and tells the app at once."""

import json
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from scheduler.pages import Called
from scheduler.pages.reading import string, words_in
from scheduler.pages.slackinline import ADDRESS
from scheduler.sandbox.page.choices import choices
from scheduler.sandbox.page.fields import Element, Field, flag


def button(element: Element, called: Called, field: Field) -> Markup:
    """One that has an address leads there, and is a link."""
    words, address = words_in(element.get("text")), string(element.get("url"))
    style = string(element.get("style"))
    css = f"button {style}" if style in {"primary", "danger"} else "button"
    if ADDRESS.fullmatch(address):
        there = called.address(address)
        away = flag("target", "_blank" if there == address else "")
        return Markup('<a class="{}" href="{}" rel="noreferrer"{}>{}</a>').format(css, there, away, words)
    more = flag("aria-label", string(element.get("accessibility_label"))) + flag(
        "data-confirm", _asked(element)
    )
    shown = Markup('<button class="{}" name="press" value="{}" formnovalidate{}>{}</button>')
    return shown.format(css, field.name, more, words)


def overflow(element: Element, called: Called, field: Field) -> Markup:
    """A menu behind three dots."""
    shown = Markup('<details class="overflow"><summary title="{}">⋯</summary><div>{}</div></details>')
    return shown.format(field.habits.more, Markup().join(_options(element, field)))


def _options(element: Element, field: Field) -> Iterator[Markup]:
    for value, words, _ in choices(element):
        named = json.dumps([*json.loads(field.name), value], ensure_ascii=False)
        yield Markup('<button name="press" value="{}" formnovalidate>{}</button>').format(named, words)


def _asked(element: Element) -> str:
    """The words of a confirmation, as JSON; empty when nothing is asked."""
    asked = element.get("confirm")
    if not isinstance(asked, Mapping):
        return ""
    words = {name: words_in(asked.get(name)).unescape() for name in ("title", "text", "confirm", "deny")}
    return json.dumps(words, ensure_ascii=False)
