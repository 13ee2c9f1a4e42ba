"""A newcomer's question that somebody stamped, in a world of its own, and what becomes of its case."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.actions.judging import judge_again
from scheduler.model.cases import Case
from scheduler.model.facts import Fact, MessagePosted
from tests.world import CHANNELS, World, joined, local, post, stamp

QUESTION = post("UN", "2026-04-14 10:00", "はじめまして。転入届の押印は必要でしょうか。")
TOUCH = stamp("UX", "2026-04-14 10:10", "eyes", QUESTION)
LATER = "2026-04-14 11:00"


@contextmanager
def touched(tmp_path: Path, then: Fact) -> Iterator[World]:
    """The world an hour after `LATER`; `then` is what came after the stamp."""
    world = World(tmp_path)
    world.clock.step_to(local("2026-04-14 12:00"))
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"), QUESTION, TOUCH, then)
    yield world
    world.store.close()


def after(world: World, fact: Fact) -> tuple[Case, ...]:
    world.fold(fact)
    return world.cases()


def judged(world: World, question: MessagePosted = QUESTION) -> tuple[Case, ...]:
    """All cases once this one is judged anew."""
    with world.store.begin() as work:
        judge_again(work, world.context, question.channel, question.ts, now=world.clock.now())
    return world.cases()
