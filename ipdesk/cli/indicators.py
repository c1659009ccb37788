"""The command indicators: every figure of the plan against its target, with the records it was made of."""

from collections.abc import Iterator
from datetime import date

import click

from ipdesk.cli.asked import as_of, known_on
from ipdesk.cli.command import WORDS, Command
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.plan.board import board
from ipdesk.plan.comparing import plain, target_words
from ipdesk.plan.definition import Plan, plans
from ipdesk.plan.indicators import Figure
from ipdesk.problems import Refusal
from ipdesk.store import Moment

_REACHED = {True: "已达标", False: "未达标", None: "不能判断"}


@click.command(cls=Command, help="按计划算出各项指标：数值、目标、是否达标，和数出它们的记录。")
@click.option("--unit", "unit", type=WORDS, default="", metavar="单位", help="只看一个单位，如 320981")
@click.option("--plan", "plan", type=WORDS, default="", metavar="计划", help="哪个计划，默认为当日在执行的")
@as_of
@known_on
@pass_session
def indicators(session: Session, unit: str, plan: str, as_of: date | None, known_on: date | None) -> None:
    """Tell the indicators."""
    with session.store() as store:
        found = board(store, Moment(as_of, known_on), _unit(unit), _plan(plan))
    session.tell({"rows": [_row(one) for one in found]}, *_lines(found))


def _unit(words: str) -> str:
    code = code_table("regions").find(words) if words else ""
    if code is None:
        raise Refusal(f"没有“{words}”这个单位，请写单位代码或名称，如 320981 或 东台市")
    return code


def _plan(code: str) -> Plan | None:
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


COMMANDS = (indicators,)
