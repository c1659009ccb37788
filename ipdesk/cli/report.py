"""Commands for reports: reports, report."""

from datetime import date
from pathlib import Path

import click

from ipdesk.actions.report import REPORTS, find_report, write_report
from ipdesk.actions.workspace import name_office
from ipdesk.cli.asked import as_of, known_on
from ipdesk.cli.command import PATH, WORDS, Command
from ipdesk.cli.session import Session, is_terminal, pass_session
from ipdesk.problems import Refusal
from ipdesk.store import Moment


@click.command(cls=Command, help="列出能出的报表。")
@pass_session
def reports(session: Session) -> None:
    """List the reports there are."""
    told = [{"name": r.name, "title": r.title} for r in REPORTS]
    session.tell({"reports": told}, *(f"{r.name}  {r.title}" for r in REPORTS))


@click.command(cls=Command, help="出报表，写成 PDF 或 Excel。")
@click.argument("name", metavar="报表")
@click.option("--out", type=PATH, required=True, metavar="文件.pdf|文件.xlsx", help="写到这个文件")
@click.option("--period", type=WORDS, default="", help="报告期，如 2024年第二季度；不写则为截至今天")
@click.option("--office-name", type=WORDS, default="", help="单位全称，与公章一致；写过一次就记住")
@as_of
@known_on
@pass_session
def report(
    session: Session,
    name: str,
    out: Path,
    period: str,
    office_name: str,
    as_of: date | None,
    known_on: date | None,
) -> None:
    """Write a report."""
    title = find_report(name).title
    with session.store() as store:
        if not (office_name or store.office.office_name) and is_terminal():
            office_name = click.prompt("单位全称（与公章一致）", err=True)
        if office_name:
            name_office(store, office_name)
        if not store.office.office_name:
            raise Refusal("出报表要先填单位全称（与公章一致），用 --office-name 给出")
        write_report(store, name, out, period, moment=Moment(as_of, known_on))
    session.tell({"report": name, "file": str(out.absolute())}, f"已生成{title} {out}")


COMMANDS = (reports, report)
