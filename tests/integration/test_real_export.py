"""A real community's nine years, read whole. The file is no part of this repository."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from scheduler.model.facts import Fact, MemberDescribed, MemberTraced, MessagePosted, Shape
from scheduler.simulate.export import Export, Finding, open_export

EXPORT = Path(__file__).parents[3] / "shared" / "data" / "slack-export-haskell-jp.zip"

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason="needs the real export in ../shared/data")

Read = tuple[Export, Sequence[Fact]]


@pytest.fixture(scope="module")
def read() -> Read:
    with open_export(EXPORT) as export:
        return export, list(export.facts())


def test_every_message_is_a_post_a_join_or_counted(read: Read) -> None:
    export, facts = read
    posts = [fact for fact in facts if isinstance(fact, MessagePosted)]
    joins = 4_905
    assert len(posts) == 19_965
    assert len(posts) + joins + export.problems[Finding.IGNORED_SUBTYPE] == 24_924


def test_facts_come_in_time_order(read: Read) -> None:
    assert all(earlier.at <= later.at for earlier, later in pairwise(read[1]))


def test_each_member_is_traced_and_described_once(read: Read) -> None:
    traced = [fact.member for fact in read[1] if isinstance(fact, MemberTraced)]
    described = [fact.member for fact in read[1] if isinstance(fact, MemberDescribed)]
    assert len(traced) == len(set(traced)) == 1_245
    assert described == traced


def test_messages_stand_where_slack_put_them(read: Read) -> None:
    shapes = Counter(fact.shape for fact in read[1] if isinstance(fact, MessagePosted))
    assert shapes == {Shape.POST: 17_403, Shape.REPLY: 2_562}


def test_only_slackbot_is_a_bot(read: Read) -> None:
    bots = Counter(fact.author for fact in read[1] if isinstance(fact, MessagePosted) and fact.is_bot)
    assert bots == {"USLACKBOT": 264}


def test_what_it_lacks_is_counted(read: Read) -> None:
    assert read[0].problems.counts() == {Finding.NO_AUTHOR: 761, Finding.IGNORED_SUBTYPE: 54}


def test_all_channels_are_read_to_the_end(read: Read) -> None:
    export, _ = read
    assert len(export.channel_names) == 24
    assert (export.progress.files_read, export.progress.files_total) == (6_509, 6_509)
    assert export.team == "T0EXPORT"
