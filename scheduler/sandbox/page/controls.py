"""The elements of Block Kit as controls of a form.

A control in a message or on the Home tab tells the app at once; in an input of a modal it waits for the
submit button.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from scheduler.pages import Called
from scheduler.pages.reading import string, words_in
from scheduler.sandbox.page import buttons, inputs
from scheduler.sandbox.page.fields import Element, Field, Habits, field_name, label_of

_DRAWN: Mapping[str, Callable[[Element, Called, Field], Markup]] = {
    "button": buttons.button,
    "workflow_button": buttons.button,
    "overflow": buttons.overflow,
    "plain_text_input": inputs.text,
    "rich_text_input": inputs.text,
    "radio_buttons": inputs.boxes,
    "checkboxes": inputs.boxes,
    "static_select": inputs.select,
    "users_select": inputs.select,
    "conversations_select": inputs.select,
    "channels_select": inputs.select,
    **dict.fromkeys(inputs.TYPES, inputs.typed),
}
_NEEDED = Markup('<span class="need" aria-hidden="true">*</span>')


def control(block: Element, element: Element, called: Called, *, habits: Habits) -> Markup | None:
    """None for an element that this page knows nothing of; an input with one says so."""
    name = field_name(block, element)
    if block.get("type") == "input":
        at_once = block.get("dispatch_action") is True
        return _labelled(block, element, called, Field(name, words_in(block.get("label")), habits, at_once))
    return _drawn(element, called, Field(name, label_of(element), habits, at_once=True))


def is_known(element: Element) -> bool:
    """Whether this page can draw it."""
    return _kind(element) in _DRAWN


def _drawn(element: Element, called: Called, field: Field) -> Markup | None:
    return _DRAWN[_kind(element)](element, called, field) if is_known(element) else None


def _kind(element: Element) -> str:
    return string(element.get("type")).removeprefix("multi_")


def _labelled(block: Element, element: Element, called: Called, field: Field) -> Markup:
    """An input of a modal: its label, the control, a hint, and room for what the app finds wrong."""
    drawn = _drawn(element, called, field) or _hint(field.habits.unknown)
    need = _NEEDED if block.get("optional") is not True and is_known(element) else Markup()
    hint = _hint(words_in(block["hint"])) if block.get("hint") else Markup()
    head = Markup('<div class="input" data-block="{}"><p class="label">{} {}</p>')
    foot = Markup('{}<p class="error" role="alert"></p></div>')
    return head.format(block.get("block_id"), field.label, need) + drawn + foot.format(hint)


def _hint(words: str) -> Markup:
    return Markup('<p class="hint">{}</p>').format(words)
