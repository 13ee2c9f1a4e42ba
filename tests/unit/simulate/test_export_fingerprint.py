"""What tells one export from another, and how far back it reaches."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.simulate.export import fingerprint_of, open_export
from tests.exports import message, write_export, zip_export

NINE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def an_export(folder: Path, text: str = "はじめまして") -> Path:
    return write_export(folder, users=["U1"], channels={"general": [message("U1", NINE, text)]})


def test_the_same_files_elsewhere_are_the_same_export(tmp_path: Path):
    one, other = an_export(tmp_path / "a"), an_export(tmp_path / "b")

    assert fingerprint_of(one) == fingerprint_of(other)
    assert len(fingerprint_of(one)) == 32


def test_a_zip_is_known_whatever_it_is_called(tmp_path: Path):
    first = zip_export(an_export(tmp_path / "a"), tmp_path / "first.zip")
    second = tmp_path / "second.zip"
    second.write_bytes(first.read_bytes())

    assert fingerprint_of(first) == fingerprint_of(second)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("general/2026-01-05.json", b"[]", id="a file that says something else"),
        pytest.param("general/2026-01-06.json", b"[]", id="a file more"),
    ],
)
def test_any_difference_makes_another_export(name: str, content: bytes, tmp_path: Path):
    export = an_export(tmp_path / "a")
    before = fingerprint_of(export)

    (export / name).write_bytes(content)

    assert fingerprint_of(export) != before


def test_a_file_that_moved_makes_another_export(tmp_path: Path):
    export = an_export(tmp_path / "a")
    before = fingerprint_of(export)

    (export / "general" / "2026-01-05.json").rename(export / "general" / "2026-01-06.json")

    assert fingerprint_of(export) != before


@pytest.mark.parametrize(
    ("channels", "oldest_on"),
    [
        pytest.param(
            b'[{"id": "C1", "name": "general", "created": 1500000000}, {"id": "C2", "name": "b"}]',
            date(2017, 7, 14),
            id="the oldest of those that say",
        ),
        pytest.param(b'[{"id": "C1", "name": "general"}]', None, id="none says"),
    ],
)
def test_how_far_back_it_reaches(channels: bytes, oldest_on: date | None, tmp_path: Path):
    export = an_export(tmp_path)
    (export / "channels.json").write_bytes(channels)

    with open_export(export) as opened:
        assert (opened.begins_on, opened.oldest_channel_on) == (date(2026, 1, 5), oldest_on)
