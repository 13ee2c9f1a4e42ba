"""The parts of the service, put together: what takes in, what catches up, what brings out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.actions.context import Context
from scheduler.app.current import Current
from scheduler.app.onlookers import Onlookers
from scheduler.app.telling import tell_of_catch_up, tell_of_channel
from scheduler.clock import Clock
from scheduler.live.catchup import CatchUp
from scheduler.live.intake import Intake
from scheduler.live.lease import Keeper
from scheduler.live.news import ChannelNews
from scheduler.live.outward import Outward
from scheduler.live.reconciling import Reconciling
from scheduler.live.rounds import Rounds
from scheduler.live.unwatched import Unwatched
from scheduler.live.writer import Writer
from scheduler.ports import Work
from scheduler.settings import Mode
from scheduler.slack.client import Web
from scheduler.slack.lookup import SlackFinder
from scheduler.slack.paced import Paced
from scheduler.slack.pacer import Pacer
from scheduler.slack.reader import Reader
from scheduler.slack.sender import ShadowSender, SlackSender


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All of them share one pacer. What is taken in is kept by whoever hears it; the rest is the holder's."""

    intake: Intake
    catch_up: CatchUp
    news: ChannelNews
    rounds: Rounds
    outward: Outward
    pacer: Pacer


def assemble(
    web: Web,
    sending: Web,
    writer: Writer,
    keeper: Keeper,
    current: Current,
    *,
    clock: Clock,
    app: str,
    wait_until: Callable[[datetime], Awaitable[None]],
    onlookers: Onlookers,
) -> Parts:
    """`sending` is for messages. `app`: who we are. `wait_until` lets time pass until Slack may be asked."""
    pacer = Pacer()
    shadow = current.context.settings.mode is Mode.SHADOW
    sender = ShadowSender() if shadow else SlackSender(sending, pacer, clock)
    outward = Outward(keeper.writer, sender, clock, attempted=onlookers.attempted)
    paced = Paced(web, pacer, clock, wait_until)
    reader = Reader(paced)

    def context() -> Context:
        return current.context

    def tell(work: Work, context: Context, channel: str) -> None:
        tell_of_channel(work, context, channel, now=clock.now())

    intake = Intake(writer, clock, onlookers.came, kept=onlookers.kept)
    unwatched = Unwatched(paced, keeper.writer, context, tell)
    return Parts(
        intake=intake,
        catch_up=CatchUp(keeper.writer, reader, clock, context, unwatched, ended=tell_of_catch_up),
        news=ChannelNews(reader, keeper.writer, clock, context, unwatched, app=app),
        rounds=Rounds(
            writer=keeper.writer,
            outward=outward,
            reconciling=Reconciling(keeper.writer, SlackFinder(web, pacer, clock), clock),
            clock=clock,
            crew=lambda: current.crew,
            jobs=lambda: current.jobs,
            heard=onlookers.heard,
            recent=intake.recent,
        ),
        outward=outward,
        pacer=pacer,
    )
