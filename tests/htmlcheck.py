"""Reads a finished page the way a strict browser would, and says what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"br", "hr", "meta", "link", "img", "input"}
#: Drawn by SVG without a closing tag of their own.
EMPTY_SHAPES = {"line", "rect", "circle"}
REFERENCES = ("src", "srcset", "href", "xlink:href", "action", "poster", "data", "background", "ping")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Element"]:
        """Everything below with one of the tags, in the order of the page."""
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    @property
    def text(self) -> str:
        return "".join(self.texts)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.wrong: list[str] = []
        self._now = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"attribute twice in <{tag}>")
        element = Element(tag, {name: value or "" for name, value in attrs}, self._now)
        self._now.children.append(element)
        if tag not in VOID:
            self._now = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in EMPTY_SHAPES:
            self._now = self._now.parent or self.root
        else:
            self.wrong.append(f"<{tag}/> closes nothing in HTML")

    def handle_endtag(self, tag: str) -> None:
        if tag != self._now.tag:
            self.wrong.append(f"</{tag}> where <{self._now.tag}> is open, at {self.getpos()}")
            return
        self._now = self._now.parent or self.root

    def handle_data(self, data: str) -> None:
        above: Element | None = self._now
        while above:
            above.texts.append(data)
            above = above.parent


def tree_of(html: str) -> Element:
    """The elements of a page or a piece of one; fails when a tag is left open or crosses another."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert tree.wrong == []
    assert tree._now is tree.root, f"<{tree._now.tag}> is never closed"
    return tree.root


def faults(html: str) -> list[str]:
    """What a page that stands alone must not have; nothing when all is well."""
    page = tree_of(html)
    return [*_ids(page), *_headings(page), *_charts(page), *_tables(page), *_foreign(page)]


def _ids(page: Element) -> Iterator[str]:
    ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    yield from (f"id {each} is there twice" for each in sorted({each for each in ids if ids.count(each) > 1}))
    for element in page.all():
        for name in element.attributes.get("aria-labelledby", "").split():
            if name not in ids:
                yield f"nothing is called {name}"
        href = element.attributes.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"{href} leads nowhere"


def _headings(page: Element) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield "not exactly one h1"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"h{below} follows h{above}"


def _charts(page: Element) -> Iterator[str]:
    for svg in page.all("svg"):
        names = [child.tag for child in svg.children if child.text.strip()]
        if names[:2] != ["title", "desc"]:
            yield "a chart has no title or no description"
        figure = svg.parent
        if figure is None or not any(True for _ in figure.all("table")):
            yield "a chart has no table of its values"


def _tables(page: Element) -> Iterator[str]:
    for table in page.all("table"):
        if [child.tag for child in table.children] != ["caption", "thead", "tbody"]:
            yield "a table lacks its caption or head"
        yield from ("a th has no scope" for th in table.all("th") if "scope" not in th.attributes)
        widths = {len(row.children) for row in table.all("tr")}
        if len(widths) != 1:
            yield f"rows of different lengths: {sorted(widths)}"


def _foreign(page: Element) -> Iterator[str]:
    """Whatever a browser would fetch or run. Links that a person may follow are none of these."""
    for element in page.all():
        if element.tag in {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "video",
            "audio",
            "base",
            "form",
        }:
            yield f"<{element.tag}>"
        for name, value in element.attributes.items():
            if name.startswith("on") or name == "style":
                yield f"{name} in <{element.tag}>"
            if name in REFERENCES and element.tag != "a":
                yield f"{name}={value}"
    for style in page.all("style"):
        yield from (f"{each} in the style sheet" for each in ("url(", "@import") if each in style.text)
