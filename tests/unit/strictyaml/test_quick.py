"""The parser in C gives what the explaining one gives, wherever it gives anything."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scheduler.strictyaml.loader import StrictLoader
from scheduler.strictyaml.quick import quick_node

REPO = Path(__file__).parents[3]
SHIPPED = [REPO / "config.yaml", *REPO.glob("messages/*/*.yaml"), *REPO.glob("scheduler/phrases/*.yaml")]
SIGNS = st.sampled_from(
    [*"ab: -#[]{}'\"|>?&*!%@\n\t", "\n  ", "\n- ", ": ", "あ", "\u3000", "\ufeff", "\u0085"]
)
GOOD = "steps:\n  - id: first\n    after: 1h # 時\n    to: [a, b]\n    text: |\n      こんにちは\n"

needs_c = pytest.mark.skipif(not yaml.__with_libyaml__, reason="this PyYAML was built without C")


def told(node: yaml.Node | None) -> object:
    """Tags, values and places, all the way down."""
    if node is None:
        return None
    inside = node.value
    if isinstance(node, yaml.MappingNode):
        inside = [(told(key), told(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        inside = [told(value) for value in node.value]
    return (node.tag, inside, node.start_mark.line, node.start_mark.column)


def slowly(text: str) -> object:
    """What the explaining parser gives; raises what it finds wrong."""
    loader = StrictLoader(text)
    node = loader.get_single_node()
    assert loader.refused == []
    return told(node)


@needs_c
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(REPO)))
def test_shipped_files_read_the_same(path: Path):
    text = path.read_text(encoding="utf-8")

    assert told(quick_node(text) or StrictLoader(text).get_single_node()) == slowly(text)


@needs_c
def test_a_file_without_mistakes_is_read_quickly():
    assert told(quick_node(GOOD)) == slowly(GOOD)


@needs_c
@given(st.integers(0, len(GOOD)), st.lists(SIGNS, min_size=1, max_size=4).map("".join))
def test_with_anything_put_in_it_is_read_the_same_or_left_to_be_explained(at: int, put: str):
    text = GOOD[:at] + put + GOOD[at:]
    quick = quick_node(text)

    assert quick is None or told(quick) == slowly(text)


@pytest.mark.parametrize(
    "text", ["a: b: c", "a: &b c", "a: *b", "a: !b c", "a\t: b", "[a?b]: c", "a: |#\n  b", ""]
)
def test_what_has_to_be_explained_is_not_read_quickly(text: str):
    assert quick_node(text) is None
