"""The image: built in stages from locked parts, run by nobody in particular."""

import json
import re
from pathlib import Path

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
    assert re.fullmatch(r"python:3\.1[1-9]-slim", bases[0])


def test_everything_that_comes_from_outside_is_locked():
    installs = [part for run in arguments("RUN") for part in run.split("&&") if "pip install" in part]

    assert len(installs) == 3
    assert [part for part in installs if "--require-hashes" not in part and "--no-index" not in part] == []


def test_the_running_user_is_a_number_and_not_root():
    (user,) = [argument for name, argument in final_stage() if name == "USER"]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_image_runs_the_check():
    commands = {
        name: json.loads(argument) for name, argument in final_stage() if name in {"ENTRYPOINT", "CMD"}
    }

    assert commands == {"ENTRYPOINT": ["ambassador"], "CMD": ["check"]}


def test_only_files_that_exist_and_are_not_ignored_are_copied():
    allowed = set(re.findall(r"^!(\S+)$", (REPO / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    copied = {word for line in arguments("COPY") if "--from" not in line for word in line.split()[:-1]} - {
        "."
    }

    assert copied <= allowed
    assert {name for name in allowed if not (REPO / name).exists()} == set()
