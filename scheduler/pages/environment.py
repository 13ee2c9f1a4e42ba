"""The Jinja environment of pages: it escapes everything, and reads nothing but our own layouts."""

from importlib.resources import files

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.catalogue import say
from scheduler.pages.drawing import coordinate


def _layout(name: str) -> str:
    return files(__package__).joinpath("layouts", name).read_text(encoding="utf-8")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_layout),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["coordinate"] = coordinate
    return environment


_ENVIRONMENT = _environment()


def fill(layout: str, language: str, *, area: str = "page", **values: object) -> str:
    """The layout, filled; in it `say("name")` is a sentence of the catalogue's `area`."""

    def sentence(name: str, /, **its_values: object) -> str:
        return say(language, f"{area}.{name}", **its_values)

    return _ENVIRONMENT.get_template(layout).render(language=language, say=sentence, **values)
