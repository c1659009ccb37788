"""What the tests of sync share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.store import SqlStore
from tests.ipdesk.sync.world import World


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> Iterator[World]:
    made = World(make_store, tmp_path)
    yield made
    made.close()


@pytest.fixture
def county(world: World) -> SqlStore:
    return world.county()
