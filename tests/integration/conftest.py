from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.disks import small_disk_at
from tests.world import World

MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(tmp_path: Path) -> Iterator[MakeWorld]:
    """Makes small workspaces, and closes them."""
    worlds: list[World] = []

    def make(*args: object, **options: object) -> World:
        folder = tmp_path / str(len(worlds))
        folder.mkdir()
        worlds.append(World(folder, *args, **options))  # type: ignore[arg-type]
        return worlds[-1]

    yield make
    for world in worlds:
        world.store.close()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with little room on it; skips where there can be none."""
    with small_disk_at(tmp_path / "disk") as folder:
        yield folder
