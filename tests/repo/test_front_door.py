"""The front door: what people are told to type exists, and what is missing is said in one sentence."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
MAKEFILE = (REPO / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())  # type: ignore[index]
PAGES = [*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")]

TOO_OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n'


def run_make(folder: Path, *, pythons: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`make check` in a folder that has only the Makefile, on a machine that has only these Pythons."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    for name, script in pythons.items():
        (bin_folder / name).write_text(script, encoding="utf-8")
        (bin_folder / name).chmod(0o755)
    for tool in ("make", "basename"):
        (bin_folder / tool).symlink_to(str(shutil.which(tool)))
    for name in ("Makefile", "pyproject.toml", "requirements-dev.lock"):
        shutil.copy(REPO / name, folder)
    environ = {"PATH": str(bin_folder), "LC_ALL": "C"}
    return subprocess.run(
        ["make", "check"],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_make_alone_prints_every_target_in_both_languages():
    printed = subprocess.run(
        ["make"], cwd=REPO, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout

    assert set(re.findall(r"^  make ([a-z-]+)", printed, re.MULTILINE)) == TARGETS - {"help"}
    assert printed.count("\n" + " " * 20) == len(TARGETS - {"help"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_pages_name_only_targets_that_exist(page: Path):
    code = re.findall(r"`[^`]+`|^```.*?^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    named = {name for piece in code for name in re.findall(r"(?:^|`)make ([a-z-]+)", piece, re.MULTILINE)}

    assert named - TARGETS == set()


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_readme_begins_with_the_demo_and_the_tests(page: str):
    first_block = re.search(
        r"^```.*?^```", (REPO / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )

    assert first_block is not None
    assert re.findall(r"^make ([a-z-]+)", first_block[0], re.MULTILINE) == ["demo", "test"]


@pytest.mark.parametrize(
    ("pythons", "package"),
    [
        pytest.param({}, "python3-venv", id="no-python"),
        pytest.param({"python3": TOO_OLD}, "python3.11-venv", id="python-too-old"),
        pytest.param({"python3": WITHOUT_VENV}, "python3-venv", id="venv-missing"),
        pytest.param(
            {"python3": TOO_OLD, "python3.12": WITHOUT_VENV},
            "python3.12-venv",
            id="venv-missing-for-a-newer-python",
        ),
    ],
)
def test_missing_python_is_one_sentence_with_the_command_that_helps(
    tmp_path: Path, pythons: dict[str, str], package: str
):
    result = run_make(tmp_path, pythons=pythons)
    japanese, english, *rest = result.stderr.splitlines()

    assert result.returncode != 0
    assert japanese.endswith(f"次を実行してください: sudo apt install {package}")
    assert english.endswith(f"Please run: sudo apt install {package}")
    assert [line for line in rest if not line.startswith("make")] == []
    assert not (tmp_path / ".venv").exists()


def test_recipes_reach_outside_this_folder_nowhere():
    assert re.findall(r"https?:|sudo (?!apt install)|--user\b|--index|~/|/tmp", MAKEFILE) == []


def test_ci_runs_the_same_two_commands_as_people():
    ci = REPO / ".ci" / "run"

    assert os.access(ci, os.X_OK)
    assert re.findall(r"^make (\w+)$", ci.read_text(encoding="utf-8"), re.MULTILINE) == ["check", "test"]
    assert "set -euo pipefail" in ci.read_text(encoding="utf-8")
