"""Page after page, until there is no further one."""

import asyncio
from collections.abc import Mapping
from typing import Any, cast

import pytest

from scheduler.slack.paced import Paced
from scheduler.slack.reader import Reader


class Pages:
    """Stands in for Slack: each answer names the next page's cursor. Notes with which one it was asked."""

    def __init__(self, *cursors: str) -> None:
        self._cursors = [*cursors]
        self.asked: list[object] = []

    async def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        self.asked.append(arguments.get("cursor"))
        return {"members": [{"id": method}], "response_metadata": {"next_cursor": self._cursors.pop(0)}}


async def asked_for(pages: Pages) -> list[object]:
    reader = Reader(cast("Paced", pages))
    return [pages.asked[-1] async for _ in reader.members()]


@pytest.mark.parametrize(
    ("cursors", "asked"),
    [
        pytest.param([""], [None], id="one page"),
        pytest.param(["a", "b", ""], [None, "a", "b"], id="three"),
        pytest.param(["a", "a", "a", "a"], [None, "a"], id="a page that leads to itself is the last one"),
    ],
)
def test_each_page_is_read_once(cursors: list[str], asked: list[object]):
    assert asyncio.run(asked_for(Pages(*cursors))) == asked
