"""Supervision slips: issued by the city, answered by the county's own record, closed by the city."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import ledger as deeds
from ipdesk.actions.supervision import answer_slip, close_slip, issue_slip
from ipdesk.fields import Value
from ipdesk.plan.slips import Slip, drafted, next_number, one_slip, slips
from ipdesk.problems import Refusal
from ipdesk.todo import todo
from tests.ipdesk.sync.world import CITY, DONGTAI, JIANHU, World

ISSUED, DUE, LATER = date(2024, 5, 6), "2024-06-30", date(2024, 7, 1)
SUBJECT = "任务T2-6“规范知识产权奖励政策”进展滞后"
NUMBER = "督〔2024〕1号"


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def issue(store: SqlStore, unit: str = DONGTAI, **values: Value) -> str:
    told = drafted(store, unit, ISSUED, task="T2-6")
    issue_slip(store, {**told, "deadline": DUE, **values})
    return str(told["slip_no"])


def only(store: SqlStore, today: date = ISSUED) -> Slip:
    (found,) = slips(store, today=today)
    return found


def down(world: World, county: SqlStore) -> None:
    assert not sync.receive(county, [world.down(county.office.unit_code)]).refused


def presses(store: SqlStore, today: date) -> list[tuple[str, str, str]]:
    return [(i.what, i.due, i.severity.value) for i in todo(store, today) if i.sort == "slip"]


def test_a_slip_goes_down_is_answered_goes_up_and_is_closed(world: World) -> None:
    county = world.county()
    assert issue(world.city) == NUMBER
    assert (only(world.city).state, only(world.city, LATER).state) == ("待回复", "逾期未回复")
    assert presses(world.city, ISSUED) == []
    assert presses(world.city, LATER) == [(f"督办单“{NUMBER}”逾期未回复", DUE, "urgent")]
    down(world, county)
    assert only(county).values["subject"] == SUBJECT
    assert presses(county, ISSUED) == [(f"督办单“{NUMBER}”待回复", DUE, "soon")]
    answer_slip(county, only(county), "已全部取消", date(2024, 5, 20), "取消文件")
    assert (only(county).state, presses(county, LATER)) == ("已回复", [])
    world.round(county)
    found = only(world.city)
    assert (found.state, found.values["reply"], found.values["evidence"]) == (
        "已回复",
        "已全部取消",
        "取消文件",
    )
    assert found.issued.key.owner == CITY
    assert found.answer is not None
    assert found.answer.key.owner == DONGTAI
    assert presses(world.city, LATER) == [(f"督办单“{NUMBER}”已回复，请审核销号", "", "soon")]
    close_slip(world.city, found, "材料齐全", date(2024, 6, 1))
    assert (only(world.city).state, presses(world.city, LATER)) == ("已销号", [])
    down(world, county)
    assert only(county).state == "已销号"
    with pytest.raises(Refusal, match="已经销号，不用再回复"):
        answer_slip(county, only(county), "又改了")


def test_the_city_finds_no_doubt_in_an_answer(world: World) -> None:
    county = world.county()
    issue(world.city)
    down(world, county)
    answer_slip(county, only(county), "已整改")
    world.round(county)
    told = [i for i in todo(county, ISSUED) if i.ledger == "supervision"]
    assert told == []
    assert [i.sort for i in todo(world.city, ISSUED) if i.ledger == "supervision"] == ["slip"]


def test_what_came_down_is_not_told_to_be_sent(world: World) -> None:
    county = world.county()
    issue(world.city)
    down(world, county)
    assert [i.sort for i in todo(county, ISSUED) if i.ledger == "supervision"] == ["slip"]


def test_a_second_answer_changes_the_first(world: World) -> None:
    county = world.county()
    issue(world.city)
    down(world, county)
    first = answer_slip(county, only(county), "正在整改", date(2024, 5, 10))
    assert answer_slip(county, only(county), "已整改", date(2024, 5, 30)) == first
    assert only(county).values["reply"] == "已整改"
    with pytest.raises(Refusal, match="请写明整改情况"):
        answer_slip(county, only(county), " ")


def test_numbers_go_on_and_none_is_given_twice(world: World) -> None:
    city = world.city
    assert [issue(city), issue(city, JIANHU)] == [NUMBER, "督〔2024〕2号"]
    key = next(s.issued.key for s in slips(city) if s.number.endswith("2号"))
    deeds.delete(city, city.catalogue.ledger("supervision"), [key], "测试")
    issue(city, slip_no="盐知督9号")
    assert next_number(city, 2024) == "督〔2024〕3号"
    assert next_number(city, 2025) == "督〔2025〕1号"


def test_a_slip_takes_its_number_and_day_by_itself(world: World) -> None:
    issue_slip(world.city, {"unit_code": DONGTAI, "subject": "补报", "deadline": DUE, "problem": ""})
    found = only(world.city)
    assert found.values["issued_date"] == date.today().isoformat()
    assert found.number == f"督〔{date.today().year}〕1号"


def test_a_draft_tells_what_lags(world: World) -> None:
    assert drafted(world.city, DONGTAI, ISSUED, indicator_code="I09")["indicator_code"] == "I09"
    assert "指标" in str(drafted(world.city, DONGTAI, ISSUED, indicator_code="I09")["subject"])
    assert drafted(world.city, DONGTAI, ISSUED, task="D-1")["subject"] == "任务D-1进展滞后"
    assert "subject" not in drafted(world.city, DONGTAI, ISSUED)


def test_each_side_does_its_own(world: World) -> None:
    county = world.county()
    issue(world.city)
    down(world, county)
    with pytest.raises(Refusal, match="由市局发出"):
        issue_slip(county, {})
    with pytest.raises(Refusal, match="由市局销号"):
        close_slip(county, only(county), "好")
    with pytest.raises(Refusal, match="由收到的县"):
        answer_slip(world.city, only(world.city), "好")
    with pytest.raises(Refusal, match="请选择督办哪个县"):
        issue_slip(world.city, {"unit_code": CITY})


def test_closing_asks_for_an_answer_and_a_note(world: World) -> None:
    city = world.city
    issue(city)
    with pytest.raises(Refusal, match="还没有回复，不能销号"):
        close_slip(city, only(city), "好")
    deeds.change(
        city, city.catalogue.ledger("supervision"), only(city).issued.key, {"reply_date": DUE}, "表单"
    )
    with pytest.raises(Refusal, match="请写明销号意见"):
        close_slip(city, only(city), " ")
    close_slip(city, only(city), "电话核实")
    with pytest.raises(Refusal, match="已经销号"):
        close_slip(city, only(city), "好")


def test_a_slip_that_a_county_entered_itself_is_its_own(world: World) -> None:
    county = world.county()
    told: dict[str, Value] = {"slip_no": "旧1号", "subject": "旧事", "issued_date": "2023-01-05"}
    ledger = county.catalogue.ledger("supervision")
    deeds.add(county, ledger, {**told, "unit_code": DONGTAI, "deadline": "2023-02-01"}, "表单")
    answer_slip(county, only(county), "办结")
    assert (only(county).state, only(county).answer) == ("已回复", None)
    world.round(county)
    with pytest.raises(Refusal, match="不是市局发出的督办单"):
        close_slip(world.city, only(world.city), "好")


def test_one_slip_is_found_by_number_and_unit(world: World) -> None:
    issue(world.city, slip_no="督1号")
    issue(world.city, JIANHU, slip_no="督1号")
    assert one_slip(world.city, " 督1号 ", JIANHU).unit == JIANHU
    with pytest.raises(Refusal, match="发给了几个单位（东台市、建湖县）|发给了几个单位（建湖县、东台市）"):
        one_slip(world.city, "督1号")
    with pytest.raises(Refusal, match="没有编号为“督3号”的督办单"):
        one_slip(world.city, "督3号")
    assert [s.unit for s in slips(world.city, JIANHU)] == [JIANHU]
