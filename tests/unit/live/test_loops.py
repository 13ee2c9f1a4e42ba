import asyncio

from scheduler.live.loops import Loop
from tests.integration.sandbox.connecting import live


@live
async def test_it_does_its_work_once_for_everything_that_woke_it_meanwhile():
    done: list[int] = []
    ended = asyncio.Event()

    async def work() -> None:
        done.append(1)
        ended.set()

    loop = Loop("work", work)
    loop.wake()
    loop.wake()
    task = asyncio.create_task(loop.run())
    await ended.wait()
    loop.stop()
    await task

    assert len(done) == 1


@live
async def test_a_failure_is_waited_out_and_tried_again_without_being_woken():
    outcomes = [ValueError("the disk is full"), ValueError("still"), None]
    seen: list[bool] = []
    succeeded = asyncio.Event()

    async def work() -> None:
        seen.append(loop.is_failing)
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome
        succeeded.set()

    loop = Loop("work", work, longest_wait=0)
    loop.wake()
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(succeeded.wait(), 10)
    loop.stop()
    await task

    assert (seen, loop.is_failing) == ([False, True, True], False)


@live
async def test_told_to_stop_it_finishes_what_it_does_and_does_nothing_more():
    begun, may_end = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def work() -> None:
        begun.set()
        await may_end.wait()
        done.append("finished")

    loop = Loop("work", work)
    loop.wake()
    task = asyncio.create_task(loop.run())
    await begun.wait()
    loop.wake()
    loop.stop()
    may_end.set()
    await task

    assert done == ["finished"]


@live
async def test_told_to_stop_it_waits_out_no_failure():
    failed = asyncio.Event()
    attempts: list[int] = []

    async def work() -> None:
        attempts.append(1)
        failed.set()
        raise ValueError

    loop = Loop("work", work, longest_wait=3600)
    loop.wake()
    task = asyncio.create_task(loop.run())
    await failed.wait()
    loop.stop()
    await asyncio.wait((task,), timeout=10)

    assert (len(attempts), task.done(), loop.is_failing) == (1, True, True)
