"""What a receipt gives back never writes over what the present life wrote: the other value is kept for a person."""

import shutil

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.sync.decided import conflicts
from tests.ipdesk.sync.world import World, add, change


def test_what_was_written_before_the_receipt_came_stands_beside_what_it_brings(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(county, "甲公司", remark="一", cert_no="1")
    world.round(county)
    county.close()
    old = world.fresh() / "old"
    shutil.copytree(county.folder, old)
    first = workspace.open_store(county.folder, county.catalogue)
    world.made(first)
    change(first, key, remark="二")
    assert not sync.receive(world.city, [world.up(first)]).refused
    monkeypatch.setenv("IPDESK_MARKERS", str(old / "markers"))
    second = workspace.open_store(old, county.catalogue)
    world.made(second)
    assert sync.awake(second)
    assert not sync.receive(world.city, [world.up(second)]).refused
    receipt = world.down()
    change(second, key, remark="三", cert_no="2")
    assert sync.receive(second, [receipt]).conflicts == 1
    (one,) = conflicts(second, "open")
    assert (one.field, one.base, one.ours, one.theirs) == ("remark", "一", "三", "二")
    held = second.get(second.catalogue.kind("case"), key)
    assert held is not None
    assert (held.values["remark"], held.values["cert_no"]) == ("三", "2")
