"""Which posts are watched, and what counts as an answer to them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.model.cases import ChannelKind


class AnswerTo(StrEnum):
    """Whose posts open a case in a channel."""

    BEGINNERS = "beginners"
    ALWAYS = "always"


class AnswerMode(StrEnum):
    """What counts as the answer."""

    REPLY = "reply"  #: the first human reply
    TOUCH = "touch"  #: any human sign
    MARK = "mark"  #: only a stamp that means answered or resolved


class StampMeaning(StrEnum):
    """What a stamp by somebody else does."""

    TOUCH = "touch"
    IGNORE = "ignore"
    ANSWER = "answer"
    RESOLVE = "resolve"  #: by the author or an ambassador
    OPEN = "open"  #: marks a post that wants an answer
    DISMISS = "dismiss"  #: by an ambassador: this needs no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRule:
    """What we do in the channels whose name matches one of the patterns."""

    match: tuple[str, ...]
    kind: ChannelKind
    answer: AnswerTo = AnswerTo.BEGINNERS
    answered_by: AnswerMode = AnswerMode.REPLY
    topic: str = ""

    @property
    def is_answered_by_touch(self) -> bool:
        """Any human sign is the answer there: to a hello it always is."""
        return self.kind is ChannelKind.INTRODUCTIONS or self.answered_by is AnswerMode.TOUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginners:
    """Whose posts are a beginner's: the first post always, then `posts` within `within` of joining."""

    posts: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How messages are read together. All are clock time.

    `run_gap`: messages of one author this close, nobody in between, are one post.
    `weak_sign_within`: the next post by somebody else counts as a weak sign for so long.
    `reopen_within`: a further question by the author re-opens a closed case for so long.
    `expire_after`: a case that nobody closed ends.
    """

    run_gap: timedelta
    weak_sign_within: timedelta
    weak_sign_delay: timedelta  #: open time that a weak sign adds to a step
    reopen_within: timedelta
    expire_after: timedelta
