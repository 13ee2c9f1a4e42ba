"""Puts the demo together: the stand-in for Slack, the sample's people, the real service, one event loop.

Everything is on 127.0.0.1 and in a temporary folder. The clock steps; only sockets live by real time.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scheduler.app.access import Access
from scheduler.app.importing import context_of, take_in_all
from scheduler.app.loading import Loaded
from scheduler.app.service import Service
from scheduler.catalogue import LANGUAGES, say
from scheduler.clock import SteppingClock
from scheduler.demo.acting import act, act_before, settle
from scheduler.demo.overhearing import Overhearing
from scheduler.demo.pace import Pace
from scheduler.demo.stepping import Steps
from scheduler.demo.visiting import Visiting
from scheduler.demo.weeks import TEAM, Weeks
from scheduler.model.facts import Fact
from scheduler.model.people import Ambassador
from scheduler.ports import Work
from scheduler.sandbox import Sandbox
from scheduler.sandbox.page import First, Guide
from scheduler.sandbox.refusals import Refused
from scheduler.settings import Mode, Receive, Settings
from scheduler.simulate.sample import channels, sample_ambassadors
from scheduler.simulate.sample.everyday import AMBASSADORS, SMALL_TALK
from scheduler.slack.patience import Patience
from scheduler.store.engine import SqlStore, open_store
from scheduler.timetable import Job, live_jobs, next_fire

#: Virtual seconds in a second: as fast as it goes.
_AT_ONCE = 1e9
#: Where the page's visitors are led to ask: little is said there in the sample's first days.
GUIDED = "C0SAMPLE08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything in place. `store` is for reading only: the service writes."""

    clock: SteppingClock
    sandbox: Sandbox
    service: Service
    store: SqlStore
    jobs: Sequence[Job]

    async def live(
        self,
        weeks: Weeks,
        pace: Pace,
        *,
        happened: Callable[[Fact], None],
        visited: Callable[[Fact], None],
        done: Callable[[], None],
    ) -> None:
        """Lives through the weeks. `happened` hears of the sample's people, `done` of each round of work.

        `visited` hears of what visitors of the page do meanwhile, and of what the app writes in channels.
        """
        steps = self._steps(pace, done)
        with Overhearing(self.sandbox, visited) as overhearing:
            happen = overhearing.scripted(self._happen(happened))
            await steps.live(weeks.facts, happen, until=weeks.ends_at)
            await steps.work()

    async def receive(
        self,
        facts: Sequence[Fact],
        *,
        happened: Callable[[Fact], None],
        visited: Callable[[Fact], None],
        done: Callable[[], None],
    ) -> None:
        """Lets visitors of the page do what they like, and time step as they wish, until it is cancelled.

        Who hears of what is as in `live`.
        """
        steps = self._steps(Pace(_AT_ONCE), done)
        with Overhearing(self.sandbox, visited) as overhearing:
            happen = overhearing.scripted(self._happen(happened))
            visiting = Visiting(steps, self.sandbox, facts, happen=happen)
            self.sandbox.page.step = visiting.ask_for
            self.sandbox.bell.ring()
            await visiting.live()

    def _steps(self, pace: Pace, done: Callable[[], None]) -> Steps:
        async def work() -> None:
            await self.sandbox.delivery.settled()
            await self.service.make_round()
            done()

        return Steps(clock=self.clock, pace=pace, work=work, next_due=self._next_due)

    def _happen(self, happened: Callable[[Fact], None]) -> Callable[[Fact], None]:
        def happen(fact: Fact) -> None:
            try:
                act(self.sandbox, fact)
            except (KeyError, Refused):
                return  # a visitor deleted what it is about, or did the same before
            happened(fact)

        return happen

    async def _next_due(self) -> datetime | None:
        """What is due next: a row of the database, or a recurring job."""
        return await self.service.ask(self._earliest)

    def _earliest(self, work: Work) -> datetime | None:
        fires_at = next_fire(self.jobs, work.jobs.last_fired(), now=self.clock.now())
        return min((at for at in (work.next_due(), fires_at) if at), default=None)


@asynccontextmanager
async def staged(loaded: Loaded, weeks: Weeks, folder: Path) -> AsyncIterator[Stage]:
    """The stand-in with its past, and a service that took that past in and listens."""
    clock = SteppingClock(weeks.begins_at)
    loaded = replace(loaded, settings=for_the_sample(loaded.settings, folder))
    async with Sandbox(clock=clock, team=TEAM, domain="example") as sandbox:
        act_before(sandbox, weeks.before)
        furnish(sandbox, loaded.settings)
        with closing(open_store(loaded.settings.database, TEAM)) as store:
            _take_in(store, loaded.settings, weeks)
            service = _service(loaded, sandbox, clock)
            try:
                await service.begin()
                await sandbox.until(lambda: sandbox.delivery.connections)
                jobs = live_jobs(service.context.settings, service.context.open_time)
                yield Stage(clock=clock, sandbox=sandbox, service=service, store=store, jobs=jobs)
            finally:
                await service.end()


def furnish(sandbox: Sandbox, settings: Settings) -> None:
    """What the page needs: everybody in their channels, a name for the app, and where to look first."""
    team, page = settings.ambassadors, sandbox.page
    inhabit(sandbox, team.people, channel=team.channel, language=settings.workspace.locale)
    texts = {
        name: {language: say(language, f"demo.guide_{name}") for language in LANGUAGES}
        for name in ("name", "question")
    }
    page.guide = Guide(channel=GUIDED, **texts)
    page.step = None  # the clock goes by itself, until visitors are received
    page.begin()


def inhabit(sandbox: Sandbox, ambassadors: Sequence[Ambassador], *, channel: str, language: str) -> None:
    """Everybody in every channel, but only ambassadors in theirs; a visitor begins as one of them."""
    team = [person.member for person in ambassadors]
    here = next(each for each, name in channels().items() if name == channel)
    settle(sandbox, only={here: [sandbox.app, *team]})
    with sandbox.past(sandbox.world.now()):
        sandbox.people.change(sandbox.app, real_name=say(language, "page.app_name"))
    sandbox.page.first = First(member=team[0], place=GUIDED)


def for_the_sample(settings: Settings, folder: Path) -> Settings:
    """The reader's own settings, as far as the sample has what they name; live, in a folder of its own.

    The service hears by Socket Mode: nothing of it is to be reached from outside.
    """
    known = set(channels().values())
    ambassadors, thanks = settings.ambassadors, settings.thanks
    channel = ambassadors.channel if ambassadors.channel in known else AMBASSADORS
    if thanks and thanks.channel not in known:
        thanks = replace(thanks, channel=SMALL_TALK)
    return replace(
        settings,
        mode=Mode.LIVE,
        database=f"sqlite:///{folder / 'demo.db'}",
        ambassadors=replace(ambassadors, channel=channel, people=sample_ambassadors(), group=None),
        thanks=thanks,
        service=replace(settings.service, admins=channel, receive=Receive.SOCKET),
    )


def _take_in(store: SqlStore, settings: Settings, weeks: Weeks) -> None:
    """As `ambassador import` would, before the service begins."""
    take_in_all(
        store,
        context_of(settings),
        lambda: iter(weeks.before),
        source="sample",
        now=weeks.begins_at,
        notice=lambda _: None,
    )


def _service(loaded: Loaded, sandbox: Sandbox, clock: SteppingClock) -> Service:
    async def wait_until(instant: datetime) -> None:
        clock.step_to(instant)

    access = Access(api=sandbox.base_url, bot=sandbox.tokens.bot, app=sandbox.tokens.app)
    return Service(loaded, access, clock=clock, wait_until=wait_until, patience=Patience())
