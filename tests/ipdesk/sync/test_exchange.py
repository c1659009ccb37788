"""Looking at files and taking in several at once."""

import random
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.records import Query
from ipdesk.sync.container import seal, sign
from ipdesk.sync.devices import keys_of
from ipdesk.sync.exchange import opened
from ipdesk.sync.keys import make_keys
from tests.ipdesk.sync.world import (
    DONGTAI,
    JIANHU,
    Entries,
    Manifest,
    World,
    add,
    change,
    everything,
    held,
    reason,
)


def test_both_ends_can_look_at_a_file_and_nobody_else(world: World, county: SqlStore) -> None:
    other = world.county(JIANHU)
    add(county, "甲公司")
    package, receipt = world.up(county), world.down()
    for store, file in ((county, package), (world.city, package), (county, receipt), (world.city, receipt)):
        found = sync.inspect(store, file)
        assert (found.valid, found.reason) == (True, "")
        assert found.header["unit"] in (DONGTAI, "320900")
    for file in (package, receipt):
        found = sync.inspect(other, file)
        assert not found.valid
        assert "不是发给本单位的" in found.reason
        assert found.header == {}


def test_looking_changes_nothing_and_sees_through_to_the_last_line(world: World, county: SqlStore) -> None:
    add(county, "甲公司")

    def break_last(_manifest: Manifest, entries: Entries) -> None:
        entries["case"][-1]["stage"] = 5

    file = world.forge(county, break_last)
    before = everything(world.city)
    found = sync.inspect(world.city, file)
    assert (found.valid, "“贯标状态”的值不合规定" in found.reason) == (False, True)
    assert everything(world.city) == before


def test_requests_and_grants_can_be_looked_at(world: World) -> None:
    county, stick = world.stranger(), world.fresh()
    sync.request(county, stick / "request")
    sync.accept(world.city, stick / "request", stick / "grant")
    for store in (county, world.city):
        assert sync.inspect(store, stick / "request").header["type"] == "request"
        assert sync.inspect(store, stick / "grant").header["type"] == "grant"


def test_files_of_the_other_side_are_sent_where_they_belong(world: World, county: SqlStore) -> None:
    stick = world.fresh()
    package, receipt = world.up(county), world.down()
    sync.request(county, stick / "request")
    sync.accept(world.city, stick / "request", stick / "grant")
    assert "由市局收取" in reason(county, package)
    assert "由县里收取" in reason(world.city, receipt)
    assert "受理开通" in reason(world.city, stick / "request")
    assert "安装授权" in reason(county, stick / "grant")


def test_a_kind_of_file_unknown_here_asks_for_an_upgrade(world: World, county: SqlStore) -> None:
    def news(manifest: Manifest, _entries: Entries) -> None:
        manifest["type"] = "news"

    assert "请先升级程序" in reason(county, world.forge_receipt(county, news))


def test_a_package_for_another_city_is_refused(world: World, county: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = World(world.make, tmp_path / "other")
    other.county()
    assert "不是发给本单位的" in reason(other.city, world.up(county))


def test_a_unit_that_is_not_enrolled_is_refused(world: World, county: SqlStore) -> None:
    def pretend(manifest: Manifest, _entries: Entries) -> None:
        manifest["unit"] = "320924"

    assert "射阳县（320924）还没有在这里开通" in reason(world.city, world.forge(county, pretend))


def test_nothing_but_a_request_may_introduce_itself_or_come_unencrypted(
    world: World, county: SqlStore, tmp_path: Path
) -> None:
    """A stranger makes up a package of an enrolled county, with keys of his own in it."""
    add(county, "甲公司")
    container, keys = opened(county, world.up(county)), make_keys()
    to = keys_of(world.city).public
    manifest = {**container.header.claims.raw, "keys": keys.public.as_json(), "key": keys.public.id}
    file = tmp_path / "made-up.ipk"
    file.write_bytes(sign(manifest, container.entries, keys).data)
    assert "不是同步包" in reason(world.city, file)
    file.write_bytes(seal(manifest, container.entries, keys, to).data)
    assert "署名单位与签名不符" in reason(world.city, file)
    file.write_bytes(seal({**manifest, "type": "request"}, container.entries, keys, to).data)
    assert "受理开通" in reason(world.city, file)


def test_whatever_a_broken_program_writes_is_taken_in_sound_or_refused(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司", "91320981MABJ1XG60Q", filing_date="2023-05-06")
    ledger = world.city.catalogue.ledger("guanbiao")
    outcomes = set()
    for seed in range(60):
        file = world.forge(county, partial(spoil, random.Random(seed)))
        outcomes.add(bool(sync.receive(world.city, [file]).refused))
        world.city.rows(ledger, world.city.keys(ledger, Query()))
    assert outcomes == {True, False}
    assert world.city.check() == []
    sync.export(world.city, world.fresh())


def test_whatever_a_broken_city_writes_is_taken_in_sound_or_refused(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    outcomes = set()
    for seed in range(40):
        file = world.forge_receipt(county, partial(spoil, random.Random(seed)))
        outcomes.add(bool(sync.receive(county, [file]).refused))
        sync.status(county)
    assert outcomes == {True, False}
    assert county.check() == []
    assert world.up(county).exists()


def spoil(dice: random.Random, manifest: Manifest, entries: Entries) -> None:
    """Put something odd in place of one value, somewhere."""
    place: Any = dice.choice([manifest, entries])
    while True:
        key = dice.choice([*(place if isinstance(place, dict) else range(len(place)))])
        if not isinstance(place[key], (dict, list)) or not place[key] or dice.random() < 0.1:
            break
        place = place[key]
    odd = [None, True, -1, 0, 2**70, 1.5, "", "x", "\ud800", "320925", [], {}, [None], {"a": 1}, "2023-13-45"]
    if place is not entries:
        place[key] = dice.choice(odd)


def test_several_files_are_taken_in_by_number_and_one_refused_does_not_stop_them(
    world: World, county: SqlStore, tmp_path: Path
) -> None:
    other = world.county(JIANHU)
    key = add(county, "甲公司", remark="一")
    first = world.up(county)
    change(county, key, remark="二")
    second = world.up(county)
    add(other, "乙公司")
    third = world.up(other)
    broken = tmp_path / "broken.ipk"
    broken.write_bytes(second.read_bytes()[:-1])
    received = sync.receive(world.city, [second, broken, third, first, tmp_path / "absent.ipk"])
    assert [path.name for path, _ in received.refused] == ["broken.ipk", "absent.ipk"]
    assert [(p.unit, p.sequence, p.accepted, p.unchanged) for p in received.previews] == [
        (JIANHU, 1, 2, 0),
        (DONGTAI, 1, 2, 0),
        (DONGTAI, 2, 1, 1),
    ]
    assert (received.accepted, received.unchanged) == (5, 1)
    for store in (county, other):
        unit = store.office.unit_code
        assert held(world.city, unit) == held(store, unit)


def test_a_file_refused_late_does_not_stop_the_next(world: World, county: SqlStore) -> None:
    def wicked(_manifest: Manifest, entries: Entries) -> None:
        entries["case"][0]["stage"] = 1

    add(county, "甲公司")
    bad, good = world.forge(county, wicked), world.up(county)
    received = sync.receive(world.city, [good, bad])
    assert [path for path, _ in received.refused] == [bad]
    assert received.accepted == 2


@pytest.mark.parametrize("step", [7, 11])
def test_every_changed_byte_of_a_package_is_refused_and_changes_nothing(
    world: World, county: SqlStore, step: int, tmp_path: Path
) -> None:
    add(county, "甲公司")
    package = world.up(county).read_bytes()
    before, file = everything(world.city), tmp_path / "changed.ipk"
    for place in range(step, len(package), len(package) // 40):
        changed = bytearray(package)
        changed[place] ^= 1 << step % 8
        file.write_bytes(changed)
        assert len(sync.receive(world.city, [file]).refused) == 1
        assert not sync.inspect(world.city, file).valid
    assert everything(world.city) == before


def test_long_remarks_that_repeat_themselves_still_travel(world: World, county: SqlStore) -> None:
    for number in range(10):
        add(county, f"第{number}公司", cert_scope="字" * 32_000)
    assert sync.receive(world.city, [world.up(county)]).refused == ()
    assert held(world.city, DONGTAI) == held(county, DONGTAI)
