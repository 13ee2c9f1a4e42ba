from hashlib import sha256
from pathlib import Path

import pytest

from scheduler.config import find, load, read, shipped
from scheduler.errors import ProblemsFound
from tests.unit.config.files import FOLDER, LEAST, codes_of


def test_all_problems_of_form_and_of_meaning_are_told_in_one_run_in_the_order_of_the_file(tmp_path: Path):
    text = """\
workspace:
  url: https://example.slack.com
  timezone: Asia/Tokio
mood: shadow
calendar:
  hours:
    1-5: 08:30-17:15
channels:
  - match: "*"
    kind: questions
  - match: general
    kind: chatt
    topik: x
escalation:
  steps:
    - {id: a, when: untouched, after: 1h, tell: channel, message: x}
    - {id: a, when: untouched, after: 2h, tell: channel, message: x}
onboarding:
  send_window: 09:00
  steps: []
limits:
  quiet:
    - {from: 09:00, to: 09:00}
"""
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")

    _, problems = read(file)

    assert [(problem.code.removeprefix("config."), problem.line) for problem in problems] == [
        ("missing_key", 0),
        ("unknown_zone", 3),
        ("unknown_key", 4),
        ("weekday_number", 7),
        ("unknown_choice", 12),
        ("unknown_key", 13),
        ("id_twice", 17),
        ("bad_hours", 19),
        ("quiet_whole_day", 23),
    ]


def test_a_broken_item_does_not_make_its_list_empty(tmp_path: Path):
    assert codes_of(tmp_path, LEAST.replace("kind: questions", "kind: x")) == ["config.unknown_choice"]


def test_a_problem_names_its_path():
    _, problems = read(FOLDER / "bad.member_id.yaml")

    assert [problem.path for problem in problems] == ["ambassadors.people[1].member"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\x83\x49\x83t\x83B\x83X: 1\n", "yaml.not_utf8", id="saved-as-shift-jis"),
        pytest.param(b"", "yaml.empty", id="empty"),
        pytest.param(b"workspace\n", "yaml.no_mapping", id="no-mapping"),
        pytest.param("workspace：\n  url: x\n".encode(), "yaml.wide_colon", id="full-width-colon"),
        pytest.param(b"workspace:\n\turl: x\n", "yaml.tab", id="tab"),
        pytest.param(b"channels: [*a, *b]\n", "yaml.special_start", id="alias"),
    ],
)
def test_a_file_that_is_no_good_yaml_is_a_problem(tmp_path: Path, content: bytes, code: str):
    file = tmp_path / "config.yaml"
    file.write_bytes(content)

    settings, problems = read(file)

    assert settings is None
    assert problems[0].code == code


def test_a_full_width_colon_inside_a_section_is_named_as_such(tmp_path: Path):
    assert codes_of(tmp_path, LEAST + "beginners:\n  posts：3\n") == ["yaml.wide_colon"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("absent.yaml", "yaml.missing_file", id="missing"),
        pytest.param("", "yaml.unreadable_file", id="folder"),
        pytest.param("\0", "yaml.unreadable_file", id="no-path-at-all"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, name: str, code: str):
    _, problems = read(tmp_path / name)

    assert [problem.code for problem in problems] == [code]


def test_load_raises_all_problems_at_once():
    with pytest.raises(ProblemsFound) as raised:
        load(FOLDER / "bad.unknown_key.yaml")

    assert [problem.code for problem in raised.value.problems] == ["config.unknown_key"]


def test_settings_know_their_file_and_the_hash_of_its_bytes():
    settings = load(FOLDER / "good.least.yaml")

    assert settings.file == str(FOLDER / "good.least.yaml")
    assert settings.config_hash == sha256(LEAST.encode()).hexdigest()[:12]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path):
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())

    assert load(file).workspace == load(FOLDER / "good.least.yaml").workspace


def test_the_file_that_is_given_is_used_even_if_it_does_not_exist(tmp_path: Path):
    assert find(tmp_path / "absent.yaml") == tmp_path / "absent.yaml"


def test_config_yaml_in_this_folder_is_used_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(LEAST, encoding="utf-8")

    assert find(None) == Path("config.yaml")


def test_the_shipped_file_is_used_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    assert find(None) == shipped()
    assert shipped().is_file()


def test_the_environment_names_the_file_where_no_option_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AMBASSADOR_CONFIG", str(tmp_path / "etc.yaml"))

    assert find(None) == tmp_path / "etc.yaml"
    assert find(tmp_path / "given.yaml") == tmp_path / "given.yaml"
