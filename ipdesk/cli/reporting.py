"""Commands on what is reported when: completeness, expect, reminder; and whether a paper agrees with the ledgers."""

from datetime import date
from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions.reminder import write_reminder
from ipdesk.actions.report import digest_of
from ipdesk.cli.asked import as_of, known_on
from ipdesk.cli.command import PATH, WORDS, Command
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session
from ipdesk.codes import code_table
from ipdesk.periods import LABELS, Every, Period
from ipdesk.problems import Refusal
from ipdesk.shortdigest import agrees
from ipdesk.store import Moment
from ipdesk.sync.completeness import STATES


@click.command(cls=Command, help="各县每一期：应报、已收、迟报、逾期、零报告、缺的包号。")
@pass_session
def completeness(session: Session) -> None:
    """List what was expected and what came."""
    with session.store() as store:
        if store.office.role != "city":
            raise Refusal("报送情况由市局查看；本单位的报送情况用 status 查看")
        rows = [_row(one) for one in sync.completeness(store)]
    lines = (
        f"{r['period']}  {r['unit_name']}  {r['state_label']}  应报 {r['due']}  {r['packages']} 包 {r['rows']} 条"
        + ("  零报告" if r["zero"] else "")
        + (f"  缺第 {'、'.join(map(str, r['gaps']))} 包" if r["gaps"] else "")  # type: ignore[call-overload]
        for r in rows
    )
    session.tell({"rows": rows}, *lines)


def _row(one: sync.Expected) -> dict[str, object]:
    return {
        "unit": one.unit,
        "unit_name": one.unit_name,
        "period": one.period.code,
        "due": one.due.isoformat(),
        "state": one.state,
        "state_label": STATES[one.state],
        "packages": one.packages,
        "received": one.received or None,
        "rows": one.rows,
        "accepted": one.accepted,
        "zero": one.zero,
        "gaps": list(one.gaps),
    }


@click.command(cls=Command, help="设置报送安排：多久报一次，期满后多少天内报，从哪一期起。")
@click.option(
    "--every", type=click.Choice(list(LABELS)), required=True, help="month 每月，quarter 每季，year 每年"
)
@click.option("--days", type=click.IntRange(0), required=True, metavar="天数", help="期满后多少天内报")
@click.option("--since", type=WORDS, default="", metavar="报送期", help="从哪一期起，如 2026-Q1")
@pass_session
def expect(session: Session, every: Every, days: int, since: str) -> None:
    """Keep what is expected of the counties."""
    plan = sync.Plan(every, days, Period.read(since).code if since else "")
    with session.store() as store:
        sync.expect(store, plan)
    told = {"every": plan.every, "days": plan.days, "since": plan.since or None}
    since_told = f"自 {plan.since} 起" if plan.since else "自本期起"
    session.tell(told, f"报送安排：{LABELS[every]}，期满后 {days} 天内，{since_told}")


@click.command(cls=Command, help="给没有按期报送的单位出提醒函，打印后盖章发出。")
@click.argument("unit", type=WORDS, metavar="单位")
@click.argument("period", type=WORDS, metavar="报送期")
@click.option("--out", type=PATH, required=True, metavar="文件.pdf", help="写到这个文件")
@pass_session
def reminder(session: Session, unit: str, period: str, out: Path) -> None:
    """Write a letter that reminds a county."""
    code, wanted = code_table("regions").find(unit), Period.read(period)
    if code is None:
        raise Refusal(f"没有“{unit}”这个单位，请写单位代码或名称")
    with session.store() as store:
        write_reminder(store, code, wanted, out)
    session.tell({"unit": code, "period": wanted.code, "file": str(out.absolute())}, f"已生成 {out}")


@click.command("check-digest", cls=Command, help="核对报表页脚的摘要：台账现在（或当时）还是不是那样。")
@click.argument("name", type=WORDS, metavar="报表")
@click.argument("digest", type=WORDS, metavar="摘要")
@as_of
@known_on
@pass_session
def check_digest(session: Session, name: str, digest: str, as_of: date | None, known_on: date | None) -> int:
    """Tell whether a report on paper agrees with the ledgers."""
    with session.store() as store:
        held = digest_of(store, name, Moment(as_of, known_on))
    same = agrees(digest, held)
    words = "有效：报表和台账一致" if same else "不一致：出报表以后台账有变化，或截至日期不同，或数字输错了"
    session.tell({"valid": same, "digest": held}, words)
    return DONE if same else REFUSED


COMMANDS = (completeness, expect, reminder, check_digest)
