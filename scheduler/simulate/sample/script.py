"""What is said in the sample: posts with replies, stamps, edits, deletions, as the YAML files tell them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.simulate.sample.moments import instant, local_day, slack_ts, with_fraction
from scheduler.simulate.sample.source import Item, read_conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A stamp put, and perhaps taken back."""

    by: str
    at: datetime
    stamp: str
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A new text by the author."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The name of a story, for tests (`key`) and for people."""

    key: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message and what followed. `channel` is a name, `by` a key; references in `text` are not filled."""

    channel: str
    by: str
    at: datetime
    text: str
    stamps: tuple[Stamped, ...] = ()
    edits: tuple[Edited, ...] = ()
    deleted_at: datetime | None = None
    to_channel: bool = False
    replies: tuple["Said", ...] = ()
    title: Title | None = None

    @property
    def ts(self) -> str:
        return slack_ts(self.at)


def scripted() -> Iterator[Said]:
    """The posts of `conversations/`, in the order of the files."""
    for item in read_conversations():
        yield _said(item, channel=item["channel"], day=None)


def _said(item: Item, *, channel: str, day: date | None) -> Said:
    at = with_fraction(instant(item["at"], day=day), channel, item["by"], item["text"])
    today = day or local_day(at)
    return Said(
        channel=channel,
        by=item["by"],
        at=at,
        text=item["text"],
        stamps=tuple(_stamped(line, day=local_day(at)) for line in item.get("stamps", ())),
        edits=tuple(_edited(edit, day=local_day(at)) for edit in item.get("edits", ())),
        deleted_at=instant(item["deleted"], day=local_day(at)) if "deleted" in item else None,
        to_channel="to_channel" in item,
        replies=tuple(_said(reply, channel=channel, day=today) for reply in item.get("replies", ())),
        title=Title(key=item["story"], ja=item["ja"], en=item["en"]) if "story" in item else None,
    )


def _stamped(line: str, *, day: date) -> Stamped:
    """`10:15 kanda pray`, or `10:15 kanda pray until 10:20`."""
    put, _, taken_back = line.partition(" until ")
    moment, by, stamp = put.rsplit(" ", 2)
    taken_back_at = instant(taken_back, day=day) if taken_back else None
    return Stamped(by=by, at=instant(moment, day=day), stamp=stamp, taken_back_at=taken_back_at)


def _edited(item: Item, *, day: date) -> Edited:
    return Edited(at=instant(item["at"], day=day), text=item["text"])
