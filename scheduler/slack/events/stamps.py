"""Reactions → facts."""

from datetime import datetime

from scheduler.model.facts import StampAdded, StampRemoved
from scheduler.slack.events.fields import Fields, Malformed, identifier, part, stamp_of_time, words
from scheduler.slack.events.heard import NOTHING, Heard


def added(team: str, event: Fields, at: datetime) -> Heard:
    return _stamp(StampAdded, team, event, at)


def removed(team: str, event: Fields, at: datetime) -> Heard:
    return _stamp(StampRemoved, team, event, at)


def _stamp(kind: type[StampAdded] | type[StampRemoved], team: str, event: Fields, at: datetime) -> Heard:
    item = part(event, "item")
    if item.get("type") != "message":  # a reaction to a file has no post
        return NOTHING
    stamp = words(event, "reaction")
    if not stamp:
        raise Malformed("reaction")
    fact = kind(
        team=team,
        channel=identifier(item, "channel"),
        ts=stamp_of_time(item, "ts"),
        at=at,
        member=identifier(event, "user"),
        stamp=stamp,
    )
    return Heard(facts=(fact,))
