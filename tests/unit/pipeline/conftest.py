"""A workspace on Tuesday, 2026-04-14: a newcomer asks at 10:00, and the first step is due at 11:00."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import CHANNELS, World, joined


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"))
    yield world
    world.store.close()
