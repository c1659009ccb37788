"""A copied store begins a new life, however often the beginning of it fails."""

from dataclasses import replace

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.problems import Refusal
from ipdesk.sync import lives, marker
from ipdesk.sync.life import Life
from ipdesk.sync.marker import Stand
from tests.ipdesk.sync.world import World


@pytest.mark.parametrize("killed", [False, True], ids=["refused", "killed"])
@pytest.mark.parametrize("known", [False, True], ids=["no marker", "marker ahead"])
def test_a_new_life_that_could_not_begin_begins_at_the_next_start(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch, *, killed: bool, known: bool
) -> None:
    world.up(county)
    device, life = county.office.device, Life.of(county)
    kept = marker.read(device)
    assert kept is not None
    ahead = replace(kept, confirmed=Stand(life.epoch, 2, "0" * 64))
    marker.write(device, ahead)
    if not known:
        (marker.places()[0] / f"{device}.json").unlink()
    left: list[marker.Marker | None] = []

    def full(deed: str, source: str) -> None:
        left.append(marker.read(device))
        raise Refusal("磁盘已满")

    with monkeypatch.context() as patch:
        patch.setattr(county, "act", full)
        with pytest.raises(Refusal, match="磁盘已满"):
            lives.awake(county)
    if killed and left[0]:
        marker.write(device, replace(left[0], number=10))
    assert Life.of(county) == life
    assert lives.awake(county)
    assert Life.of(county).incarnation > life.incarnation
    assert not lives.awake(county)


def test_what_fails_puts_the_marker_back_as_it_was_with_its_uncertain_file(county: SqlStore) -> None:
    lives.begin(county)
    life, device = Life.of(county), county.office.device
    kept = marker.read(device)
    assert kept is not None
    uncertain = replace(kept, pending=Stand(life.epoch, 1, "0" * 64))
    marker.write(device, uncertain)

    def fail() -> None:
        with lives.towards(county, life.next(0)):
            raise Refusal("磁盘已满")

    with pytest.raises(Refusal, match="磁盘已满"):
        fail()
    after = marker.read(device)
    assert after is not None
    assert (after.confirmed, after.pending) == (uncertain.confirmed, uncertain.pending)
    assert after.number > uncertain.number + 1  # or an older copy elsewhere would count


def test_a_file_that_may_be_there_is_claimed_before_anything_is_received(
    world: World, county: SqlStore
) -> None:
    for store in (county, world.city):
        lives.begin(store)
        kept = marker.read(store.office.device)
        assert kept is not None
        pending = Stand(Life.of(store).epoch, 1, "0" * 64)
        marker.write(store.office.device, replace(kept, pending=pending))
        sync.receive(store, [], dry_run=True)
        assert Stand.of(Life.of(store)) == kept.confirmed
        sync.receive(store, [])
        assert Stand.of(Life.of(store)) == pending
