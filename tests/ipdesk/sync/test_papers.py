"""What stands on the papers of the exchange: cover sheets, printed receipts, letters that remind."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions.cover import cover_of, write_cover
from ipdesk.actions.deciding import send_back
from ipdesk.actions.reminder import reminder, write_reminder
from ipdesk.kinds.sync import PACKAGE
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.shortdigest import short
from ipdesk.sync import Plan
from ipdesk.sync.devices import city_of
from ipdesk.sync.exchange import opened
from tests.ipdesk.sync.world import DONGTAI, Entries, Manifest, World, add, change, reforged

MARCH, APRIL = Period.read("2026-03"), Period.read("2026-04")
PLAN = Plan("month", 5, "2026-03")


def said(store: SqlStore, file: Path) -> dict[str, str]:
    return dict(cover_of(store, file).facts)


def test_the_cover_counts_what_is_inside_by_ledger(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    file = world.up(county)
    made = cover_of(county, file)
    header = opened(county, file).header
    assert made.digest == short(header.digest)
    assert made.code == f"IPDESK 320981 {header.epoch[:4].upper()}-1 {header.digest.upper()}"
    assert [(kind, number) for _, kind, number in made.counts] == [("企业", 1), ("贯标案卷", 1)]
    assert made.facts[0] == ("报送单位", "东台市市场监督管理局")
    assert said(county, file)["附件"] == "不带附件"
    assert said(county, file)["报送期"] == "未写明"


def test_times_are_told_as_they_are_here_and_odd_ones_as_they_stand(world: World, county: SqlStore) -> None:
    def odd(manifest: Manifest, _entries: Entries) -> None:
        manifest["at"] = "昨天"

    def silent(manifest: Manifest, _entries: Entries) -> None:
        manifest["at"] = None

    assert said(county, world.forge(county, odd))["生成时间"] == "昨天"
    assert said(county, world.forge(county, silent))["生成时间"] == "未写明"


def test_the_receipt_says_what_is_returned_lacking_or_set_aside(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add(county, "甲公司")
    first = world.up(county)
    lost = world.up(county)
    change(county, key, stage="ST08")
    third = world.up(county)
    with monkeypatch.context() as newer:
        newer.setattr("db.store.SqlStore.schema", 99)
        fourth = world.up(county)
    sync.receive(world.city, [first, third, fourth])
    ledger = world.city.catalogue.ledger("guanbiao")
    (row,) = world.city.rows(ledger, [key])
    send_back(world.city, ledger, row, "请核对")
    told = said(world.city, third)
    assert told["缺的包号"].startswith("2（")
    assert told["待处理"] == "退回 1 条，疑似重复 0 条，冲突 0 处"
    assert told["处理结果"] == "已收，写入 1 条"
    assert said(world.city, fourth)["处理结果"].startswith("暂存未收：")
    with pytest.raises(Refusal, match="还没有收取"):
        cover_of(world.city, lost)


def test_a_sheet_needs_the_office_s_name_and_a_pdf(world: World, tmp_path: Path) -> None:
    county = world.make(unit=DONGTAI, office_name="")
    sync.request(county, tmp_path / "request")
    sync.accept(world.city, tmp_path / "request", tmp_path / "grant")
    sync.install(county, tmp_path / "grant")
    file = world.up(county)
    with pytest.raises(Refusal, match="请先填写"):
        cover_of(county, file)
    with pytest.raises(Refusal, match="结尾"):
        write_cover(county, file, tmp_path / "单.doc")


# ---------------------------------------------------------------- letters
def words(world: World, period: Period, day: date) -> str:
    letter = reminder(world.city, DONGTAI, period, day)
    return "".join(text for _, text in letter.paragraphs) + "，".join(letter.rows[0])


def came(world: World, at: datetime, **values: object) -> None:
    """Let the city have received its one package at another time."""
    (row,) = world.city.find(PACKAGE, direction="in", type="package")
    with world.city.act("收到时间", "测试") as act:
        act.upsert(PACKAGE, [{**row.values, "at": at.isoformat(), **values}])  # type: ignore[dict-item]


@pytest.mark.usefixtures("county")
def test_a_letter_says_what_is_awaited_and_what_is_overdue(world: World) -> None:
    sync.expect(world.city, PLAN)
    assert "请按期报送" in words(world, MARCH, date(2026, 4, 5))
    late = words(world, MARCH, date(2026, 4, 8))
    assert "应于2026年4月5日前报送" in late
    assert "已逾期3天" in late
    assert late.endswith("2026年3月，2026-04-05，逾期未报，0，无，")


def test_a_letter_asks_for_packages_that_never_came(world: World, county: SqlStore) -> None:
    sync.expect(world.city, PLAN)
    add(county, "甲公司")
    world.up(county)
    add(county, "乙公司")
    second = sync.export(county, world.fresh(), report=sync.Report("2026-03"))[0]

    def unhealed(manifest: Manifest, entries: Entries) -> None:
        manifest["low"] = 2
        for rows in entries.values():
            rows[:] = [row for row in rows if int(str(row["_lsn"])) > 2]

    sync.receive(world.city, [reforged(county, second, unhealed, city_of(county).keys)])
    came(world, datetime(2026, 4, 2, 4, tzinfo=UTC))
    told = words(world, MARCH, date(2026, 4, 20))
    assert "第1包没有送达" in told
    assert "已收，1，1，" in told


def test_a_letter_about_what_is_set_aside_or_not_expected(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sync.expect(world.city, PLAN)
    with monkeypatch.context() as newer:
        newer.setattr("db.store.SqlStore.schema", 99)
        file = sync.export(county, world.fresh(), report=sync.Report("2026-03"))[0]
    sync.receive(world.city, [file])
    assert "暂存未能收取" in words(world, MARCH, date(2026, 4, 20))
    came(world, datetime(2026, 4, 2, 4, tzinfo=UTC), quarantined=None)
    with pytest.raises(Refusal, match="不用提醒"):
        words(world, MARCH, date(2026, 4, 20))
    with pytest.raises(Refusal, match="没有东台市2025年3月这一期"):
        words(world, replace(MARCH, first=date(2025, 3, 1)), date(2026, 4, 20))
    nameless = world.make(role="city", unit="320900", office_name="")
    with pytest.raises(Refusal, match="请先填写"):
        reminder(nameless, DONGTAI, MARCH)
    with pytest.raises(Refusal, match="结尾"):
        write_reminder(world.city, DONGTAI, APRIL, tmp_path / "函.doc")
