import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.messages import ChannelRef, Day, MemberRef, PlaceholderValue, PostRef, Wait
from scheduler.store.values import from_json, to_json

texts = st.text()
values = st.one_of(
    *(texts, st.integers(-(2**40), 2**40), st.booleans(), st.none()),
    *(st.builds(MemberRef, texts), st.builds(ChannelRef, texts), st.builds(PostRef, texts, texts)),
    *(st.builds(Wait, st.integers(0, 10**9)), st.builds(Day, st.dates())),
)


def types_of(filled: dict[str, PlaceholderValue]) -> dict[str, type]:
    return {name: type(value) for name, value in filled.items()}


@given(st.dictionaries(texts, values))
def test_values_and_their_types_survive_json(filled: dict[str, PlaceholderValue]):
    found = from_json(json.loads(json.dumps(to_json(filled))))

    assert (found, types_of(found)) == (filled, types_of(filled))


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(1.5, id="a fraction"),
        pytest.param(["U1"], id="a list"),
        pytest.param({"person": "U1"}, id="a type that there is not"),
        pytest.param({"member": 1}, id="a type of another shape"),
    ],
)
def test_what_no_placeholder_can_hold_is_refused(stored: object):
    with pytest.raises(ValueError, match="not a placeholder value"):
        from_json({"name": stored})
