"""Commands for reports: reports, report; the notice of a training class is one of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ipdesk.actions import notice as notices
from ipdesk.actions.report import REPORTS, find_report, write_report
from ipdesk.actions.workspace import name_office
from ipdesk.cli.asked import Day, as_of, known_on
from ipdesk.cli.command import PATH, WORDS, Command
from ipdesk.cli.session import Session, is_terminal, pass_session
from ipdesk.problems import Refusal
from ipdesk.reports.notice import NAME as NOTICE
from ipdesk.reports.notice import TITLE as NOTICE_TITLE
from ipdesk.reports.notice import Terms
from ipdesk.store import Moment, Store

_OF_NOTICE = ("course", "contact", "keep_years", "told_on")


@click.command(cls=Command, help="列出能出的报表。")
@pass_session
def reports(session: Session) -> None:
    """List the reports there are."""
    known = [*((r.name, r.title) for r in REPORTS), (NOTICE, NOTICE_TITLE)]
    told = [{"name": name, "title": title} for name, title in known]
    session.tell({"reports": told}, *(f"{name}  {title}" for name, title in known))


@click.command(cls=Command, help="出报表，写成 PDF 或 Excel。")
@click.argument("name", metavar="报表")
@click.option("--out", type=PATH, required=True, metavar="文件.pdf|文件.xlsx", help="写到这个文件")
@click.option("--period", type=WORDS, default="", help="报告期，如 2024年第二季度；不写则为截至今天")
@click.option("--office-name", type=WORDS, default="", help="单位全称，与公章一致；写过一次就记住")
@click.option("--class", "course", type=WORDS, default="", help="告知书的培训班：名称、班次编号或编号")
@click.option("--contact", type=WORDS, help="告知书上的联系方式；写过一次就记住")
@click.option("--keep-years", type=click.IntRange(1, 100), help="告知书上的保存年限；写过一次就记住")
@click.option(
    "--told-on", type=Day(), metavar="日期", help="告知日期：印在告知书上，并登记到没有告知日期的学员"
)
@as_of
@known_on
@pass_session
def report(session: Session, /, name: str, out: Path, office_name: str, **asked: Any) -> None:  # noqa: ANN401  # by option
    """Write a report."""
    is_notice = name in (NOTICE, NOTICE_TITLE)
    title = NOTICE_TITLE if is_notice else find_report(name).title
    with session.store() as store:
        _name_office(store, office_name)
        told = _notice(store, out, asked) if is_notice else _table(store, name, out, asked)
    session.tell({"report": name, "file": str(out.absolute()), **told}, f"已生成{title} {out}")


def _name_office(store: Store, office_name: str) -> None:
    """Keep the office's name that was given; where none is known, ask for it or refuse."""
    if not (office_name or store.office.office_name) and is_terminal():
        office_name = click.prompt("单位全称（与公章一致）", err=True)
    if office_name:
        name_office(store, office_name)
    if not store.office.office_name:
        raise Refusal("出报表要先填单位全称（与公章一致），用 --office-name 给出")


def _table(store: Store, name: str, out: Path, asked: Mapping[str, Any]) -> dict[str, object]:
    if any(asked[word] for word in _OF_NOTICE):
        raise Refusal("--class、--contact、--keep-years、--told-on 只用于告知书（notice）")
    write_report(store, name, out, asked["period"], moment=Moment(asked["as_of"], asked["known_on"]))
    return {}


def _notice(store: Store, out: Path, asked: Mapping[str, Any]) -> dict[str, object]:
    """Write the notice of a class; with a day it is noted of those who have none, once the paper is there."""
    if not asked["course"]:
        raise Refusal("出告知书要用 --class 指明培训班")
    if any(asked[word] for word in ("period", "as_of", "known_on")):
        raise Refusal("告知书按现在的学员出，不用 --period、--as-of、--known-on")
    training, day = notices.find_class(store, asked["course"]), asked["told_on"]
    held = notices.terms(store)
    notices.keep_terms(store, Terms(asked["contact"] or held.contact, asked["keep_years"] or held.years))
    notices.write_notice(store, training, out, day)
    return {"told": notices.note_told(store, training, day) if day else 0}


COMMANDS = (reports, report)
