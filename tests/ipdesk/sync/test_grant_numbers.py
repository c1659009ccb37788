"""No two grants of a city bear one number, also not after it was restored (sync rules 6 and 10)."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.problems import Refusal
from ipdesk.sync import marker
from ipdesk.sync.archive import pack, unpack
from ipdesk.sync.devices import city_of, keys_of
from ipdesk.sync.life import Life
from tests.ipdesk.sync.test_enrolment import asked, granted
from tests.ipdesk.sync.world import JIANHU, World


@pytest.fixture
def restored(world: World, county: SqlStore) -> Callable[..., None]:
    """Return what puts the city back to where it knew the first county and its first grant."""
    sync.begin(world.city)
    world.city.close()
    copy = world.fresh() / "copy"
    shutil.copytree(world.city.folder, copy)
    folder, device = world.city.folder, marker.places()[0]
    assert city_of(county).record.values["grant_number"] == 1

    def again(*, marked: bool) -> None:
        world.city.close()
        shutil.rmtree(folder)
        shutil.copytree(copy, folder)
        if not marked:
            shutil.rmtree(device)
        opened(world, folder)

    opened(world, folder)
    return again


def opened(world: World, folder: Path) -> None:
    world.city = workspace.open_store(folder, world.city.catalogue)
    world.made(world.city)
    sync.awake(world.city)


def numbers(county: SqlStore) -> tuple[object, object]:
    values = city_of(county).record.values
    return values["grant_incarnation"], values["grant_number"]


def test_a_city_put_back_to_before_a_grant_goes_on_above_it(
    world: World, county: SqlStore, restored: Callable[..., None]
) -> None:
    sync.install(county, granted(world, asked(world, county)))
    restored(marked=True)
    assert Life.of(world.city).incarnation == 1  # no receipt went out, so its stand is the same
    sync.install(county, granted(world, asked(world, county)))
    assert numbers(county) == (1, 3)


def test_without_its_marker_too(world: World, county: SqlStore, restored: Callable[..., None]) -> None:
    for _ in range(3):
        restored(marked=False)
        sync.install(county, granted(world, asked(world, county)))
    assert numbers(county) == (2, 4)
    sync.install(county, granted(world, asked(world, county)))
    assert numbers(county) == (2, 5)


def test_a_grant_of_a_later_life_shows_that_the_city_was_restored(
    world: World, county: SqlStore, restored: Callable[..., None]
) -> None:
    for _ in range(2):
        world.down()
        restored(marked=True)
    assert Life.of(world.city).incarnation == 3
    sync.install(county, granted(world, asked(world, county)))
    restored(marked=False)
    assert Life.of(world.city).incarnation == 2
    sync.install(county, granted(world, asked(world, county)))
    assert numbers(county)[0] == Life.of(world.city).incarnation == 4
    world.round(county)
    assert not sync.awake(world.city)


@pytest.mark.parametrize("held", ["[2000,1]", "[1,5000]"])
def test_nobody_can_use_the_numbers_up(world: World, held: str) -> None:
    store, before = world.stranger(JIANHU), Life.of(world.city)
    request = asked(world, store)
    entries = unpack(request.read_bytes())
    told = entries["manifest.json"].decode().replace('"grant_held":[0,0]', f'"grant_held":{held}')
    assert held in told
    entries |= {"manifest.json": told.encode(), "manifest.sig": keys_of(store).sign(told.encode())}
    request.write_bytes(pack(entries))
    with pytest.raises(Refusal, match="不合情理"):
        granted(world, request)
    assert Life.of(world.city) == before
