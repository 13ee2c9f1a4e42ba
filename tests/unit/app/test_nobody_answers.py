"""Where nobody answers: at the real Slack, or at a stand-in that does not run any more."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from scheduler.app.arrival import introduce
from scheduler.errors import SlackUnreachable
from scheduler.model.deliveries import Unknown


class Silent:
    """Implements what `introduce` needs of `Web`."""

    def __init__(self, api: str) -> None:
        self.client = SimpleNamespace(base_url=api)

    async def call(self, _: str) -> Unknown:
        return Unknown("timeout")


@pytest.mark.parametrize(
    ("api", "sentence"),
    [
        ("https://slack.com/api/", "slack.unreachable"),
        ("https://slack.city.example/api/", "slack.unreachable"),
        ("http://127.0.0.1:18999/api/", "slack.no_stand_in"),
        ("http://localhost:18999/api/", "slack.no_stand_in"),
    ],
)
def test_the_sentence_says_what_to_look_at(api: str, sentence: str):
    web: Any = Silent(api)
    with pytest.raises(SlackUnreachable) as refused:
        asyncio.run(introduce(web, web))

    assert refused.value.sentence == sentence
