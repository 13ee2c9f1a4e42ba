"""The sample community's story on the terminal: what happened, what was sent and why, and what to do next."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.console import Console

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage, Rendered
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import local_day
from scheduler.report.asread import as_read
from scheduler.report.events import Teller
from scheduler.report.fates import Fates, Story, read_fates, whom
from scheduler.report.period import Period
from scheduler.report.results import Names, Results
from scheduler.report.sheet import Column, Sheet, print_hanging, print_sheet, print_text, print_title
from scheduler.report.stops import SKIP
from scheduler.report.words import kind_in_words, moment, reason_in_words


def tell_story(
    console: Console,
    language: str,
    results: Results,
    *,
    stories: Sequence[Story],
    names: Names,
    open_time: OpenTime,
    period: Period,
    samples: Sequence[tuple[OutgoingMessage, Rendered]],
) -> None:
    """Prints the fate of each post of the period, who got what and who did not, and some messages in full."""
    teller = Teller(language, names, open_time)
    fates = read_fates(results, period)
    _tell_fates(console, teller, [story for story in stories if period.holds(story.at)], fates)
    _tell_who_got_what(console, teller, fates)
    _tell_what_did_not_go(console, teller, fates)
    _show_words(console, teller, samples)
    print_title(console, teller.say("next_title"))
    for name in ("next_words", "next_export", "next_check"):
        print_text(console, teller.say(name))


def _tell_fates(console: Console, teller: Teller, stories: Sequence[Story], fates: Fates) -> None:
    print_title(console, teller.say("story_title"))
    zone = teller.open_time.zone
    _introduce(console, teller, stories)
    for story in stories:
        _head(console, story.title, teller.names.channel(story.channel))
        for event in teller.events(story, fates.of(story, zone)):
            style = "cyan" if event.is_ours else ""
            print_hanging(console, f"  {teller.when(event.at)}  ", event.text, style=style)


def _head(console: Console, title: str, channel: str) -> None:
    """The channel stands beside the title; below it when it would be broken."""
    beside = f"{title}  {channel}"
    print_title(console, beside if cell_len(beside) <= console.width else f"{title}\n{channel}")


def _introduce(console: Console, teller: Teller, stories: Sequence[Story]) -> None:
    if not stories:
        print_text(console, teller.say("story_none"))
        return
    days = [local_day(teller.open_time.zone, story.at).isoformat() for story in stories]
    intro = {"first": min(days), "last": max(days), "stories": f"{len(stories)}"}
    print_text(console, teller.say("story_intro", **intro))
    print_text(console, teller.say("story_number"))


def _tell_who_got_what(console: Console, teller: Teller, fates: Fates) -> None:
    rows = tuple(_got(teller, message, held) for message, held in fates.sent())
    if not rows:
        print_title(console, teller.say("got_title"))
        print_text(console, teller.say("got_nothing"))
        return
    columns = (
        Column(head=teller.say("got_when"), is_whole=True),
        *(Column(head=teller.say(head)) for head in ("got_what", "got_whom", "got_why")),
    )
    sheet = Sheet(title=teller.say("got_title"), columns=columns, rows=rows)
    print_sheet(console, sheet, separator=teller.say("list_separator"))


def _got(teller: Teller, message: OutgoingMessage, held: Sequence[Reason]) -> tuple[str, ...]:
    why = reason_in_words(teller.language, message.reason)
    if held:
        due = _short(message.due_at, teller)
        why = teller.say("got_held", reason=why, due=due, held=teller.reasons(held))
    when, kind = _short(message.sent_at or message.due_at, teller), teller.say(f"got_{message.kind}")
    return when, kind, teller.recipient(message.recipient), why


def _short(at: datetime, teller: Teller) -> str:
    """`04-20 10:05`: the sample tells of one year."""
    return moment(at, teller.open_time.zone).partition("-")[2]


def _tell_what_did_not_go(console: Console, teller: Teller, fates: Fates) -> None:
    lines = sorted(set(_not_gone(teller, fates)))
    if lines:
        print_title(console, teller.say("not_got_title"))
    for at, text in lines:
        print_hanging(console, f"  {teller.when(at)}  ", text)


def _not_gone(teller: Teller, fates: Fates) -> Iterator[tuple[datetime, str]]:
    for message, _ in fates.messages:
        if message.state in (OutboxState.SKIPPED, OutboxState.DEAD):
            yield message.due_at, _not_got(teller, message.kind, message.recipient, message.reason)
    for stop in fates.stops:
        if stop.outcome == SKIP:
            yield stop.at, _not_got(teller, stop.kind, whom(stop), stop.reason)


def _not_got(teller: Teller, kind: MessageKind, recipient: str | None, reason: Reason) -> str:
    return teller.say(
        "not_got",
        kind=kind_in_words(teller.language, kind),
        to=teller.recipient(recipient) if recipient else teller.say("somebody"),
        reason=reason_in_words(teller.language, reason),
    )


def _show_words(
    console: Console, teller: Teller, samples: Sequence[tuple[OutgoingMessage, Rendered]]
) -> None:
    if samples:
        print_title(console, teller.say("words_title"))
    for message, rendered in samples:
        head = teller.say(
            "words_of",
            kind=kind_in_words(teller.language, message.kind),
            to=teller.recipient(message.recipient),
            when=teller.when(message.sent_at or message.due_at),
        )
        console.print()
        print_text(console, head, style="bold", indent="  ")
        print_text(console, as_read(rendered, teller.names), indent="  │ ")
