"""Receipts: results per record, told until seen; the newest sets what is acknowledged, which may fall."""

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.sync.exchange import opened
from ipdesk.sync.life import Life, Seen
from tests.ipdesk.sync.world import JIANHU, Entries, Forger, Manifest, World, add, change, everything, reason

USCC = "91320981MABJ1XG60Q"


def results(store: SqlStore) -> dict[str, object]:
    return {str(r.values["record"]): r.values["outcome"] for r in store.find(RESULT)}


def told(store: SqlStore, world: World) -> list[dict[str, object]]:
    container = opened(store, world.down(store.office.unit_code))
    resource = container.resource("results")
    assert resource is not None
    return [dict(claims.raw) for claims in container.lines(resource)]


def test_every_record_has_its_result_and_the_number_is_acknowledged(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", USCC)
    sync.receive(world.city, [world.up(county)])
    received = sync.receive(county, [world.down()])
    assert (received.accepted, received.unchanged, received.refused) == (2, 0, ())
    assert results(county)[key.id] == "accepted"
    (row,) = county.find(RESULT, record=key.id)
    assert row.values["version"] == f"1.1.{Life.of(county).epoch}"
    assert (Life.of(county).acknowledged, Life.of(county).seen) == (2, Seen(1, 1))


def test_a_receipt_taken_twice_or_late_changes_nothing(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    old, new = world.down(), world.down()
    sync.receive(county, [new])
    before = everything(county)
    for file in (new, old):
        received = sync.receive(county, [file])
        assert (received.accepted, received.unchanged, received.refused) == (0, 2, ())
    assert everything(county) == before


def test_results_are_told_until_a_package_says_that_the_receipt_was_seen(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    world.down()  # lost
    assert len(told(county, world)) == 2
    world.round(county)
    sync.receive(world.city, [world.up(county)])
    assert told(county, world) == []
    add(county, "乙公司")
    sync.receive(world.city, [world.up(county)])
    assert len(told(county, world)) == 2


def test_a_dry_run_only_tells(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    before = everything(county)
    received = sync.receive(county, [world.down()], dry_run=True)
    assert received.accepted == 2
    assert everything(county) == before
    assert results(county) == {}


def test_an_enterprise_of_two_units_is_suspected_in_both_until_settled(
    world: World, county: SqlStore
) -> None:
    other = world.county(JIANHU)
    first, second = add(county, "甲公司", USCC), add(other, "甲公司", USCC)
    for store in (county, other, county):
        world.round(store)
    (row,) = county.find(RESULT, outcome="duplicate")
    assert row.values["kind"] == "enterprise"
    assert row.values["field"] == "uscc"
    assert row.values["message"] == f"建湖县也登记了统一社会信用代码“{USCC}”，归属待市局核定"
    assert results(county)[first.id] == "accepted"
    assert len(other.find(RESULT, outcome="duplicate")) == 1
    with other.act("删除", "表单") as act:
        kind = other.catalogue.kind("enterprise")
        (enterprise,) = other.find(kind)
        act.delete(kind, enterprise.key)
    world.round(other)
    world.round(county)
    for store in (county, other):
        assert store.find(RESULT, outcome="duplicate") == []
    (row,) = county.find(RESULT, kind="enterprise")
    assert (row.values["outcome"], row.values.get("message")) == ("accepted", None)
    assert second.id in results(other)


def test_a_certificate_number_is_one_records_own(world: World, county: SqlStore) -> None:
    keys = [add(county, name, cert_no="84025IP21017R0M") for name in ("甲公司", "乙公司")]
    world.round(county)
    rows = county.find(RESULT, outcome="duplicate")
    assert sorted(str(row.values["record"]) for row in rows) == sorted(key.id for key in keys)
    assert rows[0].values["message"] == "本单位有2条记录的证书编号都是“84025IP21017R0M”，请核对是否重复"


def test_a_receipt_for_another_unit_is_refused(world: World, county: SqlStore) -> None:
    other = world.county(JIANHU)
    assert "不是发给本单位的" in reason(county, world.down(JIANHU))

    def for_jianhu(manifest: Manifest, _entries: Entries) -> None:
        manifest["answers"]["unit"] = JIANHU

    assert "这是发给建湖县的回执" in reason(county, world.forge_receipt(county, for_jianhu))
    assert sync.receive(other, [world.down(JIANHU)]).refused == ()


def test_a_county_that_nobody_heard_of_yet_takes_nothing_from_its_receipt(
    world: World, county: SqlStore
) -> None:
    before = everything(county)
    assert sync.receive(county, [world.down()]).refused == ()
    assert everything(county) == before


def test_the_acknowledged_number_may_fall(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    assert sync.status(county)["unsent"] == 0

    def lower(manifest: Manifest, _entries: Entries) -> None:
        manifest["answers"]["acknowledged"] = 1

    sync.receive(county, [world.forge_receipt(county, lower)])
    assert Life.of(county).acknowledged == 1
    assert (sync.status(county)["unsent"], sync.status(county)["unconfirmed"]) == (1, 1)


def test_gaps_reach_the_county(world: World, county: SqlStore) -> None:
    world.up(county)
    world.up(county)
    world.round(county)
    assert sync.status(county)["gaps"] == [1, 2]


def test_a_county_whose_later_life_the_city_knows_begins_another_and_sends_all_again(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司")
    world.round(county)
    was = Life.of(county)

    def later(manifest: Manifest, _entries: Entries) -> None:
        manifest["answers"] |= {"epoch": "ffffffff", "incarnation": 4, "acknowledged": 9}

    sync.receive(county, [world.forge_receipt(county, later)])
    life = Life.of(county)
    assert (life.incarnation, life.sequence, life.acknowledged) == (5, 0, 0)
    assert life.parent == (was.epoch, was.sequence, was.last)
    assert life.seen == was.seen
    world.round(county)
    assert Life.of(county).acknowledged == 2


def test_a_receipt_that_answers_an_earlier_life_is_passed_over(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    file = world.down()
    with county.act("换代", "测试") as act:
        Life.of(county).next(3).keep(act)
    before = everything(county)
    assert sync.receive(county, [file]).accepted == 0
    assert everything(county) == before


def _strange(name: str, value: object) -> Forger:
    def change(_manifest: Manifest, entries: Entries) -> None:
        entries["results"][0][name] = value

    return change


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("outcome", "praised", "看不懂的逐条结果"),
        ("version", "1.x.e8eabce7", "看不懂的逐条结果"),
        ("version", "1", "看不懂的逐条结果"),
        ("record", "1", "“record”不合规定"),
        ("message", 5, "“message”不合规定"),
    ],
)
def test_results_nobody_can_read_are_refused(
    world: World, county: SqlStore, name: str, value: object, words: str
) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    assert words in reason(county, world.forge_receipt(county, _strange(name, value)))


def test_results_of_kinds_unknown_here_are_passed_over(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    file = world.forge_receipt(county, _strange("kind", "licence"))
    assert sync.receive(county, [file]).accepted == 1


def test_a_receipt_of_a_newer_city_brings_more_than_is_read(world: World, county: SqlStore) -> None:
    def more(manifest: Manifest, entries: Entries) -> None:
        manifest["corrections"] = [{"id": "later"}]
        manifest["answers"]["advice"] = "later"
        entries["later"] = [{"id": "later"}]
        described = dict(manifest["resources"][0])
        manifest["resources"].append({**described, "name": "later"})

    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    assert sync.receive(county, [world.forge_receipt(county, more)]).accepted == 2


def test_each_county_gets_one_receipt_with_a_number_of_its_own(world: World, county: SqlStore) -> None:
    world.county(JIANHU)
    files = sync.export(world.city, world.fresh())
    epoch = Life.of(world.city).epoch[:4]
    assert [file.name for file in files] == [f"320925-r{epoch}-1.ipk", f"320981-r{epoch}-2.ipk"]
    assert [file.name[-5:] for file in sync.export(world.city, world.fresh())] == ["3.ipk", "4.ipk"]


def test_a_city_without_counties_has_nothing_to_export(world: World) -> None:
    with pytest.raises(Refusal, match="还没有开通任何"):
        sync.export(world.city, world.fresh())


def test_a_change_after_the_export_is_not_taken_for_accepted(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    change(county, key, remark="后来的")
    sync.receive(county, [world.down()])
    (row,) = county.find(RESULT, record=key.id)
    record = county.get(county.catalogue.kind("case"), key)
    assert record is not None
    assert row.values["version"] != f"1.{record.version.number}.{record.version.epoch}"
    assert sync.status(county)["unconfirmed"] == 1


def test_no_county_can_use_the_citys_receipt_numbers_up(world: World, county: SqlStore) -> None:
    other = world.county(JIANHU)
    add(other, "乙公司")
    world.round(other)
    for number in (2**48, 2**48 - 1, 2**48):

        def boast(manifest: Manifest, _entries: Entries, number: int = number) -> None:
            manifest["receipt_seen"] = [Life.of(world.city).incarnation, number]

        assert sync.receive(world.city, [world.forge(county, boast)]).refused == ()
        add(other, f"丙{number}公司")
        world.round(other)
        world.round(county)
    assert Life.of(world.city).sequence < 20
    assert Life.of(other).acknowledged == other.last_lsn()
