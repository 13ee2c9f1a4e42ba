"""The small config files of the tests, and what reading them tells."""

from pathlib import Path

from scheduler.config import describe, read
from scheduler.errors import Problem
from scheduler.settings import Settings

FOLDER = Path(__file__).parents[2] / "data" / "config"
LEAST = (FOLDER / "good.least.yaml").read_text(encoding="utf-8")


def problems_of(name: str) -> tuple[Problem, ...]:
    settings, problems = read(FOLDER / f"bad.{name}.yaml")
    assert settings is None
    return problems


def words_of(name: str, language: str) -> str:
    """All problems in words, the folder left out."""
    told = "\n".join(describe(problem, language) for problem in problems_of(name))
    return told.replace(f"{FOLDER}/", "")


def settings_of(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    settings, problems = read(file)
    assert problems == ()
    assert settings is not None
    return settings


def codes_of(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return [problem.code for problem in read(file)[1]]
