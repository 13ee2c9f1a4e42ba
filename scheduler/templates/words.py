"""Lengths of time and days in the words of a language."""

from scheduler.catalogue import say
from scheduler.model.messages import Day, Wait


def wait_in_words(wait: Wait, language: str) -> str:
    """`1時間5分`; from ten hours on without the minutes, which nobody needs any more."""
    hours, minutes = divmod(max(wait.minutes, 0), 60)
    if not hours:
        return _count("minutes", minutes, language) if minutes else say(language, "words.moment")
    if not minutes or hours >= 10:
        return _count("hours", hours, language)
    parts = {"hours": _count("hours", hours, language), "minutes": _count("minutes", minutes, language)}
    return say(language, "words.hours_and_minutes", **parts)


def day_in_words(day: Day, language: str) -> str:
    """`11月24日（火）`."""
    return say(
        language,
        "words.day",
        day=day.on.day,
        month=say(language, f"words.month_{day.on.month}"),
        weekday=say(language, f"words.weekday_{day.on.weekday()}"),
    )


def nameless(language: str) -> str:
    """What a member is called whose name shows nothing."""
    return say(language, "words.nameless")


def _count(unit: str, number: int, language: str) -> str:
    return say(language, f"words.{unit}_{'one' if number == 1 else 'many'}", number=number)
