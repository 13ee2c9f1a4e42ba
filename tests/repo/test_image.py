"""The image: built in stages from locked parts, run by nobody in particular."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


def steps() -> list[tuple[str, str]]:
    """The Dockerfile as pairs of instruction and argument, continued lines joined."""
    text = (REPO / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [
        line.split(maxsplit=1) for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]
    return [(instruction, argument) for instruction, argument in lines]


def arguments(instruction: str) -> list[str]:
    return [argument for name, argument in steps() if name == instruction]


def final_stage() -> list[tuple[str, str]]:
    last_from = max(index for index, (name, _) in enumerate(steps()) if name == "FROM")
    return steps()[last_from:]


def test_every_stage_stands_on_the_same_slim_python():
    bases = [argument.split()[0] for argument in arguments("FROM")]

    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.1[1-9]-slim-[a-z]+", bases[0])


def test_everything_that_comes_from_outside_is_locked():
    installs = [part for run in arguments("RUN") for part in run.split("&&") if "pip install" in part]

    assert len(installs) == 3
    assert [part for part in installs if "--require-hashes" not in part and "--no-index" not in part] == []


def test_the_running_user_is_a_number_and_not_root():
    (user,) = [argument for name, argument in final_stage() if name == "USER"]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_image_runs_the_service_and_asks_it_how_it_is():
    commands = {
        name: json.loads(argument) for name, argument in final_stage() if name in {"ENTRYPOINT", "CMD"}
    }

    assert commands == {"ENTRYPOINT": ["ambassador"], "CMD": ["run"]}
    assert healthcheck() == ["ambassador", "healthcheck"]


def healthcheck() -> list[str]:
    """What Docker runs to know how the service is; not through a shell."""
    ((_, argument),) = [step for step in final_stage() if step[0] == "HEALTHCHECK"]
    words: list[str] = json.loads(argument.partition(" CMD ")[2])
    return words


def environment() -> dict[str, str]:
    """What the image sets."""
    ((_, argument),) = [step for step in final_stage() if step[0] == "ENV"]
    return dict(word.split("=", 1) for word in shlex.split(argument))


def test_one_folder_is_written_to_it_is_a_volume_and_belongs_to_the_running_user():
    values = dict(final_stage())

    assert values["VOLUME"] == values["WORKDIR"] == "/var/lib/ambassador"
    assert values["RUN"] == "install -d -o 10001 -g 10001 -m 0700 /var/lib/ambassador"
    assert values["USER"] == "10001:10001"


def test_docker_stops_it_with_the_signal_that_it_knows():
    assert dict(final_stage())["STOPSIGNAL"] == "SIGTERM"


def test_the_linter_finds_nothing():
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        pytest.skip("hadolint has no program for this machine")
    result = subprocess.run([linter, REPO / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (0, "")


def test_only_files_that_exist_and_are_not_ignored_are_copied():
    allowed = set(re.findall(r"^!(\S+)$", (REPO / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    copied = {word for line in arguments("COPY") if "--from" not in line for word in line.split()[:-1]} - {
        "."
    }

    assert copied <= allowed
    assert {name for name in allowed if not (REPO / name).exists()} == set()
