"""Whatever JSON stands in an export's files: no exception, and no fact that is out of shape."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.facts import MessagePosted
from scheduler.simulate.export import open_export

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("U1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
TS = st.just("1767603600.000100") | st.just("1767603601.000100")


def some(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """An object that may lack each of the fields, or have anything there."""
    return st.fixed_dictionaries({}, optional={name: field | anything for name, field in fields.items()})


names = st.sampled_from(["U1", "USLACKBOT", "中村 葵", "\ud83d"])
messages = some(
    type=st.just("message"),
    ts=TS,
    thread_ts=TS,
    user=names,
    text=names,
    subtype=st.sampled_from(["channel_join", "bot_message", "thread_broadcast", "channel_topic"]),
    bot_id=names,
    team=names,
    edited=some(user=names, ts=TS),
    reactions=st.lists(some(name=names, users=st.lists(names, max_size=2), count=st.integers()), max_size=2),
    user_profile=some(display_name=names, real_name=names, is_restricted=st.booleans()),
)
users = some(
    id=names,
    name=names,
    real_name=names,
    team_id=names,
    deleted=st.booleans(),
    profile=some(display_name=names, real_name=names),
)
channels = some(id=st.just("C1"), name=st.just("a"), created=st.integers(), is_private=st.booleans())


def lists_of(entries: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(entries | anything, max_size=3) | anything


@given(
    st.fixed_dictionaries(
        {
            "a/2026-01-05.json": lists_of(messages),
            "a/2026-01-06.json": lists_of(messages),
            "users.json": lists_of(users),
            "channels.json": lists_of(channels),
            "groups.json": lists_of(channels),
        }
    )
)
@settings(deadline=None)
def test_nothing_in_the_files_stops_the_reading(files: Mapping[str, object]) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "a").mkdir()
        for name, content in files.items():
            (Path(folder) / name).write_text(json.dumps(content), encoding="utf-8")
        with open_export(Path(folder)) as export:
            facts = list(export.facts())
            assert "".join([*export.problems.sentences("ja"), export.team]).isprintable()
    assert all(fact.text.encode() is not None for fact in facts if isinstance(fact, MessagePosted))
