"""What an admin reads about each bad file, word for word; the words stand beside the files."""

from pathlib import Path

import pytest

from scheduler.config import describe, read
from tests.unit.config.files import FOLDER, LEAST, words_of

NAMES = sorted(path.name.removeprefix("bad.").removesuffix(".yaml") for path in FOLDER.glob("bad.*.yaml"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_bad_file_is_explained_in_exactly_these_words(language: str):
    words = (FOLDER / f"words.{language}.txt").read_text(encoding="utf-8")

    assert "\n\n".join(words_of(name, language) for name in NAMES) + "\n" == words


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_token_is_refused_without_being_repeated(tmp_path: Path, language: str):
    file = tmp_path / "config.yaml"
    file.write_text(LEAST + "storage:\n  database: xapp-1-A0000-secret\n  tokn: xoxe.xoxp-1-secret\n")

    _, problems = read(file)

    assert {problem.code for problem in problems} == {
        "config.token_in_file",
        "config.bad_database",
        "config.unknown_key",
    }
    assert "secret" not in "".join(describe(problem, language) for problem in problems)
    assert "secret" not in repr(problems)


@pytest.mark.parametrize("key", ["slack_api", "admins", "health", "bot_token"])
def test_a_token_is_refused_in_the_service_section_too(tmp_path: Path, key: str):
    file = tmp_path / "config.yaml"
    file.write_text(LEAST + f"service:\n  {key}: xoxb-1234-5678-secret\n")

    _, problems = read(file)

    assert "config.token_in_file" in {problem.code for problem in problems}
    assert "secret" not in repr(problems)


def test_the_password_of_a_database_is_not_repeated():
    assert "very-secret" not in words_of("bad_database", "ja")
