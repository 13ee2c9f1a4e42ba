from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler import templates
from scheduler.templates import Messages

Written = Callable[..., Messages]


@pytest.fixture(scope="session")
def shipped() -> Messages:
    """The messages that the project ships."""
    messages, problems = templates.read(templates.shipped())
    assert messages is not None, problems
    return messages


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Messages from file texts, by keyword: `ja_welcome="kind: …"`."""

    def write(**files: str) -> Messages:
        for name, text in files.items():
            language, _, stem = name.partition("_")
            path = tmp_path / language / f"{stem}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        messages, problems = templates.read(tmp_path)
        assert messages is not None, problems
        return messages

    return write
