"""The commands on tasks and supervision slips: how each unit stands, and slips issued, answered, closed."""

from collections.abc import Iterator
from datetime import date

import click

from ipdesk.actions import supervision
from ipdesk.actions.tasks import load_tasks
from ipdesk.cli.asked import Day, as_of, known_on
from ipdesk.cli.command import WORDS, Group
from ipdesk.cli.indicators import plan_of, unit_of
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.kinds.tasks import SUPERVISION_LEDGER
from ipdesk.plan.definition import plan_on
from ipdesk.plan.slips import Slip, drafted, one_slip, slips
from ipdesk.plan.tasks import (
    Standing,
    TaskBoard,
    deadline_words,
    department_words,
    new_names,
    phase_on,
    state_label,
    task_board,
)
from ipdesk.problems import Refusal
from ipdesk.store import Moment

_UNIT = click.option(
    "--unit", "unit", type=WORDS, default="", metavar="单位", help="单位代码或名称，如 320981"
)
_PLAN = click.option(
    "--plan", "code", type=WORDS, default="", metavar="计划", help="哪个计划，默认为在执行的"
)


@click.group(cls=Group, help="任务：列出计划的任务和各单位的进展，载入本单位的任务分解表。")
def task() -> None:
    """Gather the commands on tasks."""


@task.command("list", help="列出计划的任务：措施、部门、时限，各单位做到哪一步。")
@_UNIT
@_PLAN
@as_of
@known_on
@pass_session
def list_tasks(session: Session, unit: str, code: str, as_of: date | None, known_on: date | None) -> None:
    """List the tasks."""
    with session.store() as store:
        told = task_board(store, Moment(as_of, known_on), unit_of(unit), plan_of(code))
    session.tell({"rows": [_row(told, code) for code in told.by_code]}, *_lines(told))


def _row(told: TaskBoard, code: str) -> dict[str, object]:
    one = told.by_code[code]
    standings = [found for unit in told.units if (found := told.of(code, unit))]
    return {
        "task_code": code,
        "task_kind": one.kind,
        "title": one.title,
        "measures": list(one.measures),
        "departments": [department.name for department in one.departments],
        "new_names": new_names(one),
        "phase": phase_on(told.plan, one.due),
        "deadline": one.deadline or None,
        "due": one.due.isoformat(),
        "counts": told.counts_of(code),
        "units": [_standing(found) for found in standings],
    }


def _standing(one: Standing) -> dict[str, object]:
    return {
        "unit_code": one.unit,
        "state": one.state or None,
        "lags": one.lags,
        "due": one.due.isoformat(),
        "local_measures": one.told("local_measures") or None,
        "person_in_charge": one.told("person_in_charge") or None,
        "period": one.progress.values.get("period") if one.progress else None,
        "ids": [row.key.id for row in (one.record, one.progress) if row],
    }


def _lines(told: TaskBoard) -> Iterator[str]:
    for code, one in told.by_code.items():
        yield f"{code} {one.title}：{department_words(one)}；时限：{deadline_words(one)}"
        for unit in told.units:
            if found := told.of(code, unit):
                who = found.told("person_in_charge")
                yield f"  {code_table('regions').label(unit)}：{found.words}{f'，{who}' if who else ''}"
    counts = "，".join(f"{state_label(state)} {number}" for state, number in told.counts().items())
    yield f"共 {len(told.tasks)} 项任务：{counts}，{len(told.lagging())} 项已过时限未完成"


@task.command("load", help="为本单位载入计划的全部任务，已有的不动；可一次撤销。")
@_PLAN
@pass_session
def load(session: Session, code: str) -> None:
    """Make this unit's records of the tasks."""
    with session.store() as store:
        plan = plan_of(code) or plan_on(date.today())
        made = load_tasks(store, plan)
    session.tell({"added": made, "plan_code": plan.code}, f"载入 {made} 项任务" if made else "任务都已载入")


@click.group(cls=Group, help="督办单：发出、回复、销号、列出。")
def slip() -> None:
    """Gather the commands on supervision slips."""


_DATE = click.option("--date", "day", type=Day(), metavar="日期", help="哪一天，默认今天")
_NUMBER = click.argument("number", type=WORDS, metavar="督办编号")


@slip.command("issue", help="市局向一个单位发出督办单，编号自动接续。")
@click.argument("unit", type=WORDS, metavar="单位")
@click.option("--task", "task_code", type=WORDS, default="", metavar="任务", help="督办哪项任务，如 T2-6")
@click.option("--indicator", "indicator", type=WORDS, default="", metavar="指标", help="督办哪项指标，如 I09")
@click.option("--subject", type=WORDS, default="", metavar="事项", help="督办事项，不写则按任务或指标拟定")
@click.option("--problem", type=WORDS, default="", metavar="问题", help="存在问题")
@click.option("--demand", type=WORDS, default="", metavar="要求", help="整改要求")
@click.option("--issuer", type=WORDS, default="", metavar="姓名", help="签发人")
@click.option("--deadline", type=Day(), required=True, metavar="日期", help="办理时限")
@_DATE
@pass_session
def issue(
    session: Session,
    /,
    unit: str,
    task_code: str,
    indicator: str,
    deadline: date,
    day: date | None,
    **told: str,
) -> None:
    """Issue a slip."""
    with session.store() as store:
        for_unit, on = unit_of(unit), day or date.today()
        _known("tasks", task_code, "任务")
        _known("indicators", indicator, "指标")
        draft = drafted(store, for_unit, on, task=task_code, indicator_code=indicator)
        written = {name: words for name, words in told.items() if words}
        values = {**draft, "deadline": deadline.isoformat(), **written}
        key = supervision.issue_slip(store, values, "命令行")
    number = str(values["slip_no"])
    session.tell({"id": key.id, "slip_no": number}, f"已发出“{number}”，下次下发时送到该单位")


def _known(table: str, code: str, what: str) -> None:
    if code and code not in code_table(table):
        raise Refusal(f"没有“{code}”这个{what}，请核对编号")


@slip.command("answer", help="县（市、区）回复一张督办单；再回复一次即修改。")
@_NUMBER
@click.option("--reply", type=WORDS, required=True, metavar="内容", help="整改情况")
@click.option("--evidence", type=WORDS, default="", metavar="材料", help="佐证材料")
@_DATE
@pass_session
def answer(session: Session, number: str, reply: str, evidence: str, day: date | None) -> None:
    """Answer a slip."""
    with session.store() as store:
        found = one_slip(store, number)
        key = supervision.answer_slip(store, found, reply, day, evidence, "命令行")
    session.tell({"id": key.id, "slip_no": found.number}, f"已回复“{found.number}”，下次上报时送到市局")


@slip.command("close", help="市局把一张已回复的督办单销号。")
@_NUMBER
@click.option("--note", type=WORDS, required=True, metavar="意见", help="销号意见")
@_UNIT
@_DATE
@pass_session
def close(session: Session, number: str, note: str, unit: str, day: date | None) -> None:
    """Close a slip."""
    with session.store() as store:
        found = one_slip(store, number, unit_of(unit))
        supervision.close_slip(store, found, note, day, "命令行")
    session.tell({"id": found.issued.key.id, "slip_no": found.number}, f"“{found.number}”已销号")


@slip.command("list", help="列出督办单和办到哪一步：待回复、逾期未回复、已回复、已销号。")
@_UNIT
@pass_session
def list_slips(session: Session, unit: str) -> None:
    """List the slips."""
    with session.store() as store:
        found = slips(store, unit_of(unit))
    session.tell({"rows": [_slip_row(one) for one in found]}, *map(_slip_line, found), f"共 {len(found)} 件")


def _slip_row(one: Slip) -> dict[str, object]:
    told = {field.name: one.values.get(field.name) for field in SUPERVISION_LEDGER.root.fields}
    answer = one.answer.key.id if one.answer else None
    return {"id": one.issued.key.id, "answer_id": answer, "state": one.state, **told}


def _slip_line(one: Slip) -> str:
    unit = code_table("regions").label(one.unit)
    return (
        f"{one.state}  {one.number}  {unit}  {one.values.get('subject')}  时限 {one.values.get('deadline')}"
    )


COMMANDS = (task, slip)
