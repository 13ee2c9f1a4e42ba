"""What a template may say: values, `if`, comparisons, sums of numbers, `quote`, `channel("…")`; no more.

Checked on the syntax tree before it is compiled, because Jinja computes constants while it compiles.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from scheduler.errors import Problem
from scheduler.model.placeholders import Placeholder
from scheduler.strictyaml import nearest
from scheduler.templates.environment import ENVIRONMENT
from scheduler.templates.mistakes import explain
from scheduler.templates.place import Source, shorten
from scheduler.templates.wide import find_wide

LONGEST_TEMPLATE = 4_000  # characters
DEEPEST = 20  # nodes inside each other

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Filter,
)
_SIGNS: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.FromImport: "from",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.Getattr: ".",
    nodes.Getitem: "[",
    nodes.Call: "(",
    nodes.Test: " is ",
    nodes.Concat: "~",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.List: "[",
    nodes.Tuple: ",",
    nodes.Dict: "{",
    nodes.Neg: "-",
    nodes.Pos: "+",
}
_RAW = re.compile(r"\{%[-+]?\s*raw\b")
_ONE_TAG = r"\{(?:%[^%\n]*%|#[^#\n]*#)\}"
_TAG_LINE = re.compile(rf"^[ \t]*(?P<tags>(?:{_ONE_TAG}[ \t]*)+)\n|\{{#(?s:.*?)#\}}", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A template that keeps to the grammar. `channels` are the names that it links, by the slot they got."""

    tree: nodes.Template
    placeholders: frozenset[str]
    channels: Mapping[str, str]


def parse(source: Source, known: Mapping[str, Placeholder]) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """The template, or everything that is wrong with its form; `known` are the placeholders of its kind."""
    if refusal := _refuse_before_parsing(source):
        return None, (refusal,)
    try:
        tree = ENVIRONMENT.parse(_without_tag_lines(source.value))
    except TemplateSyntaxError as error:
        return None, (explain(error, source),)
    except RecursionError:
        return None, (source.problem("messages.too_complicated"),)
    if _depth(tree) > DEEPEST:
        return None, (source.problem("messages.too_complicated"),)
    links = _ChannelLinks()
    tree = links.visit(tree)
    problems = tuple(_refusals(tree, source, known, links.slots))
    if problems:
        return None, problems
    names = frozenset(node.name for node in tree.find_all(nodes.Name)) - links.slots.keys()
    return Parsed(tree=tree, placeholders=names, channels=links.slots), ()


def _refuse_before_parsing(source: Source) -> Problem | None:
    if len(source.value) > LONGEST_TEMPLATE:
        return source.problem("messages.too_long", most=LONGEST_TEMPLATE, longest=len(source.value))
    for tag in source.tags():
        if _RAW.match(tag.group()):  # it leaves no trace in the syntax tree
            return source.problem("messages.refused", tag.start(), tag=shorten(tag.group()))
    return find_wide(source)


def _without_tag_lines(text: str) -> str:
    """A line of nothing but tags writes no line. Its break moves into a comment: line numbers stay.

    Jinja's own `trim_blocks` also joins two lines of text when the first one ends in a tag.
    """
    return _TAG_LINE.sub(_without_break, text)


def _without_break(found: re.Match[str]) -> str:
    if found["tags"] is None:  # a comment over several lines, which may hold lines of tags
        return found.group()
    return "".join(re.findall(_ONE_TAG, found["tags"])) + "{#\n#}"


@dataclass(slots=True)
class _ChannelLinks(NodeTransformer):
    """Puts a name of ours in the place of each `channel("…")`, so that nothing is ever called."""

    slots: dict[str, str] = field(default_factory=dict)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's visitor looks it up so
        match node:
            case nodes.Call(
                node=nodes.Name(name="channel"),
                args=[nodes.Const(value=str(name))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if name.strip("# \u3000"):
                slot = f"_channel_{len(self.slots)}"
                self.slots[slot] = name.strip("# \u3000")
                return nodes.Name(slot, "load", lineno=node.lineno)
        return node


def _refusals(
    tree: nodes.Template, source: Source, known: Mapping[str, Placeholder], slots: Mapping[str, str]
) -> Iterator[Problem]:
    told: set[int] = set()
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED):
            offset, tag = source.tag_on(node.lineno or 1, partial(_says, node))
            if offset not in told:
                told.add(offset)
                yield source.problem(_code_of(node), offset, tag=tag)
        elif problem := _refusal(node, source, known, slots):
            yield problem


def _refusal(
    node: nodes.Node, source: Source, known: Mapping[str, Placeholder], slots: Mapping[str, str]
) -> Problem | None:
    match node:
        case nodes.Name(name=name) if name not in known and name not in slots:
            offset, names = source.find(name, node.lineno), ", ".join(known)
            return source.problem(
                "messages.unknown_placeholder", offset, near=nearest(name, known), name=name, names=names
            )
        case nodes.Filter(name=name) if name not in ENVIRONMENT.filters or len(node.args + node.kwargs):
            near = nearest(name, ENVIRONMENT.filters)
            return source.problem(
                "messages.unknown_filter", source.find(name, node.lineno), near=near, name=name
            )
        case nodes.Const(value=float()):
            offset, tag = source.tag_on(node.lineno, lambda tag: "." in tag)
            return source.problem("messages.refused", offset, tag=tag)
        case nodes.Output():
            return _printed_yes_or_no(node, source, known)
    return None


def _printed_yes_or_no(
    node: nodes.Output, source: Source, known: Mapping[str, Placeholder]
) -> Problem | None:
    for child in node.nodes:
        if isinstance(child, nodes.Name) and child.name in known and known[child.name].type is bool:
            offset = source.find(child.name, child.lineno)
            return source.problem("messages.yes_or_no", offset, name=child.name)
    return None


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """The node and what is in it, except for what stands inside something refused."""
    yield node
    if isinstance(node, _ALLOWED):
        for child in node.iter_child_nodes():
            yield from _walk(child)


def _depth(tree: nodes.Node) -> int:
    depth, level = 0, [tree]
    while level:
        level = [child for node in level for child in node.iter_child_nodes()]
        depth += 1
    return depth


def _says(node: nodes.Node, tag: str) -> bool:
    """Whether a tag can be the one that made the node, which knows its line only."""
    sign = _SIGNS.get(type(node), type(node).__name__.lower())
    return sign in tag


def _code_of(node: nodes.Node) -> str:
    match node:
        case nodes.Getattr() | nodes.Getitem():
            return "messages.attribute"
        case nodes.Call():
            return "messages.call"
    return "messages.refused"
