"""Whoever starts the service sees how many are in the ambassadors' user group, and the log says it again."""

from pathlib import Path

import pytest

from tests.integration.live.processes import process
from tests.integration.sandbox.connecting import live

GROUP = "S0TEAM"


@pytest.mark.parametrize(
    ("members", "sentence", "logged"),
    [
        pytest.param(2, "Ambassadors by the user group S0TEAM: 2.", "group_read", id="two are in it"),
        pytest.param(0, "The user group S0TEAM is disabled, or nobody is in it.", "group_empty", id="nobody"),
    ],
)
@live
async def test_the_start_says_how_many_are_in_the_group(
    tmp_path: Path, members: int, sentence: str, logged: str
):
    named = (("  # group: S0123ABCD", f"  group: {GROUP}"),)
    async with process(tmp_path, mode="shadow", seeded=False, extra=named) as service:
        people = sorted(key for key in service.sandbox.world.members if key.startswith("U000"))
        service.sandbox.groups.create("ambassadors", group=GROUP, members=people[:members])
        await service.start()
        await service.until_logged(logged)

        assert (sentence in service.said(), "names no ambassador yet" in service.said()) == (True, False)
