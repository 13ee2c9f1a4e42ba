"""(e): memory of a service that has read a large workspace. Run as a program it is that service."""

import asyncio
import json
import sys
from pathlib import Path

from benchmarks.live.figures import Figure
from benchmarks.live.ours import listening
from benchmarks.live.standin import START, Address, running
from scheduler.clock import SteppingClock
from scheduler.store.connecting import file_address

_MEMBERS, _CHANNELS = 15_000, 140


async def measure_memory(folder: Path) -> Figure:
    """In a process of its own. Reading is paced by a stepped clock, so that nobody waits for it."""
    async with running("benchmarks.live.crowd", str(_MEMBERS), str(_CHANNELS), "unlimited") as standin:
        address = standin.address
        database = file_address(folder / "memory.db")
        service = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-m",
                "benchmarks.live.memory",
                address.api,
                address.bot,
                address.app,
                database,
            ),
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await service.communicate()
    told = json.loads(printed)
    return Figure(
        what=f"(e) resident memory after the sync of {_MEMBERS:,} members and {_CHANNELS} channels",
        told=f"{told['members']:,} members known; at its peak {told['peak']:.0f} MB",
        value=told["resident"],
        unit="MB",
        goal=150,
        at_least=False,
    )


async def _sync(address: Address, database: str) -> None:
    async with listening(address, database, SteppingClock(START)) as service:
        await service.make_round()
        members = sum((await service.ask(lambda work: work.members.joins())).values())
        memory = {"resident": _megabytes("VmRSS"), "peak": _megabytes("VmHWM")}
        print(json.dumps({"members": members, **memory}))


def _megabytes(name: str) -> float:
    """What Linux says of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1000


if __name__ == "__main__":
    asyncio.run(_sync(Address(*sys.argv[1:4]), sys.argv[4]))
