"""The loops of the running service, and which of them wakes which. None waits for another one.

So events are taken in while Slack lets a message hang, and while an outage is read back.
"""

import asyncio

from scheduler.app.chores import Chores
from scheduler.app.rereading import Rereading
from scheduler.live.lease import Keeper, while_held
from scheduler.live.loops import Loop


class Loops:
    """Each does its chore whenever it is woken; most are the lease's holder's only."""

    def __init__(self, chores: Chores, rereading: Rereading, keeper: Keeper) -> None:
        self._chores = chores
        self.take_in = Loop("take_in", while_held(keeper, self._take_in))
        self.bring_out = Loop("bring_out", while_held(keeper, chores.bring_out))
        self.act = Loop("act", while_held(keeper, self._act))
        self.catch_up = Loop("catch_up", while_held(keeper, self._catch_up), longest_wait=300)
        self.keep_mark = Loop("keep_mark", while_held(keeper, chores.keep_mark))
        self.ask_slack = Loop("ask_slack", chores.ask_slack)
        self.reload = Loop("reload", rereading.reload)
        self._all = (
            *(self.take_in, self.bring_out, self.catch_up),
            *(self.act, self.keep_mark, self.ask_slack, self.reload),
        )

    def begin(self) -> dict[Loop, asyncio.Task[None]]:
        """Each turns in a task of its own."""
        return {each: asyncio.create_task(each.run()) for each in self._all}

    @property
    def fail_to_write(self) -> bool:
        """Whether one of those that write to the database all the time failed the last time."""
        return any(each.is_failing for each in (self.take_in, self.bring_out, self.keep_mark))

    async def _take_in(self) -> None:
        await self._chores.take_in()
        if self._chores.has_notices:
            self.act.wake()
        if not self._chores.is_behind:
            self.bring_out.wake()

    async def _act(self) -> None:
        await self._chores.act()
        if self._chores.has_come_in:
            self.catch_up.wake()

    async def _catch_up(self) -> None:
        await self._chores.catch_up()
        self.take_in.wake()
