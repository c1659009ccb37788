"""The command indicators: every figure of the plan against its target, with the records it was made of."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ipdesk.cli.asked import as_of, known_on
from ipdesk.cli.command import PATH, WORDS, Command, Group
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.plan.board import board
from ipdesk.plan.comparing import plain, target_words
from ipdesk.plan.definition import OWN, Plan, plans
from ipdesk.plan.indicators import Figure
from ipdesk.problems import Refusal
from ipdesk.store import Moment

_REACHED = {True: "已达标", False: "未达标", None: "不能判断"}


@click.command(cls=Command, help="按计划算出各项指标：数值、目标、是否达标，和数出它们的记录。")
@click.option("--unit", "unit", type=WORDS, default="", metavar="单位", help="只看一个单位，如 320981")
@click.option("--plan", "code", type=WORDS, default="", metavar="计划", help="哪个计划，默认为当日在执行的")
@as_of
@known_on
@pass_session
def indicators(session: Session, unit: str, code: str, as_of: date | None, known_on: date | None) -> None:
    """Tell the indicators."""
    with session.store() as store:
        found = board(store, Moment(as_of, known_on), unit_of(unit), plan_of(code))
    session.tell({"rows": [_row(one) for one in found]}, *_lines(found))


def unit_of(words: str) -> str:
    """Return the code of a unit that somebody wrote, empty for none; an unknown one is refused."""
    code = code_table("regions").find(words) if words else ""
    if code is None:
        raise Refusal(f"没有“{words}”这个单位，请写单位代码或名称，如 320981 或 东台市")
    return code


def plan_of(code: str) -> Plan | None:
    """Return the plan of a code, ``None`` for none told; an unknown one is refused."""
    found = next((plan for plan in plans() if plan.code == code), None)
    if code and found is None:
        raise Refusal(f"没有“{code}”这个计划，可用的有：{'、'.join(plan.code for plan in plans())}")
    return found


def _row(one: Figure) -> dict[str, object]:
    part = one.part
    return {
        "indicator_code": one.indicator.code,
        "unit_code": one.unit,
        "name": one.indicator.name,
        "measure": one.indicator.unit,
        "value": plain(one.value),
        "target": plain(one.goal),
        "comparator": one.indicator.comparator,
        "reached": one.is_reached,
        "numerator": plain(part.numerator),
        "denominator": plain(part.denominator),
        "before": plain(one.before),
        "done": plain(one.done),
        "why": part.why or None,
        "ids": list(part.ids),
        "unclear": [{"id": u.id, "unit_code": u.unit, "why": u.why} for u in part.unclear],
    }


def _lines(found: tuple[Figure, ...]) -> Iterator[str]:
    unit = ""
    for one in sorted(found, key=lambda one: [f.unit for f in found].index(one.unit)):
        if one.unit != unit:
            unit = one.unit
            yield f"{code_table('regions').label(unit)}："
        why = f"（{one.part.why}）" if one.part.why else ""
        doubt = f"，另有 {len(one.part.unclear)} 条说不清" if one.part.unclear else ""
        goal = target_words(one.indicator, one.goal)
        told = f"{one.words} {one.indicator.unit}{why}，目标 {goal}，{_REACHED[one.is_reached]}{doubt}"
        yield f"  {one.indicator.code} {one.indicator.short_name}：{told}"


@click.group(cls=Group, help="计划：列出、导出成可以改的工作簿。")
def plan() -> None:
    """Gather the commands on plans."""


@plan.command("list", help="列出现在有效的计划。")
@pass_session
def list_plans(session: Session) -> None:
    """List the plans."""
    with session.store():
        found = plans()
    rows = [
        {
            "plan_code": one.code,
            "name": one.name,
            "document": one.document,
            "start_date": one.start.isoformat(),
            "end_date": one.end.isoformat(),
            "indicators": len(one.indicators),
            "tasks": len(one.tasks),
        }
        for one in found
    ]
    lines = (f"{one.code}  {one.name}（{one.document}），{one.start} 至 {one.end}" for one in found)
    session.tell({"rows": rows}, *lines)


@plan.command("template", help="把一个计划写成工作簿，改成新计划后用 publish plan 下发。")
@click.argument("out", type=PATH, metavar="计划.xlsx")
@click.option(
    "--plan", "code", type=WORDS, default=OWN, metavar="计划", help="照哪个计划写，默认为程序自带的"
)
@pass_session
def template(session: Session, out: Path, code: str) -> None:
    """Write a plan as a workbook."""
    from ipdesk.plan import paper

    with session.store():
        plan_of(code)
        paper.write(out, code)
    session.tell({"file": str(out)}, f"已写入“{out}”，改好后由市局用 publish plan 下发")


COMMANDS = (indicators, plan)
