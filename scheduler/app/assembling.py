"""The parts of the service, put together: what takes in, what catches up, what brings out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.app.current import Current
from scheduler.app.onlookers import Onlookers
from scheduler.app.telling import tell_of_catch_up
from scheduler.clock import Clock
from scheduler.live.catchup import CatchUp
from scheduler.live.intake import Intake
from scheduler.live.lease import Keeper
from scheduler.live.outward import Outward
from scheduler.live.reconciling import Reconciling
from scheduler.live.rounds import Rounds
from scheduler.live.writer import Writer
from scheduler.settings import Mode
from scheduler.slack.client import Web
from scheduler.slack.lookup import SlackFinder
from scheduler.slack.pacer import Pacer
from scheduler.slack.reader import Reader
from scheduler.slack.sender import ShadowSender, SlackSender


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All of them share one pacer. What is taken in is kept by whoever hears it; the rest is the holder's."""

    intake: Intake
    catch_up: CatchUp
    rounds: Rounds
    outward: Outward


def assemble(
    web: Web,
    sending: Web,
    writer: Writer,
    keeper: Keeper,
    current: Current,
    *,
    clock: Clock,
    wait_until: Callable[[datetime], Awaitable[None]],
    onlookers: Onlookers,
) -> Parts:
    """`sending` is for messages. `wait_until` lets time pass until Slack may be read again."""
    pacer = Pacer()
    shadow = current.context.settings.mode is Mode.SHADOW
    sender = ShadowSender() if shadow else SlackSender(sending, pacer, clock)
    outward = Outward(keeper.writer, sender, clock, attempted=onlookers.attempted)
    reader = Reader(web, pacer, clock, wait_until)
    return Parts(
        intake=Intake(writer, clock, onlookers.came, kept=onlookers.kept),
        catch_up=CatchUp(keeper.writer, reader, clock, lambda: current.context, ended=tell_of_catch_up),
        rounds=Rounds(
            writer=keeper.writer,
            outward=outward,
            reconciling=Reconciling(keeper.writer, SlackFinder(web, pacer, clock), clock),
            clock=clock,
            crew=lambda: current.crew,
            jobs=lambda: current.jobs,
            heard=onlookers.heard,
        ),
        outward=outward,
    )
