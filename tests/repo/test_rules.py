"""Rules about the code are run, not remembered; these tests show that they bite."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PYPROJECT = (REPO / "pyproject.toml").read_text(encoding="utf-8")
RUFF = PYPROJECT[PYPROJECT.index("[tool.ruff]") : PYPROJECT.index("[tool.mypy]")]


def complaints(code: str, *, at: str) -> list[str]:
    """What ruff says, with our configuration, about code that stood in that file."""
    options = ["--no-cache", "--ignore-noqa", "--output-format", "concise", "--select", "TID251"]
    command = [sys.executable, "-m", "ruff", "check", *options, "--stdin-filename", at, "-"]
    result = subprocess.run(command, cwd=REPO, input=code.encode(), capture_output=True, check=False)
    return [line for line in result.stdout.decode().splitlines() if line.startswith(at)]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import datetime as dt\nx = dt.datetime.now()\n", id="now-through-an-alias"),
        pytest.param("from datetime import UTC, datetime\nx = datetime.now(UTC)\n", id="now"),
        pytest.param("from datetime import datetime\nx = datetime.utcnow()\n", id="utcnow"),
        pytest.param("from datetime import datetime\nx = datetime.today()\n", id="datetime-today"),
        pytest.param("from datetime import date\nx = date.today()\n", id="date-today"),
        pytest.param("import time\nx = time.time()\n", id="time"),
        pytest.param("import random\n", id="random"),
        pytest.param("from random import choice\n", id="from-random"),
        pytest.param("from uuid import uuid4\nx = uuid4()\n", id="uuid4"),
        pytest.param("from jinja2 import Template\n", id="jinja-template"),
        pytest.param("import jinja2\nx = jinja2.Environment()\n", id="jinja-environment"),
    ],
)
def test_banned_call_is_refused_with_our_own_words(code: str):
    (complaint,) = complaints(code, at="scheduler/policy/cases.py")

    assert re.search(r"is banned: (Time is|Randomness is|Templates come)", complaint)


def test_the_clock_may_read_the_clock():
    assert (
        complaints("from datetime import UTC, datetime\nx = datetime.now(UTC)\n", at="scheduler/clock.py")
        == []
    )


def test_measuring_a_duration_is_allowed():
    assert complaints("import time\nx = time.monotonic()\n", at="scheduler/simulate/run.py") == []


def test_only_the_clock_is_excepted_from_the_ban():
    exceptions = tomllib.loads(PYPROJECT)["tool"]["ruff"]["lint"]["per-file-ignores"]

    assert [path for path, rules in exceptions.items() if "TID251" in rules] == [
        "scheduler/clock.py",
        "tests/**",
    ]


def test_every_rule_that_is_switched_off_has_its_reason_beside_it():
    ignores = re.findall(r"^(?:ignore|\"\S+\") = \[\n(.*?)^\]", RUFF, re.MULTILINE | re.DOTALL)
    switched_off = [line for block in ignores for line in block.splitlines()]

    assert len(switched_off) > 10
    assert [line for line in switched_off if not re.search(r'^  "[A-Z]+[0-9]*", +# \S+ \S+', line)] == []


def test_every_exception_in_the_code_names_its_rule():
    blanket = re.compile(r"#\s*(noqa(?!: [A-Z]+\d+)|type: ignore(?!\[)|ruff: noqa|mypy: )")
    sources = [*(REPO / "scheduler").rglob("*.py"), *(REPO / "tests").rglob("*.py")]
    found = [
        path
        for path in sources
        if path != Path(__file__) and blanket.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_warnings_are_errors():
    assert tomllib.loads(PYPROJECT)["tool"]["pytest"]["ini_options"]["filterwarnings"] == ["error"]
