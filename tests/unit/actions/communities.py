"""Small invented communities for laws: every kind of fact, so close together that the order could matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Precision,
    Shape,
    StampAdded,
    StampRemoved,
)
from tests.world import DAY, TEAM, local, ts_of

MONDAY = local("2026-04-13 09:00")
MINUTE = timedelta(minutes=1)
PEOPLE = ("U1", "U2", "UA", "UBOT")
NAMES = ("questions", "systems", "hello", "chat")
TEXTS = (
    "はじめまして。",
    "押印の様式はどこにありますか",
    "もう一つ教えてください",
    "解決しました。ありがとうございます。",
    "【解決】様式の件",
    "<@U1> さん、これです。",
    "<@U2> 見てください",
    "転入届の様式は必要でしょうか。",
    "転入届の様式は、たぶん不要だと思います。",
    "ありがとうございます。",
)
STAMPS = ("eyes", "white_check_mark", "pushpin", "no_entry_sign", "robot_face", "ok")

JOINS = tuple(
    MemberTraced(team=TEAM, member=member, at=MONDAY - DAY * 2, source=JoinSource.EVENT)
    for member in ("U1", "U2", "UBOT")
)

people = st.sampled_from(PEOPLE)
channels = st.sampled_from(NAMES)
texts = st.sampled_from(TEXTS)
stamps = st.sampled_from(STAMPS)
moments = st.builds(
    lambda days, minutes: days * DAY + minutes * MINUTE,
    st.sampled_from((0, 0, 0, 1, 3, 12, 20)),
    st.integers(0, 45),
)


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that happens; `on` chooses among the posts or messages there are."""

    what: str
    after: timedelta
    who: str
    on: int
    said: str
    stamp: str
    extra: int


WHATS = (
    *("post",) * 6,
    *("reply",) * 5,
    *("stamp",) * 3,
    *("link", "unstamp", "edit", "delete", "join", "member", "channel"),
)
doings = st.builds(
    Doing,
    st.sampled_from(WHATS),
    moments,
    people,
    st.integers(0, 30),
    texts,
    stamps,
    st.integers(0, 3),
)
stories = st.lists(doings, min_size=3, max_size=30)


def id_of(name: str) -> str:
    """Spelled as Slack spells ids, so that links to posts are read."""
    return f"C{name.upper()}"


def told(story: Sequence[Doing]) -> list[Fact]:
    """The facts of a story, each with its own microsecond. Most of its people are known to have joined."""
    facts: list[Fact] = [*JOINS]
    for number, doing in enumerate(story):
        at = MONDAY + doing.after + timedelta(microseconds=number)
        facts.append(_fact(doing, at, [fact for fact in facts if isinstance(fact, MessagePosted)]))
    return facts


def _fact(doing: Doing, at: datetime, messages: list[MessagePosted]) -> Fact:
    on = messages[doing.on % len(messages)] if messages else None
    if on is None or doing.what == "post":
        return _post(doing, at, doing.said)
    about = {"team": TEAM, "channel": on.channel, "ts": on.ts, "at": at}
    match doing.what:
        case "link":
            link = f"<https://example.slack.com/archives/{on.channel}/p{on.ts.replace('.', '')}>"
            return _post(doing, at, link)
        case "reply":
            return _reply(doing, at, on)
        case "stamp":
            precision = Precision.NO_LATER_THAN if doing.extra == 3 else Precision.EXACT
            return StampAdded(**about, member=doing.who, stamp=doing.stamp, precision=precision)  # type: ignore[arg-type]
        case "unstamp":
            return StampRemoved(**about, member=doing.who, stamp=doing.stamp)  # type: ignore[arg-type]
        case "edit":
            return MessageEdited(**about, text=doing.said)  # type: ignore[arg-type]
        case "delete":
            return MessageDeleted(**about)  # type: ignore[arg-type]
        case _:
            return _description(doing, at)


def _post(doing: Doing, at: datetime, text: str) -> MessagePosted:
    """Most are by a member; some by nobody, some by an app in a member's name."""
    author = None if doing.on == 30 else doing.who
    channel = id_of(NAMES[doing.extra])
    is_bot = doing.on == 29
    return MessagePosted(
        team=TEAM, channel=channel, ts=ts_of(at), at=at, author=author, text=text, is_bot=is_bot
    )


def _reply(doing: Doing, at: datetime, on: MessagePosted) -> MessagePosted:
    shape = Shape.BROADCAST if doing.extra == 3 else Shape.REPLY
    thread_ts = on.thread_ts or on.ts
    return MessagePosted(
        team=TEAM,
        channel=on.channel,
        ts=ts_of(at),
        at=at,
        author=doing.who,
        text=doing.said,
        shape=shape,
        thread_ts=thread_ts,
    )


def _description(doing: Doing, at: datetime) -> Fact:
    """Whether somebody is a bot never changes; everything else may."""
    match doing.what:
        case "join":
            source = tuple(JoinSource)[doing.extra]
            return MemberTraced(team=TEAM, member=doing.who, at=at - 2 * DAY, source=source)
        case "channel":
            # Told late, and sometimes under another name.
            named = NAMES[doing.extra] if doing.on % 4 else NAMES[doing.on % 3]
            return ChannelDescribed(team=TEAM, channel=id_of(NAMES[doing.extra]), at=at, name=named)
        case _:
            is_bot, is_gone = doing.who == "UBOT", doing.on % 3 == 0
            return MemberDescribed(
                team=TEAM, member=doing.who, at=at, name=doing.said, is_bot=is_bot, is_deactivated=is_gone
            )
