"""The command period: what is to be reported when; submit, withdraw, accept, return a period, show it as reported."""

from collections.abc import Iterator
from fractions import Fraction

import click

from ipdesk.actions import reporting_periods as deeds
from ipdesk.cli.command import WORDS, Group
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.periods import Period
from ipdesk.plan.board import board
from ipdesk.plan.comparing import plain
from ipdesk.plan.definition import plan_on
from ipdesk.problems import Refusal
from ipdesk.reporting.filings import STATES, Filing, filing, filings
from ipdesk.store import Moment, Store
from ipdesk.sync.completeness import STATES as PACKAGES

_STATES = {label: code for code, label in STATES.items()} | {code: code for code in STATES}
_period = click.argument("period", type=WORDS, metavar="报送期")
_unit = click.argument("unit", type=WORDS, metavar="单位")
_reason = click.option("--reason", type=WORDS, required=True, help="原因，对方会看到")


@click.group(cls=Group, help="期次：每月、每季、每年该报的指标填了没有，报送、撤回；市局接收、退回。")
def period() -> None:
    """Gather the commands on periods."""


@period.command("list", help="列出每一期：应报几项，缺什么，报送到哪一步。")
@click.option("--unit", "told", type=WORDS, default="", metavar="单位", help="只看一个单位")
@click.option("--state", type=WORDS, default="", metavar="状态", help="只看这种状态的，如 逾期")
@pass_session
def list_periods(session: Session, told: str, state: str) -> None:
    """List the periods."""
    if state and state not in _STATES:
        raise Refusal(f"没有“{state}”这种状态，请写{'、'.join(STATES.values())}之一")
    with session.store() as store:
        found = filings(store, _code(told) if told else "")
    kept = [one for one in found if not state or one.state == _STATES[state]]
    session.tell({"rows": [_row(one) for one in kept]}, *map(_line, kept), f"共 {len(kept)} 期")


def _code(words: str) -> str:
    code = code_table("regions").find(words)
    if code is None:
        raise Refusal(f"没有“{words}”这个单位，请写单位代码或名称，如 320981 或 东台市")
    return code


def _row(one: Filing) -> dict[str, object]:
    told, came = one.values, one.package
    return {
        "unit": one.unit,
        "unit_name": one.unit_name,
        "period": one.period.code,
        "due": one.due.isoformat(),
        "state": one.state,
        "state_label": STATES[one.state],
        "asked": len(one.asked),
        "filled": one.filled,
        "lacking": [
            {"indicator_code": a.indicator.code, "name": a.indicator.short_name, "lacks": a.lacks}
            for a in one.lacking
        ],
        "progress": one.progress,
        "zero": one.is_zero,
        "submitted_at": told.get("submitted_at"),
        "reporter": told.get("reporter"),
        "withdrawn_for": told.get("withdrawn_for"),
        "message": one.message or None,
        "package": came.state if came else None,
        "package_label": PACKAGES[came.state] if came else None,
    }


def _line(one: Filing) -> str:
    lacks = "、".join(a.indicator.short_name for a in one.lacking)
    told = (
        one.period.code,
        one.unit_name,
        STATES[one.state],
        f"应报 {one.due}",
        "零报告" if one.is_zero else f"{one.filled}/{len(one.asked)} 项",
        f"缺：{lacks}" if lacks and not one.is_zero else "",
        one.message,
    )
    return "  ".join(filter(None, told))


@period.command("submit", help="报送一期；报送后这一期的数据就不能再改，要改先撤回。")
@_period
@click.option("--zero", is_flag=True, help="零报告：本期确实没有可报的")
@click.option("--reporter", type=WORDS, default="", help="填报人")
@click.option("--remark", type=WORDS, default="", help="说明；缺项的，写明原因才能报送")
@pass_session
def submit(session: Session, period: str, zero: bool, reporter: str, remark: str) -> None:
    """Submit a period."""
    with session.store() as store:
        found = deeds.submit(store, Period.read(period), zero=zero, reporter=reporter, remark=remark)
    session.tell(_row(found), f"{found.period.label}已报送，随下一个同步包报市局")


@period.command("withdraw", help="撤回市局还没有接收的一期，撤回后可以修改，改好再报送。")
@_period
@_reason
@pass_session
def withdraw(session: Session, period: str, reason: str) -> None:
    """Withdraw a period."""
    with session.store() as store:
        found = deeds.withdraw(store, Period.read(period), reason)
    session.tell(_row(found), f"{found.period.label}已撤回，改好后请重新报送")


@period.command("accept", help="市局接收县里报送的一期，随下一次回执告知县里。")
@_unit
@_period
@click.option("--message", type=WORDS, default="", help="给县里的话")
@pass_session
def accept(session: Session, unit: str, period: str, message: str) -> None:
    """Accept a county's period."""
    with session.store() as store:
        found = deeds.accept(store, _code(unit), Period.read(period), message)
    session.tell(_row(found), f"已接收{found.unit_name}{found.period.label}，随下一次回执告知县里")


@period.command("return", help="市局退回县里报送的一期并写明理由，县里改好再报。")
@_unit
@_period
@_reason
@pass_session
def send_back(session: Session, unit: str, period: str, reason: str) -> None:
    """Return a county's period."""
    with session.store() as store:
        found = deeds.send_back(store, _code(unit), Period.read(period), reason)
    session.tell(_row(found), f"已退回{found.unit_name}{found.period.label}，随下一次回执告知县里")


@period.command("show", help="一期报送当时的指标数，和现在的并排：以后改了什么，当时的数不变。")
@_period
@click.option("--unit", "told", type=WORDS, default="", metavar="单位", help="哪个单位，默认为本单位")
@pass_session
def show(session: Session, period: str, told: str) -> None:
    """Show what was reported as it was known then."""
    with session.store() as store:
        unit = _code(told) if told else store.office.unit_code
        found = filing(store, unit, Period.read(period))
        day = deeds.submitted_on(store, found)
        rows = list(_then_and_now(store, found))
    lines = (f"{r['indicator_code']} {r['name']}：报送时 {r['then']}，现在 {r['now']}" for r in rows)
    session.tell({**_row(found), "known_on": day.isoformat() if day else None, "rows": rows}, *lines)


def _then_and_now(store: Store, found: Filing) -> Iterator[dict[str, object]]:
    then = deeds.as_reported(store, found)
    now = _by_code(store, found)
    for one in then:
        code = one.indicator.code
        told = {"indicator_code": code, "name": one.indicator.short_name}
        yield {**told, "then": plain(one.value), "now": plain(now[code])}


def _by_code(store: Store, found: Filing) -> dict[str, Fraction | None]:
    last = found.period.last
    told = board(store, Moment(last), found.unit, plan_on(last))
    return {one.indicator.code: one.value for one in told}


COMMANDS = (period,)
