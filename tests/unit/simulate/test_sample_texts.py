import re
from collections.abc import Iterator

import pytest

from scheduler.model.facts import MessageEdited, MessagePosted
from scheduler.simulate.sample import channels, names, sample_community
from scheduler.simulate.sample.cast import people
from scheduler.simulate.sample.source import Item, read_conversations, read_items

TOLD = [fact for fact in sample_community() if isinstance(fact, MessagePosted | MessageEdited)]
KEYS = {
    "post": {"channel", "by", "at", "text", "stamps", "edits", "deleted", "replies", "story", "ja", "en"},
    "reply": {"by", "at", "text", "stamps", "edits", "deleted", "to_channel"},
    "edit": {"at", "text"},
    "english": {"at", "by", "says"},
    "person": {
        "id", "key", "name", "works", "joined", "how", "hello", "first_stamp", "left", "bot", "guest",
        "locale", "ambassador",
    },
}  # fmt: skip


def items(kind: str) -> Iterator[Item]:
    posts = list(read_conversations())
    replies = [reply for post in posts for reply in post.get("replies", ())]
    return iter(
        {
            "post": posts,
            "reply": replies,
            "edit": [edit for said in posts + replies for edit in said.get("edits", ())],
            "english": read_items("english.yaml"),
            "person": read_items("people.yaml"),
        }[kind]
    )


@pytest.mark.parametrize("kind", KEYS)
def test_the_files_say_nothing_that_is_not_read(kind: str):
    assert {key for item in items(kind) for key in item} <= KEYS[kind]


def test_addresses_lead_nowhere():
    hosts = {host for fact in TOLD for host in re.findall(r"https?://([^/>\s]+)", fact.text)}

    assert hosts == {"example.jp", "example.slack.com"}


def test_every_reference_is_filled():
    references = {found for fact in TOLD for found in re.findall(r"<([^<>]*)>", fact.text)}
    members = {f"@{member}" for member in names()}
    links = {f"#{channel}|{name}" for channel, name in channels().items()}

    assert {r for r in references if not r.startswith("https://")} <= members | links


def test_no_text_is_empty_or_has_loose_ends():
    assert [fact.text for fact in TOLD if not fact.text or fact.text != fact.text.strip()] == []


def test_no_line_of_talk_is_said_twice_except_by_the_bot():
    said = [fact.text for fact in TOLD if isinstance(fact, MessagePosted) and not fact.is_bot]

    assert len(said) == len(set(said))


def test_nobody_speaks_to_themselves_by_accident():
    by = {fact.ts: fact.author for fact in TOLD if isinstance(fact, MessagePosted)}
    own = [m for m in TOLD if isinstance(m, MessagePosted) and m.thread_ts and by[m.thread_ts] == m.author]

    assert len(own) == 5


def test_names_are_written_as_in_an_office():
    humans = [person.name for person in people() if not person.is_bot and person.locale == "ja-JP"]

    assert [name for name in humans if not re.fullmatch(r"[^\sA-Za-z]{1,3} [^\sA-Za-z]{1,3}", name)] == []
