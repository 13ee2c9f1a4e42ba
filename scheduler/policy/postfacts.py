"""All that is known around one post, as the policies of opening, signs and closing are told it. No logic."""

from dataclasses import dataclass

from scheduler.model.people import Member
from scheduler.model.readings import KnownMessage, KnownStamp
from scheduler.settings import ChannelRule


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """All that is known around one run of top-level messages by one author.

    `earlier_posts` counts the author's runs before this one; beyond those that matter for a beginner's post
    it is some number as large. `before` are top-level messages by other humans just before the run, oldest
    first; `mentioned` are the members that the run mentions. `pointing` are later posts that mention the
    author or link the run. `talk` are top-level messages in the channel after the run, in order: those soon
    after it, and later ones by the author with the post that stands before them.
    """

    team: str
    run: tuple[KnownMessage, ...]
    author: Member
    earlier_posts: int
    rule: ChannelRule
    ambassadors: frozenset[str]
    before: tuple[KnownMessage, ...] = ()
    mentioned: frozenset[str] = frozenset()
    replies: tuple[KnownMessage, ...] = ()
    pointing: tuple[KnownMessage, ...] = ()
    stamps: tuple[KnownStamp, ...] = ()
    talk: tuple[KnownMessage, ...] = ()
