"""Whatever anybody makes up, of any shape and any order, is folded or refused: nothing is raised or stops."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.ports import Store
from scheduler.slack.events import HANDLED
from scheduler.store.engine import SqlStore
from tests.acceptance.faults.test_every_payload import (
    ends_of,
    nothing_is_left_and_nothing_else_was_raised,
    taken_in,
)

TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "<!channel> <@U1>",
        "\u202etxt",
        "\0",
        "\ud800",
        "a" * 41_000,
        "<https://x|<!here>>",
        "&lt;!here&gt;",
        "",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from(["C1", "C2", "U1", "U2", "UNEW", "S1", "USLACKBOT"])
TIMES = st.sampled_from(
    ["1785713400.000100", "1785713460.000200", "1785713520.0", "0.0", "9999999999.9", "x"]
)
MESSAGE = st.fixed_dictionaries(
    {"ts": TIMES, "user": IDS | JSON, "text": TEXT | JSON},
    optional={"thread_ts": TIMES | JSON, "edited": st.fixed_dictionaries({"ts": TIMES, "user": IDS}) | JSON},
)
USER = st.fixed_dictionaries(
    {"id": IDS},
    optional={
        "name": TEXT | JSON,
        "profile": st.fixed_dictionaries({"display_name": TEXT | JSON}) | JSON,
        **dict.fromkeys(("is_bot", "deleted", "is_restricted"), st.booleans() | JSON),
        "locale": TEXT | JSON,
    },
)
CHANNEL = st.fixed_dictionaries(
    {"id": IDS}, optional={"name": TEXT | JSON, "is_archived": st.booleans() | JSON}
)
#: Fields by the names of Slack's events, each mostly of its own kind.
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "channel": IDS | CHANNEL | JSON,
    "user": IDS | USER | JSON,
    "ts": TIMES | JSON,
    "thread_ts": TIMES | JSON,
    "deleted_ts": TIMES | JSON,
    "event_ts": TIMES | JSON,
    "text": TEXT | JSON,
    "subtype": st.sampled_from(["message_changed", "message_deleted", "bot_message", "file_share"]) | JSON,
    "message": MESSAGE | JSON,
    "previous_message": MESSAGE | JSON,
    "item": st.fixed_dictionaries({"type": st.just("message"), "channel": IDS, "ts": TIMES}) | JSON,
    "reaction": TEXT | JSON,
    "client_msg_id": TEXT | JSON,
    "old_channel_id": IDS | JSON,
    "new_channel_id": IDS | JSON,
    "tokens": st.fixed_dictionaries({"bot": st.lists(IDS, max_size=2)}) | JSON,
    "tab": st.sampled_from(["home", "messages"]) | JSON,
    "channel_type": st.sampled_from(["channel", "im", "group"]) | JSON,
}
EVENT = st.builds(
    lambda kind, fields: {**fields, "type": kind},
    st.sampled_from([*HANDLED, "emoji_changed"]) | JSON,
    st.fixed_dictionaries({}, optional=dict(FIELDS)),
)
PAYLOAD = st.fixed_dictionaries(
    {"event": EVENT | JSON},
    optional={
        "event_time": st.integers() | JSON,
        "type": st.sampled_from(["event_callback", "app_rate_limited"]),
    },
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PAYLOAD, min_size=1, max_size=25))
def test_fault_24_whatever_is_made_up_is_folded_or_refused(payloads: list[dict[str, Any]]):
    named = [{**payload, "event_id": f"Ev{number}"} for number, payload in enumerate(payloads)]
    with TemporaryDirectory() as folder:
        ends = ends_of(named, Path(folder))

    assert len(ends) == len(named)
    nothing_is_left_and_nothing_else_was_raised(ends)


@settings(deadline=None, max_examples=40)
@given(st.lists(PAYLOAD, min_size=1, max_size=25))
def test_what_is_folded_as_it_was_heard_says_the_same_as_what_was_kept_of_it(payloads: list[dict[str, Any]]):
    named = [{**payload, "event_id": f"Ev{number}"} for number, payload in enumerate(payloads)]
    with TemporaryDirectory() as folder:
        heard = asyncio.run(taken_in(named, f"sqlite:///{folder}/heard.db", everything))
        kept = asyncio.run(taken_in(named, f"sqlite:///{folder}/kept.db", everything, again=True))

    assert heard == kept


def everything(store: Store) -> list[str]:
    """All that the database knows."""
    assert isinstance(store, SqlStore)
    names = store._driver.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    rows = (store._driver.execute(f'SELECT * FROM "{name}"') for (name,) in names.fetchall())
    return [repr(row) for some in rows for row in some]
