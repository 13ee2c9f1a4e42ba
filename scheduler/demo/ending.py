"""The end of the telling: two tables, and what to do next."""

from collections.abc import Sequence

from rich.console import Console

from scheduler.demo.account import Got, Nothing, in_words
from scheduler.demo.lines import Words
from scheduler.report.sheet import Column, Sheet, print_sheet, print_text, print_title
from scheduler.report.words import kind_in_words, reason_in_words


def tell_account(console: Console, words: Words, got: Sequence[Got], nothing: Sequence[Nothing]) -> None:
    heads = [words.say(head) for head in ("got_whom", "got_what", "got_why")]
    rows = [in_words(words, each) for each in got]
    _print(console, words, "got_title", heads, rows)
    heads = [words.say(head) for head in ("nothing_what", "nothing_why", "nothing_count", "nothing_example")]
    _print(console, words, "nothing_title", heads, [_row(words, each) for each in nothing])


def tell_next(console: Console, words: Words) -> None:
    """Three sentences."""
    print_title(console, words.say("next_title"))
    for name in ("next_try", "next_words", "next_slack"):
        print_text(console, words.say(name))


def _row(words: Words, each: Nothing) -> tuple[str, ...]:
    why = reason_in_words(words.language, each.reason) if each.reason else words.say("nothing_unwatched")
    what = kind_in_words(words.language, each.kind)
    return what, why, f"{each.count}", each.example


def _print(
    console: Console, words: Words, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    number = words.say("nothing_count")
    columns = tuple(Column(head=head, is_number=head == number) for head in heads)
    sheet = Sheet(title=words.say(title), columns=columns, rows=rows)
    print_sheet(console, sheet, separator=words.say("and"))
