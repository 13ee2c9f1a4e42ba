"""What the reader is told before it begins: what they will see, and that all of it is invented."""

from rich.console import Console

from scheduler.demo.lines import Words
from scheduler.demo.weeks import Weeks
from scheduler.model.facts import MemberTraced, MessagePosted, Shape
from scheduler.report.sheet import print_text, print_title


def introduce(console: Console, words: Words, weeks: Weeks) -> None:
    print_title(console, words.say("title"))
    first, last = words.day(weeks.begins_at), words.day(weeks.ends_at)
    print_text(console, words.say("intro", first=first, last=last))
    print_text(console, words.say("imported", **_counts(weeks)))
    print_text(console, words.say("legend"))


def _counts(weeks: Weeks) -> dict[str, int]:
    posts = (each for each in weeks.before if isinstance(each, MessagePosted) and each.shape is Shape.POST)
    members = (each for each in weeks.before if isinstance(each, MemberTraced))
    return {"posts": sum(1 for _ in posts), "members": sum(1 for _ in members)}
