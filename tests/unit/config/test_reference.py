import re
from pathlib import Path

import pytest

from scheduler.config.keys import all_keys

DOCS = Path(__file__).parents[3] / "docs" / "reference"


def keys_on(page: str) -> list[str]:
    """`section` for each heading that is a key, `section.key` for each row under it."""
    keys: list[str] = []
    section = ""
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"## ([a-z_]+)", line):
            section = heading[1]
            keys.append(section)
        elif row := re.match(r"\| `([a-z_.]+)` \|", line):
            keys.append(f"{section}.{row[1]}")
    return keys


@pytest.mark.parametrize("page", ["config.md", "config.ja.md"])
def test_the_reference_names_every_key_in_the_order_of_the_file_and_no_other(page: str):
    assert keys_on(page) == list(all_keys())
