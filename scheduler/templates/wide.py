"""Full-width and curly signs where a template needs plain ones: `｛｛ name ｝｝` would go out as it is."""

import re
from unicodedata import normalize

from scheduler.errors import Problem
from scheduler.templates.place import STRING, Source

_BRACES = re.compile(r"｛[｛{％%]|\{[｛％]|[｝}％%]｝|％\}")
_IN_TAG = re.compile(r"[｛｝％（）｜＂＇“”„‘’＋－＝＜＞．]+")
_CURLY = {**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'")}


def find_wide(source: Source) -> Problem | None:
    """The first such sign, in a tag or in what was meant to be one."""
    found = [*_inside(source), *_BRACES.finditer(_outside(source))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    sign = first.group()
    return source.problem("messages.wide_sign", first.start(), sign=sign, plain=_as_plain(sign))


def _inside(source: Source) -> list[re.Match[str]]:
    tags = (tag for tag in source.tags() if not tag.group().startswith("{#"))
    return [
        match for tag in tags if (match := _IN_TAG.search(_blanked(source.value, *tag.span()), tag.start()))
    ]


def _blanked(text: str, start: int, end: int) -> str:
    """The text up to the end of the tag, with what the tag quotes made blank."""
    return text[:start] + STRING.sub(lambda match: " " * len(match.group()), text[start:end])


def _outside(source: Source) -> str:
    text = source.value
    for tag in source.tags():
        text = text[: tag.start()] + " " * len(tag.group()) + text[tag.end() :]
    return text


def _as_plain(sign: str) -> str:
    return "".join(_CURLY.get(each) or normalize("NFKC", each) for each in sign)
