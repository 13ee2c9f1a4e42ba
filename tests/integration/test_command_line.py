"""The command as people type it: what it prints, on which stream, in which language, with which exit code."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from scheduler.cli import app
from tests.exports import channel_id, joined, message, user, write_export, zip_export

REPO = Path(__file__).parents[2]
SHIPPED = REPO / "config.yaml"


def ambassador(*arguments: object, **environ: str) -> Result:
    """Runs the command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environ)


def started(*arguments: object, cwd: Path = REPO, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs the command; only what is given stands in its language settings."""
    return subprocess.run(
        [sys.executable, "-m", "scheduler", *(str(argument) for argument in arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPO), **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community of two: one asks, nobody answers for a day."""
    folder = tmp_path_factory.mktemp("export")
    write_export(
        folder,
        users=[user("U1"), user("U2")],
        channels={
            "質問": [
                joined("U1", at("2026-04-13 09:00")),
                joined("U2", at("2026-04-13 09:05")),
                message("U1", at("2026-04-14 10:00"), "様式の押印は、まだ要りますでしょうか"),
                message("U2", at("2026-04-20 10:00"), "おはようございます"),
            ]
        },
    )
    return folder


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        pytest.param("ja", "問題は見つかりませんでした。", id="ja"),
        pytest.param("en", "No problems found.", id="en"),
    ],
)
def test_check_says_what_it_found_and_that_it_is_fine(lang: str, sentence: str):
    done = ambassador("check", "--lang", lang)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == sentence


def test_the_language_is_the_terminals_unless_asked_otherwise():
    assert "No problems" in ambassador("check", LANG="C").stdout
    assert "問題は" in ambassador("check", LANG="ja_JP.UTF-8").stdout
    assert "No problems" in ambassador("check", "--lang", "en", LANG="ja_JP.UTF-8").stdout


def test_help_is_told_in_the_terminals_language():
    assert "過去の記録に当てはめてみる" in started("--help", LANG="ja_JP.UTF-8").stdout
    assert "Replay a history" in started("--help", LANG="C").stdout


def test_a_terminal_that_knows_no_japanese_gets_marks_instead_of_a_crash():
    done = started("check", "--lang", "ja", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_broken_config_is_told_whole_on_standard_error_with_exit_code_2(tmp_path: Path):
    config = tmp_path / "config.yaml"
    broken = SHIPPED.read_text(encoding="utf-8").replace("mode: shadow", "mode: shaddow")
    config.write_text(broken.replace("run_gap: 10m", "run_gap: ten"), encoding="utf-8")

    done = ambassador("check", "--config", config, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert re.findall(r"\[(config\.\w+)\]", done.stderr) == ["config.unknown_choice", "config.bad_duration"]
    assert done.stderr.splitlines()[-1] == "Problems found: 2. Please mend them and try again."


def test_the_mode_that_really_sends_is_never_suggested(tmp_path: Path):
    config = tmp_path / "config.yaml"
    text = SHIPPED.read_text(encoding="utf-8")

    config.write_text(text.replace("mode: shadow", "mode: lvie"), encoding="utf-8")
    near_live = ambassador("check", "--config", config, "--lang", "en").stderr
    config.write_text(text.replace("mode: shadow", "mode: shadwo"), encoding="utf-8")
    near_shadow = ambassador("check", "--config", config, "--lang", "en").stderr

    assert ("Did you mean" in near_live, "Did you mean `shadow`?" in near_shadow) == (False, True)


@pytest.mark.parametrize(
    ("hours", "holidays", "told"),
    [
        pytest.param("00:00-24:00", "none", "00:00–24:00 (without closures)", id="no holidays"),
        pytest.param("09:00-17:00", "japan", "09:00–17:00 (without holidays and closures)", id="both"),
    ],
)
def test_check_tells_the_office_hours_as_they_are_written(
    tmp_path: Path, hours: str, holidays: str, told: str
):
    config = tmp_path / "config.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert "holidays: japan" in text
    text = re.sub("08:30-17:15", hours, text.replace("holidays: japan", f"holidays: {holidays}"))
    config.write_text(text, encoding="utf-8")

    done = ambassador("check", "--config", config, "--lang", "en")

    assert told in done.stdout


@pytest.mark.parametrize("command", ["check", "simulate"])
def test_a_config_that_is_not_there_is_one_sentence(command: str, tmp_path: Path):
    done = ambassador(command, "--config", tmp_path / "none.yaml", "--lang", "en")

    assert (done.exit_code, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "none.yaml" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("missing", None, id="missing"),
        pytest.param("text.zip", b"not a zip", id="no-zip"),
        pytest.param("empty", b"", id="empty-file"),
    ],
)
def test_a_path_that_is_no_export_is_one_sentence_and_exit_code_2(
    name: str, content: bytes | None, tmp_path: Path
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    done = ambassador("simulate", path, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--from", "2026-05-01", "--to", "2026-04-01"), id="backwards"),
        pytest.param(("--from", "yesterday"), id="no-date"),
        pytest.param(("--lang", "fr"), id="no-such-language"),
        pytest.param(("--nonsense",), id="no-such-option"),
    ],
)
def test_options_that_make_no_sense_end_with_exit_code_2(arguments: tuple[str, ...]):
    done = ambassador("simulate", *arguments)

    assert (done.exit_code, done.stdout, "Traceback" in done.stderr) == (2, "", False)


def test_simulate_shows_what_would_have_been_sent(export: Path):
    done = ambassador("simulate", export, "--config", SHIPPED, "--lang", "en")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Nothing was really sent." in done.stdout
    assert "a member joined 2" in done.stdout


def test_a_zip_and_its_folder_give_the_same(export: Path, tmp_path: Path):
    zipped = zip_export(export, tmp_path / "export.zip")

    told = [ambassador("simulate", path, "--config", SHIPPED, "--json").stdout for path in (export, zipped)]

    assert told[0] == told[1]


def test_json_tells_every_case_and_every_message(export: Path):
    told = json.loads(ambassador("simulate", export, "--config", SHIPPED, "--json").stdout)

    case = told["cases"][0]
    assert told["schema"] == "ambassador.simulate/1"
    assert (case["channel"], case["reads_like_a_question"], case["outcome"]) == (
        channel_id("質問"),
        True,
        "open",
    )
    assert [(one["kind"], one["reason"]) for one in told["messages"]] == [
        ("welcome", "new_member"),
        ("welcome", "new_member"),
        ("alert", "untouched"),
        ("alert", "untouched"),  # whole-team; nobody could be second-pair, and the channel knew already
        ("alert", "unanswered"),
        ("thanks", "end_of_week"),
    ]


def test_json_is_the_same_in_every_language_and_zone(export: Path):
    told = {
        started("simulate", export, "--config", SHIPPED, "--json", "--lang", lang, TZ=zone).stdout
        for lang, zone in (("ja", "Asia/Tokyo"), ("en", "America/Sao_Paulo"))
    }

    assert len({re.sub(r'"sentence": "[^"]*"', "", one) for one in told}) == 1


def test_what_is_wrong_with_an_export_is_told_at_the_end_and_the_rest_goes_on(tmp_path: Path):
    write_export(
        tmp_path,
        users=[user("U1")],
        channels={"質問": [joined("U1", at("2026-04-13 09:00")), message("U1", at("2026-04-16 09:00"))]},
        files={
            "質問/2026-04-14.json": b'[{"type": "message", "ts": "soon"}]',
            "質問/2026-04-15.json": b"{broken",
        },
    )

    done = ambassador("simulate", tmp_path, "--config", SHIPPED, "--lang", "en")

    assert done.exit_code == 0
    assert "2026-04-15.json" in done.stdout
    assert "a member joined 1" in done.stdout


def test_an_empty_period_is_said_to_be_empty(export: Path):
    done = ambassador("simulate", export, "--config", SHIPPED, "--from", "2030-01-01", "--lang", "en")

    assert done.exit_code == 0
    assert "2030-01-01" in done.stdout


def test_the_sample_community_tells_its_story():
    done = ambassador("simulate", "--story", "--lang", "ja")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "だれの目にもとまらないまま期限が来る" in done.stdout
    assert "make demo" in done.stdout.splitlines()[-3]


def test_nothing_is_left_behind(export: Path, tmp_path: Path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    started("simulate", export, "--config", SHIPPED, TMPDIR=str(temporary))

    assert list(temporary.iterdir()) == []


def test_check_shows_every_wording_of_a_message():
    done = ambassador("check", "--show", "thanks", "--lang", "en")

    assert done.exit_code == 0
    assert re.findall(r"── (\w+ \d) ──", done.stdout) == [
        f"{tongue} {n}" for tongue in ("ja", "en") for n in (1, 2, 3, 4)
    ]


def test_check_knows_no_message_of_that_name():
    done = ambassador("check", "--show", "welcom", "--lang", "en")

    sentence = 'There is no message "welcom". `ambassador check` names them all.\n'
    assert (done.exit_code, done.stderr) == (2, sentence)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        pytest.param(
            "ja", "「2026/04/01」は日付として読めません。2026-04-01 のように書いてください。", id="ja"
        ),
        pytest.param("en", '"2026/04/01" is not a date. Write it like 2026-04-01.', id="en"),
    ],
)
def test_a_date_that_is_none_is_told_in_the_language_asked_for(lang: str, sentence: str):
    done = started("simulate", "--from", "2026/04/01", "--lang", lang, COLUMNS="200")

    assert (done.returncode, sentence in done.stderr) == (2, True)


def test_the_story_is_the_samples_alone(export: Path):
    for arguments in ((export, "--story"), ("--json", "--story")):
        done = ambassador("simulate", *arguments, "--lang", "en")

        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("--story belongs to the sample community")


def with_ambassador(folder: Path, member: str) -> Path:
    file = folder / "config.yaml"
    people = f"people:\n    - member: {member}\n"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace("people: []", people), encoding="utf-8")
    return file


def test_an_ambassador_whom_the_history_does_not_know_is_named(export: Path, tmp_path: Path):
    told = json.loads(
        ambassador("simulate", export, "--config", with_ambassador(tmp_path, "U0TYPO9999"), "--json").stdout
    )

    assert "unknown_ambassador" in [finding["code"] for finding in told["findings"]]


def test_channels_that_the_history_does_not_know_are_named(export: Path):
    done = ambassador("simulate", export, "--config", SHIPPED, "--lang", "en")

    assert "There is no channel #雑談 in this history" in done.stdout.replace("\n", " ")


def test_the_sample_uses_the_ambassadors_of_the_config_when_it_names_some(tmp_path: Path):
    config = with_ambassador(tmp_path, "U0SAMPLE03")

    told = json.loads(ambassador("simulate", "--config", config, "--json").stdout)

    assert {m["ambassador"] for m in told["messages"]} == {"U0SAMPLE03", None}
