"""An installed package carries all it needs: code, words, migrations, the shipped config and messages."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree and unpacked: what an installation puts into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPO, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site-packages")
    return folder / "site-packages"


def files_under(folder: Path, *, below: str = "") -> set[str]:
    found = (
        path for path in (folder / below).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {str(path.relative_to(folder)) for path in found}


def test_wheel_carries_the_whole_package(installed: Path):
    carried = {
        name
        for name in files_under(installed, below="scheduler")
        if not name.startswith("scheduler/shipped/")
    }

    assert carried == files_under(REPO, below="scheduler")


def test_wheel_carries_the_shipped_config_manifest_and_messages(installed: Path):
    assert files_under(installed / "scheduler" / "shipped") == {"config.yaml", "manifest.yaml"} | files_under(
        REPO, below="messages"
    )


def test_wheel_puts_nothing_else_beside_the_package(installed: Path):
    assert {path.name.partition("-")[0] for path in installed.iterdir()} == {
        "scheduler",
        "ambassador_scheduler",
    }


def python(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Runs Python in an empty folder, with the unpacked wheel before everything else."""
    environ = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environ, capture_output=True, check=False
    )


def test_the_check_passes_where_only_the_wheel_is(installed: Path, tmp_path: Path):
    used = python(installed, "-c", "import scheduler; print(scheduler.__file__)", cwd=tmp_path)
    check = python(installed, "-m", "scheduler", "check", cwd=tmp_path)

    assert Path(used.stdout.decode().strip()).is_relative_to(installed)
    assert (check.returncode, check.stderr.decode()) == (0, "")
    assert list(tmp_path.iterdir()) == []
