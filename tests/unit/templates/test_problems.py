"""Each rule has a bad file in tests/data/bad_messages, which says itself where and what the problem is."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from scheduler import templates
from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import Problem
from scheduler.strictyaml import describe

BAD_FILES = sorted((Path(__file__).parents[2] / "data" / "bad_messages").glob("bad.*.yaml"))
EXPECTED = re.compile(r"# expect: (\S+) (\d+):(\d+)(?: near=(\S+))?\n")


def problems_of(folder: Path) -> tuple[Problem, ...]:
    messages, problems = templates.read(folder)
    assert (messages is None) == bool(problems)
    return problems


def alone(bad: Path, tmp_path: Path) -> Path:
    (tmp_path / "ja").mkdir()
    shutil.copy(bad, tmp_path / "ja" / "message.yaml")
    return tmp_path


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda path: path.stem)
def test_a_bad_file_has_exactly_the_problem_that_it_says(bad: Path, tmp_path: Path):
    expected = EXPECTED.match(bad.read_text(encoding="utf-8"))
    assert expected is not None
    code, line, column, near = expected.groups()
    found = [(p.code, p.line, p.column, p.near) for p in problems_of(alone(bad, tmp_path))]
    assert found == [(code, int(line), int(column), near)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_told_in_words(language: str, tmp_path: Path, snapshot: SnapshotAssertion):
    told = []
    for bad in BAD_FILES:
        folder = tmp_path / bad.stem
        folder.mkdir()
        told += [replace(p, file=bad.name) for p in problems_of(alone(bad, folder))]
    assert "\n".join(describe(problem, language) for problem in told) == snapshot


@pytest.mark.parametrize(
    ("files", "code", "near"),
    [
        pytest.param({}, "messages.none", None, id="empty-folder"),
        pytest.param({"jp/welcome.yaml": "GOOD"}, "messages.unknown_language", "ja", id="unknown-language"),
        pytest.param({"ja/welcome.yml": "GOOD"}, "messages.wrong_ending", None, id="ends-in-yml"),
        pytest.param({"ja/welcome.YAML": "GOOD"}, "messages.wrong_ending", None, id="ends-in-capitals"),
        pytest.param({"ja/ようこそ.yaml": "GOOD"}, "messages.wrong_name", None, id="japanese-file-name"),
        pytest.param({"ja/welcome.yaml": ""}, "yaml.empty", None, id="empty-file"),
        pytest.param({"ja/welcome.yaml": "a: [1"}, "yaml.bracket", None, id="broken-yaml"),
        pytest.param({"ja/welcome.yaml": "- a"}, "yaml.no_mapping", None, id="a-list"),
    ],
)
def test_a_wrong_folder_is_named(files: dict[str, str], code: str, near: str | None, tmp_path: Path):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("GOOD", "kind: welcome\ntext: a\nplain: a\n"), encoding="utf-8")
    assert [(p.code, p.near) for p in problems_of(tmp_path)] == [(code, near)]


def test_a_folder_that_does_not_exist_is_one_problem(tmp_path: Path):
    assert [p.code for p in problems_of(tmp_path / "messages")] == ["messages.no_folder"]


def test_a_file_in_another_encoding_is_a_problem_and_no_exception(tmp_path: Path):
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja" / "welcome.yaml").write_bytes("kind: welcome # ようこそ".encode("shift_jis"))
    assert [p.code for p in problems_of(tmp_path)] == ["yaml.not_utf8"]


def test_all_problems_of_all_files_are_told_in_one_run(tmp_path: Path):
    for language, text in {"ja": "kind: welcome\ntext: '{{ a }} {{ b }}'\n", "en": "kind: x\n"}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "welcome.yaml").write_text(text, encoding="utf-8")
    found = [(Path(p.file).parent.name, p.code) for p in problems_of(tmp_path)]
    assert found == [
        ("en", "messages.wrong_kind"),
        ("ja", "messages.missing"),
        ("ja", "messages.unknown_placeholder"),
        ("ja", "messages.unknown_placeholder"),
    ]


def test_a_message_has_the_same_kind_in_both_languages(tmp_path: Path):
    for language, kind in {"ja": "welcome", "en": "thanks"}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "hello.yaml").write_text(
            f"kind: {kind}\ntext: a\nplain: a\n", encoding="utf-8"
        )
    (problem,) = problems_of(tmp_path)
    assert (problem.code, dict(problem.values)) == (
        "messages.kind_differs",
        {"kind": "thanks", "other": "welcome", "language": "ja"},
    )


@pytest.mark.parametrize(
    "name", ["README.md", ".welcome.yaml.swp", "_draft.yaml", "welcome.yaml~", "~w.yaml"]
)
def test_files_that_are_no_messages_are_left_alone(name: str, tmp_path: Path):
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja" / "welcome.yaml").write_text("kind: welcome\ntext: a\nplain: a\n", encoding="utf-8")
    (tmp_path / "ja" / name).write_text("{{", encoding="utf-8")
    assert problems_of(tmp_path) == ()


def test_every_sentence_of_a_problem_exists_in_both_languages_and_is_used():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(templates.__file__).parent.glob("*.py")
        if path.name != "reference.py"
    )
    used = set(re.findall(r"\"messages\.([a-z_]+)\"", sources))
    catalogue = Path(say.__code__.co_filename).parent
    for language in LANGUAGES:
        text = (catalogue / language / "messages.yaml").read_text(encoding="utf-8")
        assert set(re.findall(r"^([a-z_]+):", text, re.MULTILINE)) == used
