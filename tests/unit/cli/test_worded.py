"""A command line that cannot be used is refused in the reader's language, and help has our headings."""

import subprocess
import sys

import pytest

from scheduler.catalogue import LANGUAGES

REFUSED = [
    (("explain",), "--post が抜けています。", "--post is missing."),
    (("import",), "EXPORT が抜けています。", "EXPORT is missing."),
    (("explain", "--post"), "--post の後ろが抜けています。", "Something is missing behind --post."),
    (
        ("doctor", "--json=3"),
        "--json は、それだけで書きます。後ろには何も付けません。",
        "--json stands alone: nothing belongs behind it.",
    ),
    (
        ("check", "--confg", "x"),
        "ここに --confg というオプションはありません。もしかして --config ですか。",
        "There is no option --confg here. Did you mean --config?",
    ),
    (
        ("check", "--zzz"),
        "ここに --zzz というオプションはありません。",
        "There is no option --zzz here.",
    ),
    (
        ("simulat",),
        "simulat というコマンドはありません。もしかして simulate ですか。",
        "There is no command simulat. Did you mean simulate?",
    ),
    (
        ("check", "config.yaml"),
        "このコマンドには要らないものがあります: config.yaml",
        "This command has no place for: config.yaml",
    ),
    (
        ("backup", "--keep", "0"),
        "--keep: 「0」は、1 以上の整数ではありません。",
        '--keep: "0" is no whole number from 1 on.',
    ),
    (
        ("backfill", "--days", "all"),
        "--days: 「all」は、1 以上の整数ではありません。",
        '--days: "all" is no whole number from 1 on.',
    ),
    (("sandbox", "--port", "x"), "--port には数を書いてください。", "--port needs a number."),
]
ALL = """
import sys
from typer.testing import CliRunner
from scheduler.cli import app
for line in sys.stdin.read().splitlines():
    done = CliRunner().invoke(app, line.split(), prog_name="ambassador")
    print(done.exit_code, done.stderr.replace("\\n", " | "), sep=" | ")
"""


def refused(language: str) -> list[str]:
    """What all of them are told; the language is chosen when the process begins."""
    lines = "\n".join(" ".join(arguments) for arguments, *_ in REFUSED)
    done = subprocess.run(
        [sys.executable, "-c", ALL], input=lines, env={"LANG": language, "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_one_sentence_and_the_way_to_help(language: str):
    how = {"ja": "使い方", "en": "How to use it"}[language]
    wanted = []
    for arguments, ja, en in REFUSED:
        command = f"ambassador {arguments[0]}" if arguments[0] != "simulat" else "ambassador"
        wanted.append(f"2 | {ja if language == 'ja' else en} | {how}: {command} --help | ")

    assert refused(language) == wanted


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        pytest.param("en", ["Usage: ambassador import", "Arguments:", "[required]", "Options:"], id="en"),
        pytest.param("ja", ["使い方: ambassador import", "引数:", "[必須]", "オプション:"], id="ja"),
    ],
)
def test_help_has_our_headings(language: str, heads: list[str]):
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "import", "--help"], env={"LANG": language, "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert sorted(heads, key=done.stdout.index) == heads
