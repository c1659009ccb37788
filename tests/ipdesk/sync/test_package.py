"""A county's package: its header, its rows, and what a failed export leaves behind."""

import json
import re
from pathlib import Path

import pytest

import ipdesk
from db.store import SqlStore
from ipdesk import sync
from ipdesk.fields import Value
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.sync.exchange import opened
from ipdesk.sync.keys import SUITE
from ipdesk.sync.life import Life
from tests.ipdesk.sync.world import World, add, change, everything, held


def header(store: SqlStore, file: Path) -> dict[str, object]:
    found = sync.inspect(store, file)
    assert found.valid, found.reason
    return dict(found.header)


def rows(store: SqlStore, file: Path) -> dict[str, list[str]]:
    container = opened(store, file)
    return {
        r.name: [str(claims.raw["id"]) for claims in container.lines(r)] for r in container.header.resources
    }


def test_the_header_tells_all_that_the_rule_asks(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    told = header(world.city, world.up(county))
    life = Life.of(county)
    assert {name: told[name] for name in ("format", "minimum_reader", "app", "schema", "suite", "type")} == {
        "format": 1,
        "minimum_reader": 1,
        "app": ipdesk.__version__,
        "schema": county.schema,
        "suite": SUITE,
        "type": "package",
    }
    assert (told["unit"], told["device"]) == ("320981", county.office.device)
    assert (told["epoch"], told["incarnation"], told["parent"]) == (life.epoch, 1, None)
    assert (told["sequence"], told["previous"], told["low"], told["high"]) == (1, None, 0, 2)
    assert told["state"]["count"] == 2  # type: ignore[index]
    assert (told["corrections_done"], told["receipt_seen"]) == ([], [0, 0])
    described = {r["name"]: r for r in told["resources"]}  # type: ignore[attr-defined]
    assert {name for name in described} == {kind.name for kind in county.catalogue.travelling}
    assert {name: r["rows"] for name, r in described.items() if r["rows"]} == {"enterprise": 1, "case": 1}
    assert {"name": "uscc", "title": "统一社会信用代码", "type": "string"} in described["enterprise"][
        "schema"
    ]["fields"]


def test_packages_are_chained_and_named(world: World, county: SqlStore) -> None:
    first, second = world.up(county), world.up(county)
    life = Life.of(county)
    assert [first.name, second.name] == [f"320981-{life.epoch[:4]}-1.ipk", f"320981-{life.epoch[:4]}-2.ipk"]
    assert header(county, second)["previous"] == opened(county, first).header.digest
    assert life.last == opened(county, second).header.digest


def test_a_package_holds_all_that_is_not_acknowledged_deleted_rows_too(
    world: World, county: SqlStore
) -> None:
    case = county.catalogue.kind("case")
    gone, kept = add(county, "甲公司"), add(county, "乙公司")
    with county.act("删除", "表单") as act:
        act.delete(case, gone)
    world.up(county)
    assert {gone.id, kept.id} == set(rows(county, world.up(county))["case"])
    world.round(county)
    assert not any(rows(county, world.up(county)).values())
    change(county, kept, remark="改")
    assert rows(county, world.up(county))["case"] == [kept.id]


def test_nothing_else_is_left_in_the_folder(county: SqlStore, tmp_path: Path) -> None:
    (file,) = sync.export(county, tmp_path / "b")
    assert [*(tmp_path / "b").iterdir()] == [file]
    assert file.is_absolute()


def test_a_county_that_is_not_enrolled_exports_nothing(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="还没有开通"):
        sync.export(world.stranger(), tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_a_taken_name_is_refused_and_the_number_not_used(world: World, county: SqlStore) -> None:
    stick = world.fresh()
    name = f"320981-{Life.of(county).epoch[:4]}-1.ipk"
    (stick / name).write_text("别人的")
    before = everything(county)
    with pytest.raises(Refusal, match="已有同名文件"):
        sync.export(county, stick)
    assert everything(county) == before
    assert (stick / name).read_text() == "别人的"
    assert world.up(county).name == name


def test_a_folder_that_cannot_be_made_is_refused(county: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="用不了"):
        sync.export(county, tmp_path / "file" / "stick")


def test_a_full_disk_leaves_no_file_and_the_number_not_used(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, stick = everything(county), world.fresh()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", _full)
        with pytest.raises(Refusal, match="磁盘已满"):
            sync.export(county, stick)
    assert [*stick.iterdir()] == []
    assert everything(county) == before


def _full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_store_that_cannot_remember_withdraws_the_file(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, stick = everything(county), world.fresh()
    with monkeypatch.context() as patch:
        patch.setattr(Life, "keep", _broken)
        with pytest.raises(RuntimeError, match="broken"):
            sync.export(county, stick)
    assert [*stick.iterdir()] == []
    assert everything(county) == before
    assert len(county.find(PACKAGE)) == 0


def _broken(_life: Life, _act: object) -> None:
    raise RuntimeError("broken")


def test_personal_data_is_neither_in_the_name_nor_readable_in_the_file(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司", contact_phone="13912345678", contact_name="顾㛃")
    file = world.up(county)
    assert re.fullmatch(r"320981-[0-9a-f]{4}-1\.ipk", file.name)
    assert b"13912345678" not in file.read_bytes()
    assert "13912345678" not in json.dumps(header(county, file))
    assert b"13912345678" in b"".join(_lines(county, file))


def _lines(store: SqlStore, file: Path) -> list[bytes]:
    container = opened(store, file)
    return [json.dumps(dict(c.raw)).encode() for r in container.header.resources for c in container.lines(r)]


def test_what_older_programs_let_through_still_travels(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="长" * 40_000)
    enterprise = county.catalogue.kind("enterprise")
    above = county.find(enterprise)[0].key
    with county.act("修改", "旧版程序") as act:
        act.put(enterprise, above, {"reg_capital_wan": 9e14})
    world.round(county)
    assert held(county, "320981") == held(world.city, "320981")
    assert world.city.get(county.catalogue.kind("case"), key)


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [("reg_capital_wan", 1e17, "注册资本（万元）"), ("reg_address", "长" * 100_001, "注册地址"),
     ("legal_rep", "a\0b", "法定代表人"), ("found_date", "不详", "成立日期"), ("unit_code", "320925", "报送单位")],
)  # fmt: skip
def test_a_value_that_no_package_carries_is_named_and_can_be_mended(
    world: World, county: SqlStore, field: str, value: Value, label: str
) -> None:
    add(county, "甲公司")
    enterprise = county.catalogue.kind("enterprise")
    key = county.find(enterprise)[0].key
    with county.act("修改", "旧版程序") as act:
        act.put(enterprise, key, {field: value})
    with pytest.raises(Refusal, match=f"贯标企业台账里“甲公司”的“{label}”.*请先把它改正") as refused:
        world.up(county)
    assert str(value) not in refused.value.message
    with county.act("修改", "表单") as act:
        act.put(enterprise, key, {field: "320981" if field == "unit_code" else None})
    world.round(county)
    assert held(county, "320981") == held(world.city, "320981")


def test_a_deleted_record_leaves_behind_what_no_package_carries(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="长" * 100_001)
    with county.act("删除", "表单") as act:
        act.delete(county.catalogue.kind("case"), key)
    for _ in range(2):
        world.round(county)
    arrived = world.city.get(county.catalogue.kind("case"), key)
    assert arrived
    assert arrived.deleted
    assert "remark" not in arrived.values
    assert Life.of(county).acknowledged == county.last_lsn()
