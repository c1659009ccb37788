"""The tasks of a plan: in its own words, with what each unit does and how far it has come."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import codes
from ipdesk.actions import ledger as deeds
from ipdesk.actions.tasks import load_tasks
from ipdesk.fields import Value
from ipdesk.plan.definition import plan_on
from ipdesk.plan.tasks import (
    deadline_words,
    department_words,
    new_names,
    phase_on,
    state_label,
    task_board,
)
from ipdesk.store import Moment
from tests.ipdesk.sync.world import CITY, DONGTAI, JIANHU, World

PLAN = plan_on(date(2024, 1, 1))
TASKS = {task.code: task for task in PLAN.tasks}
SPRING = Moment(as_of=date(2024, 4, 10))


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def put(store: SqlStore, ledger: str, /, **values: Value) -> None:
    told = {"unit_code": store.office.unit_code, **values}
    deeds.add(store, store.catalogue.ledger(ledger), told, "测试")


def progress(store: SqlStore, code: str, period: str, state: str) -> None:
    put(store, "task_progress", task_code=code, period=period, task_state=state)


def test_the_plan_is_told_in_its_own_words(store: SqlStore) -> None:
    told = task_board(store, SPRING)
    assert (len(told.tasks), told.units) == (27, (DONGTAI,))
    assert sum(len(task.measures) for task in told.tasks) == 97
    assert told.tasks == PLAN.tasks
    assert {one.state for one in told.standings.values()} == {""}
    assert told.counts() == {"": 27}


def test_departments_keep_their_name_with_the_new_one_beside() -> None:
    words = department_words(TASKS["T4-1"])
    assert "市银保监局（今盐城银保监分局、国家金融监督管理总局盐城监管分局）" in words
    assert words.endswith("等按职责分工负责")
    assert department_words(TASKS["G2"]).startswith("领导小组办公室")
    assert department_words(TASKS["G3"]) == "（计划未写明责任部门）"
    assert "市财政局" not in new_names(TASKS["T2-6"])
    assert [d.name for d in TASKS["T2-6"].departments] == ["市知识产权局", "市财政局"]


def test_the_one_explicit_deadline_is_quoted() -> None:
    assert deadline_words(TASKS["T2-6"]) == "确保在 2023 年底前全部取消"
    assert TASKS["T2-6"].due == date(2023, 12, 31)
    assert deadline_words(TASKS["T1-1"]) == "2025-04-30（计划没有写明，按阶段推定）"
    assert [task.code for task in PLAN.tasks if task.deadline] == ["T2-6"]
    assert phase_on(PLAN, TASKS["T1-1"].due) == "组织实施阶段"
    assert phase_on(PLAN, date(2026, 1, 1)) == ""


def test_the_newest_progress_speaks_and_is_never_written(store: SqlStore) -> None:
    progress(store, "T1-1", "2024-Q1", "TS2")
    progress(store, "T1-1", "2023", "TS1")
    one = task_board(store, SPRING).of("T1-1", DONGTAI)
    assert one is not None
    assert (one.state, one.lags, one.words) == ("TS2", False, "进行中")
    before = task_board(store, Moment(as_of=date(2023, 12, 31))).of("T1-1", DONGTAI)
    assert before is not None
    assert before.words == "未启动"
    assert one.key is not None
    assert one.key[0] == "task_progress"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("TS2", "进行中（滞后）"),
        ("TS3", "已完成"),
        ("TS4", "滞后"),
        ("TS5", "需协调（滞后）"),
        ("TS6", "长期坚持"),
    ],
)
def test_what_is_past_its_day_and_not_done_lags(store: SqlStore, state: str, words: str) -> None:
    progress(store, "T2-6", "2024-Q1", state)
    told = task_board(store, SPRING)
    one = told.of("T2-6", DONGTAI)
    assert one is not None
    assert one.words == words
    assert bool(told.lagging(DONGTAI)) is ("滞后" in words)


def test_the_due_day_itself_is_in_time(store: SqlStore) -> None:
    assert _lags(store, date(2023, 12, 31), "T2-6") is False
    assert _lags(store, date(2024, 1, 1), "T2-6") is True


def _lags(store: SqlStore, day: date, code: str) -> bool | None:
    one = task_board(store, Moment(as_of=day)).of(code, DONGTAI)
    return one.lags if one else None


def test_a_unit_sets_its_own_day_and_people(store: SqlStore) -> None:
    put(
        store,
        "task",
        task_code="T1-1",
        local_measures="成立专班",
        person_in_charge="王海",
        due_date="2024-03",
    )
    one = task_board(store, SPRING).of("T1-1", DONGTAI)
    assert one is not None
    assert (one.due, one.state, one.words) == (date(2024, 3, 31), "TS1", "未启动（滞后）")
    assert (one.told("local_measures"), one.told("person_in_charge"), one.told("departments")) == (
        "成立专班",
        "王海",
        "",
    )
    assert one.key is not None
    assert one.key[0] == "task"
    nothing = task_board(store, SPRING).of("T1-2", DONGTAI)
    assert nothing is not None
    assert (nothing.key, nothing.words, nothing.told("departments")) == (None, "未报", "")


def test_a_units_own_task_stands_after_the_plans(store: SqlStore) -> None:
    put(store, "task", task_code="D-1", title="建快维中心", departments="市监局", task_kind="TK3")
    progress(store, "D-2", "2024-Q1", "TS2")
    told = task_board(store, SPRING)
    assert [(task.code, task.title) for task in told.tasks[27:]] == [("D-1", "建快维中心"), ("D-2", "")]
    assert department_words(told.by_code["D-1"]) == "市监局"
    assert told.of("D-1", CITY) is None


def test_a_period_that_cannot_be_read_goes_before_all(store: SqlStore) -> None:
    progress(store, "T1-1", "2023", "TS2")
    kind = store.catalogue.kind("task_progress")
    with store.act("导入", "表") as act:
        act.add(kind, {"unit_code": DONGTAI, "task_code": "T1-1", "period": "早期", "task_state": "TS1"})
    one = task_board(store).of("T1-1", DONGTAI)
    assert one is not None
    assert one.state == "TS2"


def test_loading_makes_what_is_missing_in_one_deed(store: SqlStore) -> None:
    put(store, "task", task_code="T1-1", person_in_charge="王海")
    assert load_tasks(store, PLAN) == 26
    assert load_tasks(store, PLAN) == 0
    kind = store.catalogue.kind("task")
    held = {r.values["task_code"]: r.values for r in store.find(kind)}
    assert set(held) == set(TASKS)
    assert held["T2-6"]["due_date"] == "2023-12-31"
    assert "due_date" not in held["G1"]
    assert (held["T2-6"]["task_kind"], held["G1"]["task_kind"]) == ("TK1", "TK2")
    assert held["T1-1"]["person_in_charge"] == "王海"
    store.undo()
    assert [r.values["task_code"] for r in store.find(kind)] == ["T1-1"]


def test_the_city_sees_every_county(world: World) -> None:
    county = world.county()
    load_tasks(county, PLAN)
    progress(county, "T2-6", "2024-Q1", "TS2")
    progress(county, "T1-1", "2024-Q1", "TS3")
    world.round(county)
    told = task_board(world.city, SPRING)
    assert len(told.units) > 9
    assert told.counts_of("T2-6") == {"TS2": 1, "": len(told.units) - 1}
    assert told.counts(DONGTAI) == {"TS1": 25, "TS2": 1, "TS3": 1}
    assert [one.unit for one in told.lagging() if one.task.code == "T2-6"] == list(told.units)
    assert [one.unit for one in task_board(world.city, SPRING, JIANHU).lagging()] == [JIANHU]
    assert [state_label(code) for code in told.counts(DONGTAI)] == ["未启动", "进行中", "已完成"]
    assert state_label("") == "未报"


def test_another_plan_has_its_own_tasks(store: SqlStore) -> None:
    head = "task_code,task_kind,section_no,section_title,task_no,title,responsibility_phrase,deadline"
    rest = (
        "deadline_quote,default_due_date,related_indicators,county_level_content,evidence_examples,plan_code"
    )
    plan = {
        "plans.csv": "plan_code,name,document,issued,start_date,end_date\n"
        "P9,新计划,文,2026-01-01,2026-01-01,2026-12-31\n",
        "tasks.csv": f"{head},{rest}\nN1,重点任务,一,节,1,新任务,负责,2026-06-30,年中完成,,,,,P9\n",
    }
    codes.use(codes.Tables(plans=(plan,)))
    try:
        told = task_board(store, Moment(as_of=date(2026, 7, 1)))
        assert [(t.code, deadline_words(t)) for t in told.tasks] == [("N1", "年中完成")]
        assert [one.task.code for one in told.lagging()] == ["N1"]
        assert load_tasks(store, told.plan) == 1
    finally:
        codes.use(codes.Tables())
