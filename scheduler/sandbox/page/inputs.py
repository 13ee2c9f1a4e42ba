"""Fields of Block Kit in which something is written or picked, as browsers have them."""

import json

from markupsafe import Markup

from scheduler.pages import Called
from scheduler.pages.reading import string, words_in
from scheduler.sandbox.page.choices import choices, datalist_of, is_several, local_time, picked_before
from scheduler.sandbox.page.fields import Element, Field, flag, label_of

TYPES = {
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}
_LIMITS = (
    ("minlength", "min_length"),
    ("maxlength", "max_length"),
    ("min", "min_value"),
    ("max", "max_value"),
)


def text(element: Element, called: Called, field: Field) -> Markup:
    value, limits = string(element.get("initial_value")), _limits(element)
    if element.get("multiline") is True:
        return Markup('<textarea {} rows="4"{}>{}</textarea>').format(field.attributes, limits, value)
    return Markup('<input type="text" {}{} value="{}">').format(field.attributes, limits, value)


def typed(element: Element, called: Called, field: Field) -> Markup:
    """What browsers have an input of their own for: dates, times, numbers, addresses."""
    kind = TYPES[string(element.get("type"))]
    value = "".join(picked_before(element)) or local_time(element, field.habits.zone)
    return Markup('<input type="{}" {}{} value="{}">').format(kind, field.attributes, _limits(element), value)


def select(element: Element, called: Called, field: Field) -> Markup:
    """People and channels are no choices of the app: the page has a list of them for its scripts."""
    chosen, source = picked_before(element), datalist_of(element)
    option = Markup('<option value="{}"{}>{}</option>')
    options = [
        option.format(value, _if(value in chosen, " selected"), words) for value, words, _ in choices(element)
    ]
    if not is_several(element):
        options.insert(0, option.format("", "", label_of(element) or "—"))
    more = flag("data-source", source) + flag("data-chosen", source and chosen and json.dumps(chosen))
    many = _if(is_several(element), ' multiple size="4"')
    return Markup("<select {}{}{}>{}</select>").format(field.attributes, many, more, Markup().join(options))


def boxes(element: Element, called: Called, field: Field) -> Markup:
    """Check boxes and radio buttons."""
    kind = "radio" if element.get("type") == "radio_buttons" else "checkbox"
    chosen = picked_before(element)
    box = Markup('<label><input type="{}" name="{}" value="{}"{}> <span>{}{}</span></label>')
    shown = [
        box.format(kind, field.name, value, _if(value in chosen, " checked") + field.press, words, more)
        for value, words, more in choices(element)
    ]
    return Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(field.label, Markup().join(shown))


def _limits(element: Element) -> Markup:
    told = [flag(name, f"{element[key]}") for name, key in _LIMITS if key in element]
    step = flag("step", element.get("is_decimal_allowed") is True and "any")
    return Markup().join(told) + step + flag("placeholder", words_in(element.get("placeholder")))


def _if(holds: bool, attribute: str) -> Markup:  # noqa: FBT001 -- an attribute is there or not
    return Markup(attribute) if holds else Markup()  # noqa: S704 -- written above
