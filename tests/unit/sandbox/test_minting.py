"""Ids differ from one beginning of the stand-in to the next; of one beginning they are the same again."""

from datetime import datetime, timedelta

from scheduler.sandbox.minting import Minting
from tests.world import local

BEGAN = local("2026-08-03 09:00")


def two_of_each(began: datetime) -> list[str]:
    minting = Minting(began)
    return [minting.event(), minting.event(), minting.uuid("client"), minting.uuid("client")]


def test_no_two_events_and_no_two_messages_have_the_same_id_also_when_it_begins_again():
    ids = [*two_of_each(BEGAN), *two_of_each(BEGAN + timedelta(seconds=1))]

    assert len(set(ids)) == 8


def test_the_same_beginning_gives_the_same_ids():
    assert two_of_each(BEGAN) == two_of_each(BEGAN)
