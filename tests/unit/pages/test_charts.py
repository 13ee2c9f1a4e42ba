import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pages import Bar, Drawing, Length, Limit, Line, Series, bars, columns, heat, lengths
from scheduler.pages.axes import round_steps
from scheduler.pages.drawing import coordinate


def layer(css: str, *values: int) -> Series:
    return Series(css=css, values=values, tips=[f"{css} {value}" for value in values])


def boxes(drawing: Drawing) -> list[tuple[str, float, float, float, float]]:
    return [(each.css, each.x, each.y, each.width, each.height) for each in drawing.boxes]


@pytest.mark.parametrize(
    ("top", "steps"),
    [
        pytest.param(0, [0, 1], id="nothing"),
        pytest.param(1, [0, 1], id="one"),
        pytest.param(4, [0, 1, 2, 3, 4], id="four"),
        pytest.param(5, [0, 2, 4, 6], id="five"),
        pytest.param(9, [0, 5, 10], id="nine"),
        pytest.param(75, [0, 20, 40, 60, 80], id="seventy-five"),
        pytest.param(201, [0, 100, 200, 300], id="hundreds"),
    ],
)
def test_steps_are_round(top: int, steps: list[int]):
    assert round_steps(top) == steps


@given(st.integers(0, 10_000_000))
def test_steps_reach_the_top_and_are_few(top: int):
    steps = round_steps(top)

    assert steps[-1] >= top
    assert 2 <= len(steps) <= 5


def test_columns_stand_on_the_floor_and_on_each_other():
    drawing = columns(["a", "b"], [layer("people", 2, 0), layer("channel", 1, 4)])

    # 156 high from floor 176 to 20, four steps: 39 each; two slots of 161, a quarter of each left free
    assert boxes(drawing) == [
        ("people", 50.125, 98.0, 120.75, 78.0),
        ("channel", 50.125, 59.0, 120.75, 39.0),
        ("channel", 211.125, 20.0, 120.75, 156.0),
    ]


def test_a_limit_within_reach_is_a_line():
    drawing = columns(["a"], [layer("people", 3)], Limit(value=4, label="limit"))

    assert [(each.y1, each.y2) for each in drawing.strokes if each.css == "limit"] == [(20.0, 20.0)]
    assert [each.text for each in drawing.labels if each.css == "limit-name"] == ["limit"]


def test_a_limit_far_above_is_only_named_and_presses_nothing_flat():
    drawing = columns(["a"], [layer("people", 3)], Limit(value=75, label="limit"))

    assert [each for each in drawing.strokes if each.css == "limit"] == []
    assert [each.text for each in drawing.labels if each.css == "limit-name"] == ["↑ limit"]
    assert drawing.boxes[0].height == pytest.approx(156.0)


def test_only_as_many_names_stand_below_as_fit():
    names = [str(number) for number in range(26)]

    below = [
        each.text for each in columns(names, [layer("people", *range(26))]).labels if each.anchor == "middle"
    ]

    assert below == ["0", "5", "10", "15", "20", "25"]


def test_no_columns_at_all_are_an_empty_frame():
    assert columns([], [layer("people")]).boxes == ()


SCALE = [
    Length(seconds=60, name="1 min"),
    Length(seconds=3_600, name="1 h"),
    Length(seconds=216_000, name="60 h"),
]


def marks(*values: float | None) -> list[tuple[float, float]]:
    line = Line(css="median", values=values, tips=[""] * len(values))
    return [(each.x, each.y) for each in lengths(["a"] * len(values), [line], SCALE).dots]


def test_equal_multiples_are_equal_steps():
    found = marks(60, 3_600, 216_000)

    assert [y for _, y in found] == pytest.approx([176.0, 98.0, 20.0])
    assert [x for x, _ in found] == pytest.approx([50 + 302 / 6, 50 + 302 / 2, 50 + 302 * 5 / 6])


def test_what_is_shorter_than_the_scale_lies_on_the_floor_and_what_is_longer_at_the_top():
    assert [y for _, y in marks(0, 9_999_999)] == [176.0, 20.0]


def test_the_scale_ends_where_nothing_is_longer():
    line = Line(css="median", values=[1_800], tips=[""])

    left = [each.text for each in lengths(["a"], [line], SCALE).labels if each.anchor == "end"]

    assert left == ["1 min", "1 h"]


def test_a_gap_is_not_bridged():
    line = Line(css="median", values=[60, None, 60, 60], tips=[""] * 4)

    drawing = lengths(["a"] * 4, [line], SCALE)

    assert len(drawing.dots) == 3
    assert [each.css for each in drawing.strokes if "join" in each.css] == ["median join"]


def test_bars_are_as_long_as_their_values_and_a_little_is_always_seen():
    rows = [Bar(name=str(value), value=value, number=str(value), css="a") for value in (1_000, 500, 1, 0)]

    assert [each.width for each in bars(rows).boxes] == [284.0, 142.0, 1.0, 0.0]
    assert bars(rows).height == 136.0


def test_the_most_is_the_darkest_and_only_nothing_has_no_shade():
    drawing = heat(["月", "火"], ["0", "1", "2"], [[0, 1, 10], [5, 6, 0]], [["", "", ""], ["", "", ""]])

    assert [each.css for each in drawing.boxes] == [
        "heat-0",
        "heat-1",
        "heat-5",
        "heat-3",
        "heat-3",
        "heat-0",
    ]


def test_a_week_without_anything_is_drawn_empty():
    assert {each.css for each in heat(["月"], ["0"], [[0]], [[""]]).boxes} == {"heat-0"}


@pytest.mark.parametrize(("value", "written"), [(0.0, "0"), (12.0, "12"), (1 / 3, "0.3"), (99.96, "100")])
def test_positions_are_written_short(value: float, written: str):
    assert coordinate(value) == written
