"""The demo's figures add up, hold against the right answers, and it touches no folder that it did not make."""

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from ipdesk import demo
from ipdesk.codes import CITY
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import Query
from ipdesk.resources import resource
from ipdesk.sync import Received


@pytest.fixture(scope="module")
def doors() -> Doors:
    wired: Doors = import_module("ipdesk.__main__").doors(catalogue())
    return wired


@pytest.fixture(scope="module")
def made(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> demo.Summary:
    return demo.make_demo(doors, tmp_path_factory.mktemp("demo") / "演示 数据")


def test_the_shares_are_those_of_the_right_answers(made: demo.Summary) -> None:
    for share in made.shares:
        told = json.loads(resource("samples", "expected", f"{share.sheet}.json").read_text(encoding="utf-8"))
        rejected = {(r.get("sheet"), r["row"]) for r in told["rejected"]}
        assert (share.unit_code, share.added, share.refused) == (
            told["unit_code"],
            len(told["rows"]),
            len(rejected),
        )
    assert (made.total("read"), made.total("added"), made.total("refused")) == (305, 290, 15)
    assert made.faults() == []


def test_the_city_holds_every_county_s_rows(made: demo.Summary, doors: Doors) -> None:
    ledger = doors.catalogue.ledger("guanbiao")
    codes: list[object] = []
    for unit in demo.OFFICES:
        store = doors.open(Path(made.folder, unit), None)
        held = [row.values["uscc"] for row in store.rows(ledger, store.keys(ledger, Query()))]
        store.close()
        if unit == CITY:
            city = held
        else:
            codes += held
    assert sorted(map(str, city)) == sorted(map(str, codes))
    assert len(set(city)) == 290


def test_institutions_and_trainees_reach_the_city_too(made: demo.Summary) -> None:
    rows: dict[str, int] = {}
    refused: dict[str, int] = {}
    for one in made.registries:
        rows[one.sheet] = rows.get(one.sheet, 0) + one.added
        refused[one.sheet] = refused.get(one.sheet, 0) + one.refused
    for sheet in rows:
        told = json.loads(resource("samples", "expected", f"{sheet}.json").read_text(encoding="utf-8"))
        assert (rows[sheet], refused[sheet]) == (len(told["rows"]), len({r["row"] for r in told["rejected"]}))
    assert made.second.sent == made.second.received > 0
    assert (made.city["institution"], made.city["attendance"], made.city["training"]) == (54, 80, 2)
    assert made.received == made.total("sent") == 677
    document = made.document()
    assert {"registries", "second", "figures"} <= document.keys()
    text = "\n".join(made.lines())
    assert "东台市培训学员名册：读入 48 行 = 登记 44 行 + 退回 4 行" in text
    assert "全市统计：新增贯标企业 " in text
    assert "培训人次 80 人次" in text


def test_every_ledger_of_the_plan_has_rows_of_each_county(made: demo.Summary, doors: Doors) -> None:
    for ledger in doors.catalogue.ledgers.values():
        if ledger.group:
            assert all(share.counts[ledger.root.name] for share in made.shares), ledger.name
            assert made.city[ledger.root.name] == sum(share.counts[ledger.root.name] for share in made.shares)


def test_the_files_are_there(made: demo.Summary) -> None:
    assert made.folders() == {"导入结果": 5, "报表": 12, "U盘": 20, "导入结果第二次": 7, "U盘第二次": 10}
    assert all(Path(made.folder, name).stat().st_size > 0 for name in made.files)
    assert "报表/盐城市贯标企业台账.pdf" in made.files


@pytest.fixture
def _one_county(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the demo to the city and one county, without papers."""
    monkeypatch.setattr(demo, "write_report", lambda _store, _name, out: out.touch())
    monkeypatch.setattr(demo, "SAMPLES", {"320925": demo.SAMPLES["320925"]})
    monkeypatch.setattr(demo, "OFFICES", {unit: demo.OFFICES[unit] for unit in (CITY, "320925")})


@pytest.mark.usefixtures("_one_county")
def test_another_run_replaces_the_first(doors: Doors, tmp_path: Path) -> None:
    first = demo.make_demo(doors, tmp_path)
    (tmp_path / "自己的笔记.txt").write_text("留着", encoding="utf-8")
    again = demo.make_demo(doors, tmp_path)
    assert (again.city, again.folders()) == (first.city, first.folders())
    assert (tmp_path / "自己的笔记.txt").is_file()


def test_a_folder_it_did_not_make_is_left_alone(doors: Doors, tmp_path: Path) -> None:
    (tmp_path / "320900").mkdir()
    with pytest.raises(Refusal, match="演示不会动它们"):
        demo.make_demo(doors, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["320900"]


def test_a_place_that_is_no_folder_is_one_sentence(doors: Doors, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(Refusal, match="用不了"):
        demo.make_demo(doors, tmp_path / "文件" / "里")


def test_what_does_not_add_up_is_found(made: demo.Summary) -> None:
    first, *others = made.shares
    for wrong in (
        replace(made, shares=[replace(first, read=1), *others]),
        replace(made, shares=[replace(first, unsent=1), *others]),
        replace(made, shares=[replace(first, read=first.read - 1, added=first.added - 1), *others]),
        replace(made, received=1),
        replace(made, city={**made.city, "case": 1}),
        replace(made, second=replace(made.second, received=1)),
        replace(made, registries=[replace(made.registries[0], read=1)]),
    ):
        assert len(wrong.faults()) == 1


@pytest.mark.usefixtures("_one_county")
def test_a_demo_that_does_not_add_up_is_a_bug(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo.Summary, "faults", lambda _self: ["不一致"])
    with pytest.raises(RuntimeError, match="不一致"):
        demo.make_demo(doors, tmp_path / "a")
    refused = Received(refused=((tmp_path, "坏了"),))
    monkeypatch.setattr("ipdesk.sync.receive", lambda *_a, **_k: refused)
    with pytest.raises(RuntimeError, match="坏了"):
        demo.make_demo(doors, tmp_path / "b")
