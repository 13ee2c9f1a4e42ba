"""The lock files hold what pyproject.toml asks for, by hash, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPO = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.lock": PYPROJECT["project"]["dependencies"],
    "requirements-dev.lock": PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"],
}


def pins(lock: str) -> dict[str, str]:
    """Name and version of everything that a lock file pins."""
    return dict(
        re.findall(r"^([a-z0-9._-]+)==([^ ]+)", (REPO / lock).read_text(encoding="utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("lock", WANTED)
def test_lock_holds_what_pyproject_asks_for(lock: str):
    pinned = pins(lock)
    wanted = {canonicalize_name(line.name): line for line in map(Requirement, WANTED[lock])}
    wrong = {name for name, line in wanted.items() if not line.specifier.contains(pinned.get(name, "0"))}

    assert wrong == set()


def test_what_runs_is_what_was_tested():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_what_builds_the_wheel_is_locked_too():
    build = [canonicalize_name(Requirement(line).name) for line in PYPROJECT["build-system"]["requires"]]

    assert set(build) <= pins("requirements-dev.lock").keys()


@pytest.mark.parametrize("lock", WANTED)
def test_every_pin_has_its_hashes(lock: str):
    blocks = re.split(r"\n(?=[a-z])", (REPO / lock).read_text(encoding="utf-8"))

    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", WANTED)
def test_lock_names_no_place_to_download_from(lock: str):
    assert (
        re.findall(r"https?://|file:|--.*index|--find-links|/work|@ ", (REPO / lock).read_text("utf-8")) == []
    )
