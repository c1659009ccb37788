"""A package taken in can be taken back while nothing builds on it; then the county sends it again."""

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections
from ipdesk.kinds.deciding import CONFIRMATION, CONFLICT, CORRECTION, IMAGE
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.sync import undoing
from ipdesk.sync.corrections import listed
from ipdesk.sync.life import Life
from ipdesk.sync.standing import Standing
from tests.ipdesk.sync.world import DONGTAI, World, add, change, held


def last(world: World) -> str:
    packages = world.city.find(PACKAGE, direction="in", type="package")
    return str(max((r.values for r in packages), key=lambda v: int(str(v["sequence"])))["digest"])


def test_records_stand_as_before_and_come_again(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="一")
    world.round(county)
    before = held(world.city, DONGTAI)
    change(county, key, remark="二")
    add(county, "乙公司")
    sync.receive(world.city, [world.up(county)])
    after = held(world.city, DONGTAI)
    assert sync.undo_package(world.city, last(world)) == 3
    assert {k: v for k, v in held(world.city, DONGTAI).items() if v[1].number} == before  # type: ignore[index]
    assert len(world.city.find(county.catalogue.kind("case"), DONGTAI)) == 1
    assert Standing.of(world.city, DONGTAI).sequence == 1
    sync.receive(county, [world.down()])
    assert sync.status(county)["unconfirmed"] == 3
    world.round(county)
    assert held(world.city, DONGTAI) == after == held(county, DONGTAI)
    assert sync.status(county)["unconfirmed"] == 0
    assert world.city.check() == []


def test_what_a_later_package_builds_on_stays_and_is_named(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    first = last(world)
    change(county, key, remark="二")
    sync.receive(world.city, [world.up(county)])
    before = held(world.city, DONGTAI)
    with pytest.raises(Refusal, match="1条记录.*甲公司"):
        sync.undo_package(world.city, first)
    (later,) = undoing.built_on(world.city, first)
    assert (later.kind.name, later.key, later.name) == ("case", key, "甲公司")
    assert undoing.built_on(world.city, last(world)) == []
    assert held(world.city, DONGTAI) == before
    sync.undo_package(world.city, last(world))
    assert sync.undo_package(world.city, first) == 2
    assert Standing.of(world.city, DONGTAI).packages == ()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (CORRECTION, {"correction": "c", "at": "2999-01-01T09:00:00+08:00"}),
        (CONFLICT, {"field": "remark", "other_version": "1.1.a", "decided_at": "9"}),
    ],
)
def test_a_later_decision_builds_on_it_too(
    world: World, county: SqlStore, kind: object, told: dict[str, str]
) -> None:
    key = add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    with world.city.act("提出", "更正") as act:
        act.upsert(kind, [{**told, "unit": DONGTAI, "kind": "case", "record": key.id}])  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="提出更正"):
        sync.undo_package(world.city, last(world))


def test_only_the_last_packages_can_be_taken_back(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "KEPT", 1)
    digests = []
    for name in ("甲公司", "乙公司"):
        add(county, name)
        sync.receive(world.city, [world.up(county)])
        digests.append(last(world))
    assert {r.values["record"] for r in world.city.find(IMAGE)} == {
        r.key.id for k in ("enterprise", "case") for r in county.find(county.catalogue.kind(k))[1:]
    }
    with pytest.raises(Refusal, match="更早"):
        sync.undo_package(world.city, digests[0])
    with pytest.raises(Refusal, match="没有收过"):
        sync.undo_package(world.city, "0" * 64)


def test_the_life_of_the_only_package_taken_back_stays_known(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    with county.act("换代", "测试") as act:
        Life.of(county).next(0).keep(act)
    add(county, "乙公司")
    sync.receive(world.city, [world.up(county)])
    epoch = Life.of(county).epoch
    sync.undo_package(world.city, last_taken(world))
    standing = Standing.of(world.city, DONGTAI)
    assert (standing.incarnation, standing.epoch, standing.acknowledged) == (2, epoch, 0)
    assert world.city.find(CONFIRMATION) == []
    assert sync.receive(county, [world.down()]).refused == ()
    assert Life.of(county).epoch == epoch  # no new life for it
    assert Life.of(world.county(supersede=True)).incarnation == 3
    for _ in range(2):
        sync.receive(world.city, [world.up(county)])
    other = world.county(supersede=True)
    assert Life.of(other).incarnation == 3


def last_taken(world: World) -> str:
    (*_, last) = undoing._taken(world.city, DONGTAI)  # noqa: SLF001  # its order is the matter
    return str(last["digest"])


def test_packages_come_in_the_order_of_their_taking_whatever_the_clock_says(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, time in (("甲公司", "2026-05-01T09:00:00+08:00"), ("乙公司", "2026-04-01T09:00:00+08:00")):
        monkeypatch.setattr("ipdesk.sync.quarantine.now", lambda time=time: time)
        add(county, name)
        sync.receive(world.city, [world.up(county)])
    assert last_taken(world) == last(world)


def test_what_a_package_answered_is_asked_again_and_answered_again(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(county, "甲公司", remark="一")
    world.round(county)
    ledger = world.city.catalogue.ledger("guanbiao")
    (row,) = world.city.rows(ledger, [key])
    corrections.propose(world.city, ledger, row, {"remark": "二"}, "核对")
    world.round(county)
    corrections.answer(county, listed(county)[0], yes=True)
    monkeypatch.setattr("ipdesk.sync.quarantine.now", lambda: "2999-01-01T09:00:00+08:00")
    for told in (False, True):
        sync.receive(world.city, [world.up(county)])
        assert [one.state for one in listed(world.city)] == ["yes"]
        if told:
            sync.receive(county, [world.down()])
        sync.undo_package(world.city, last_taken(world))
        (one,) = listed(world.city)
        assert (one.state, one.present, one.answer, one.answered_by) == ("open", "一", "", "")
        sync.receive(county, [world.down()])
        assert listed(county)[0].state == "yes"
    for _ in range(2):
        world.round(county)
    assert [(one.state, one.present) for one in listed(world.city)] == [("yes", "二")]
    assert listed(county)[0].told
