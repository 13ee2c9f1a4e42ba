"""What the service missed, and reading it back from Slack: after a start, an outage, a change of holder."""

from datetime import datetime

from scheduler.clock import Clock
from scheduler.live.catchup import CatchUp, CaughtUp
from scheduler.live.gap import Gap
from scheduler.live.lease import Keeper, LeaseLost
from scheduler.model.marks import PAUSED
from scheduler.slack.paced import ReadRefused
from scheduler.slack.pacer import POSTING, Pacer


class Missed:
    """`is_catching_up`: it is being read, or an attempt failed and will be made again.

    Until that is done nothing is planned, and nothing sent.
    """

    def __init__(self, catch_up: CatchUp, pacer: Pacer, keeper: Keeper, *, team: str, clock: Clock) -> None:
        self._catch_up = catch_up
        self._pacer = pacer
        self._keeper = keeper
        self._team = team
        self._clock = clock
        self._gap = Gap()
        self.is_catching_up = False

    @property
    def gap(self) -> bool:
        """Something was missed, or may have been, and no catch-up has begun since."""
        return self._gap.is_open(self._keeper.tenure)

    @gap.setter
    def gap(self, is_open: bool) -> None:
        if is_open:
            self._gap.open()
        else:
            self._gap.close(self._keeper.tenure)

    def note_hearing(self, *, is_well: bool) -> None:
        """Again and again: since when do we hear everything? Who stands by reads nothing back."""
        if not self._keeper.is_held:
            self.is_catching_up = False
        self._gap.listen(is_well=is_well, now=self._clock.now())

    async def has_heard_all(self) -> bool:
        """Whether nothing is to be read back after all, though another process was at work until now."""
        if heard_all := await self._keeper.writer.do(self._gap.heard_all):
            self.gap = False
        return heard_all

    async def catch_up(self) -> CaughtUp:
        """Reads back all of it.

        Raises ReadRefused when Slack cannot be read: it is then still catching up, and is to be called again.
        """
        self.is_catching_up, self.gap = True, False
        try:
            await self._keep_pace()
            done = await self._catch_up.run(self._team)
        except LeaseLost:
            self.is_catching_up = False
            raise
        self.is_catching_up = False
        return done

    async def read_new_channels(self) -> CaughtUp:
        """Reads what stood in channels before we came into them.

        Raises ReadRefused, too: then all is to be read back.
        """
        self.is_catching_up = True
        try:
            await self._keep_pace()
            return await self._catch_up.run_new(self._team)
        except ReadRefused:
            self.gap = True
            raise
        finally:
            self.is_catching_up = False

    @property
    def gives_way(self) -> bool:
        """Reading takes long: meanwhile what can be told for sure goes out."""
        return self._catch_up.gives_way(self._clock.now())

    async def _keep_pace(self) -> None:
        """What Slack asked for holds for whoever goes on, in another process as well."""
        paused = await self._keeper.writer.do(lambda work: work.marks.get(PAUSED))
        if paused and (until := datetime.fromisoformat(paused)) > self._clock.now():
            self._pacer.stop(POSTING, until=until)
