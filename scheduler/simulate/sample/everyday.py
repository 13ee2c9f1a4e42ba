"""Everyday life around the stories: first hellos, a line a day, first stamps. No chance, only position."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduler.simulate.sample.cast import people, regulars
from scheduler.simulate.sample.moments import instant, open_days, with_fraction
from scheduler.simulate.sample.script import Said, Stamped
from scheduler.simulate.sample.source import Item, read_items

HELLOS = "自己紹介"
SMALL_TALK = "雑談"
FIRST_STEPS_IN = frozenset({SMALL_TALK, "今日の一枚"})
#: Where the ambassadors talk among themselves.
AMBASSADORS = "運営-アンバサダー"
_FIRST_STAMPS = ("+1", "heart", "clap", "sakura")


def hellos() -> Iterator[Said]:
    """How those who were here first said hello; one who came about then puts a stamp on each."""
    first = [(person, person.hello) for person in people() if person.hello]
    for number, (person, hello) in enumerate(first):
        said = _say(HELLOS, person.key, person.joined_at, hello)
        welcomer, _ = first[abs(number - 1)]
        yield replace(said, stamps=(_stamp(said, welcomer.key, "wave", minutes=6 + number % 4),))


def everyday() -> Iterator[Said]:
    """One line for each open day and channel of `everyday.yaml`."""
    for section in read_items("everyday.yaml"):
        for number, (line, day) in enumerate(zip(section["lines"], open_days(), strict=True)):
            yield _line(section, line, day=day, number=number)


def with_first_stamps(posts: Iterable[Said]) -> list[Said]:
    """The same posts, with the stamps of those who begin by putting one on the newest small talk."""
    stamped = list(posts)
    moments = [(person.key, person.first_stamp_at) for person in people() if person.first_stamp_at]
    for number, (by, at) in enumerate(moments):
        place = _newest_small_talk(stamped, before=at)
        stamp = Stamped(by=by, at=at, stamp=_FIRST_STAMPS[number % len(_FIRST_STAMPS)])
        stamped[place] = replace(stamped[place], stamps=(*stamped[place].stamps, stamp))
    return stamped


def _newest_small_talk(posts: list[Said], *, before: datetime) -> int:
    small_talk = (
        place for place, post in enumerate(posts) if post.channel in FIRST_STEPS_IN and post.at < before
    )
    return max(small_talk, key=lambda place: posts[place].at)


def _line(section: Item, line: Item, *, day: date, number: int) -> Said:
    by = line.get("by") or regulars()[number * 5 % len(regulars())].key
    others = [person.key for person in regulars() if person.key != by]
    at = instant(section["around"], day=day) + timedelta(minutes=number * 7 % 19)
    said = _say(section["channel"], by, at, line["text"])
    stamps = _stamps(said, section["stamps"], others, number)
    return replace(said, stamps=stamps, replies=_reply(said, line, others, number))


def _stamps(said: Said, names: list[str], others: list[str], number: int) -> tuple[Stamped, ...]:
    return tuple(
        _stamp(
            said,
            others[(number * 3 + turn * 4) % len(others)],
            names[(number + turn) % len(names)],
            minutes=3 + turn * 8,
        )
        for turn in range(1 + number % 2)
    )


def _reply(said: Said, line: Item, others: list[str], number: int) -> tuple[Said, ...]:
    if "reply" not in line:
        return ()
    by = line.get("reply_by") or others[(number * 7 + 2) % len(others)]
    at = said.at + timedelta(minutes=5 + number % 7)
    return (_say(said.channel, by, at, line["reply"]),)


def _say(channel: str, by: str, at: datetime, text: str) -> Said:
    return Said(channel=channel, by=by, at=with_fraction(at, channel, by, text), text=text)


def _stamp(said: Said, by: str, stamp: str, *, minutes: int) -> Stamped:
    return Stamped(by=by, at=said.at.replace(microsecond=0) + timedelta(minutes=minutes), stamp=stamp)
