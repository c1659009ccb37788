"""task and slip: the plan's tasks with how far each unit has come, and slips from issue to closing."""

import datetime
from pathlib import Path

import pytest

from ipdesk.codes import code_table
from tests.ipdesk.cli.conftest import Run

NUMBER = "督〔2024〕1号"
CLOSED_PAST = ("--date", "2024-05-06", "--deadline", "2024-06-30")


@pytest.fixture
def city(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "市局"
    words = ("--role", "city", "--unit", "320900", "--office-name", "盐城市知识产权局", "--no-password")
    told = run("init", *words, at=folder)
    assert told.code == 0, told.err
    return folder


def test_tasks_are_loaded_once_and_undone_at_once(run: Run, county: Path) -> None:
    assert run("--json", "task", "load").json == {"added": 27, "plan_code": "P2022"}
    assert run("task", "load").out == "任务都已载入\n"
    assert run("undo").code == 0
    assert run("task", "load", "--plan", "P2022").out == "载入 27 项任务\n"


def test_a_unit_reads_how_it_stands(run: Run, county: Path) -> None:
    run("task", "load")
    told = run("add", "task_progress", "task_code=T2-6", "period=2024-Q1", "task_state=进行中")
    assert told.code == 0, told.err
    rows = {row["task_code"]: row for row in run("--json", "task", "list").json["rows"]}
    assert len(rows) == 27
    one = rows["T2-6"]
    assert (one["deadline"], one["due"]) == ("确保在 2023 年底前全部取消", "2023-12-31")
    assert one["departments"] == ["市知识产权局", "市财政局"]
    assert "市市场监管局（市知识产权局）" in one["new_names"]["市知识产权局"]
    assert (one["phase"], one["counts"]) == ("组织实施阶段", {"TS2": 1})
    (unit,) = one["units"]
    assert (unit["state"], unit["lags"], unit["period"], len(unit["ids"])) == ("TS2", True, "2024-Q1", 2)
    lines = run("task", "list", "--as-of", "2024-04-01").out.splitlines()
    assert "  东台市：进行中（滞后）" in lines
    assert lines[-1] == "共 27 项任务：未启动 26，进行中 1，1 项已过时限未完成"
    run("set", "task", unit["ids"][0], "person_in_charge=王海")
    assert "  东台市：进行中（滞后），王海" in run("task", "list").out.splitlines()


def test_the_city_lists_every_unit(run: Run, city: Path) -> None:
    told = run("--json", "task", "list", at=city).json["rows"]
    assert {len(row["units"]) for row in told} == {len(code_table("regions").codes)}
    assert len(run("--json", "task", "list", "--unit", "东台", at=city).json["rows"][0]["units"]) == 1
    assert run("task", "list", "--plan", "没有", at=city).code == 2


def test_slips_are_issued_and_listed(run: Run, city: Path) -> None:
    told = run("--json", "slip", "issue", "东台", "--task", "T2-6", *CLOSED_PAST, at=city)
    assert told.code == 0, told.err
    assert told.json["slip_no"] == NUMBER
    words = run("slip", "issue", "建湖", "--indicator", "I09", "--subject", "加快", *CLOSED_PAST, at=city)
    assert words.out == "已发出“督〔2024〕2号”，下次下发时送到该单位\n"
    (row,) = run("--json", "slip", "list", "--unit", "320981", at=city).json["rows"]
    assert (row["state"], row["unit_code"], row["answer_id"]) == ("逾期未回复", "320981", None)
    lines = run("slip", "list", at=city).out.splitlines()
    assert lines[-1] == "共 2 件"
    assert lines[1] == "逾期未回复  督〔2024〕2号  建湖县  加快  时限 2024-06-30"
    early = run("slip", "close", NUMBER, "--note", "好", at=city)
    assert (early.code, early.err) == (2, f"“{NUMBER}”还没有回复，不能销号\n")
    run("set", "supervision", row["id"], "reply_date=2024-06-01", at=city)
    assert (
        run("slip", "close", NUMBER, "--note", "好", "--unit", "东台", at=city).out == f"“{NUMBER}”已销号\n"
    )


def test_a_county_answers(run: Run, county: Path) -> None:
    day = datetime.date.today().isoformat()
    fields = ("slip_no=旧1号", "subject=旧事", f"issued_date={day}", f"deadline={day}")
    assert run("add", "supervision", *fields).code == 0
    told = run("slip", "answer", "旧1号", "--reply", "办结", "--evidence", "文件")
    assert (told.code, told.out) == (0, "已回复“旧1号”，下次上报时送到市局\n")
    assert run("--json", "slip", "list").json["rows"][0]["state"] == "已回复"


@pytest.mark.parametrize(("option", "what"), [("--task", "任务"), ("--indicator", "指标")])
def test_an_unknown_code_is_refused(run: Run, city: Path, option: str, what: str) -> None:
    told = run("slip", "issue", "东台", option, "X9", *CLOSED_PAST, at=city)
    assert (told.code, told.err) == (2, f"没有“X9”这个{what}，请核对编号\n")
