import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.strictyaml import Document, compose


def document(text: str) -> Document:
    composed, problems = compose(text, "file.yaml")
    assert problems == ()
    assert composed is not None
    return composed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("09:00", "09:00"),
        ("10:00", "10:00"),
        ("22:30", "22:30"),
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("0120", "0120"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("2026-12-29", "2026-12-29"),
        ("12-29..01-03", "12-29..01-03"),
        ("<<", "<<"),
        ("=", "="),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("0", 0),
        ("120", 120),
        ("-3", -3),
        ("1.5", 1.5),
        ("9" * 5000, "9" * 5000),
        ('"12"', "12"),
        ("'true'", "true"),
        ("|\n  *a*\n  b", "*a*\nb"),
        (">-\n  a\n  b", "a b"),
        ("[1, a]", [1, "a"]),
        ("{b: 1}", {"b": 1}),
    ],
)
def test_scalars_are_what_they_look_like(text: str, value: object):
    assert document(f"a: {text}").data == {"a": value}


def test_keys_are_always_text():
    assert document("1: a\ntrue: b\n09:00: c\n").data == {"1": "a", "true": "b", "09:00": "c"}


TEXT = """\
first: 1
section:
  key: value
  list:
    - id: a
      name: 日本語
    - {id: b}
"""


@pytest.mark.parametrize(
    ("path", "position"),
    [
        pytest.param((), (1, 1), id="file"),
        pytest.param(("first",), (1, 8), id="value"),
        pytest.param(("section",), (2, 1), id="mapping-by-its-key"),
        pytest.param(("section", "key"), (3, 8), id="value-inside"),
        pytest.param(("section", "list"), (4, 3), id="list-by-its-key"),
        pytest.param(("section", "list", 0), (5, 7), id="item"),
        pytest.param(("section", "list", 0, "name"), (6, 13), id="value-of-an-item"),
        pytest.param(("section", "list", 1, "id"), (7, 12), id="in-brackets"),
        pytest.param(("section", "absent"), (2, 1), id="missing-by-its-parent"),
        pytest.param(("section", "list", 0, "x", "y"), (5, 7), id="missing-by-its-grandparent"),
    ],
)
def test_positions(path: tuple[str | int, ...], position: tuple[int, int]):
    assert document(TEXT).position(path) == position


def test_key_positions():
    composed = document(TEXT)

    assert composed.key_position(("section", "list", 0, "name")) == (6, 7)
    assert composed.key_position(("section", "list", 0)) == (5, 7)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("section", "list", 0, "id"), "a"),
        (("first",), 1),
        (("section", "list", 9), None),
        (("first", "x"), None),
    ],
)
def test_values(path: tuple[str | int, ...], value: object):
    assert document(TEXT).value(path) == value


def test_a_path_is_told_with_items_that_count_from_1():
    problem = document(TEXT).problem("yaml.tab", ("section", "list", 1, "id"))

    assert problem.path == "section.list[2].id"


def test_both_lines_of_a_duplicate_key_are_named():
    composed, problems = compose("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n", "file.yaml")

    assert composed is None
    assert [(each.code, each.line, each.column, dict(each.values)) for each in problems] == [
        ("yaml.duplicate_key", 4, 3, {"key": "c", "first": "3"}),
        ("yaml.duplicate_key", 5, 1, {"key": "a", "first": "1"}),
    ]


def test_all_aliases_anchors_and_tags_are_refused_in_one_run():
    _, problems = compose("a: &x [1]\nb: *x\nc: !!python/name:os.system\n", "file.yaml")

    assert [(each.line, each.values["sign"]) for each in problems] == [(1, "&"), (2, "*"), (3, "!")]


def test_a_bomb_of_aliases_does_not_go_off():
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))

    composed, problems = compose(bomb, "file.yaml")

    assert composed is None
    assert {each.code for each in problems} == {"yaml.special_start"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("[" * 100_000, "yaml.too_deep", id="brackets"),
        pytest.param("".join(f"{' ' * n}a:\n" for n in range(200)), "yaml.too_deep", id="indents"),
        pytest.param("a: " + "x" * 500_000, "yaml.too_large", id="size"),
    ],
)
def test_what_is_too_much_is_refused(text: str, code: str):
    assert [each.code for each in compose(text, "file.yaml")[1]] == [code]


def test_signs_that_could_steer_a_terminal_do_not_come_in():
    _, problems = compose('a: "\\e[31m"\n"\\a": 1\n', "file.yaml")

    assert [(each.code, each.line, each.values["sign"]) for each in problems] == [
        ("yaml.control_character", 1, "U+001B"),
        ("yaml.control_character", 2, "U+0007"),
    ]


@given(st.text(alphabet="ab:-#*&!|>[]{}'\"\\%@`?~ \n\t　：", max_size=60))
def test_any_text_is_a_document_or_a_problem(text: str):
    composed, problems = compose(text, "file.yaml")

    assert (composed is None) == bool(problems)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(-999, 999) | st.text("abc", min_size=1)))
def test_plain_data_comes_back(data: dict[str, object]):
    text = "".join(f"{key}: {value}\n" for key, value in data.items())

    composed, _ = compose(text, "file.yaml")

    assert (composed.data if composed else {}) == data
