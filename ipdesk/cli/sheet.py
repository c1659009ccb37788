"""Commands between a ledger and the sheets of other programs: import, export, template."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from ipdesk.actions import ledger as actions
from ipdesk.actions.backups import before_intake
from ipdesk.cli.asked import Conditions, as_of, kept_filter, known_on, query_of, where
from ipdesk.cli.command import PATH, Assignment, Command
from ipdesk.cli.ledger import named, reveal, search
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session, sentences
from ipdesk.export import Listing, write_listing
from ipdesk.files import read_bytes
from ipdesk.intake import IntakePlan, apply, plan, write_result
from ipdesk.matching import Outcome
from ipdesk.past import reading
from ipdesk.problems import Problem, Refusal
from ipdesk.store import Moment

COUNTED: Mapping[Outcome, str] = {"added": "新增", "updated": "更新", "unchanged": "未变"}
LONGEST = 20  # refusals and warnings told in words; --json and --result tell all


@click.command("import", cls=Command, help="把 Excel、WPS 或 CSV 表格导入台账。")
@named
@click.argument("file", type=PATH, metavar="文件")
@click.option("--dry-run", is_flag=True, help="只预览，不写入")
@click.option("--result", type=PATH, help="写结果表：原表加上退回原因")
@click.option("--mapping", type=PATH, help="JSON 文件：表头对应哪个字段")
@click.option(
    "--set", "given", type=Assignment(), multiple=True, help="没有写这一项的各行都按这个值记，可多次"
)
@click.option("--skip", multiple=True, metavar="工作表", help="这张工作表不读，可多次")
@pass_session
def import_sheet(
    session: Session,
    ledger: str,
    file: Path,
    dry_run: bool,
    result: Path | None,
    mapping: Path | None,
    given: tuple[tuple[str, str], ...],
    skip: tuple[str, ...],
) -> int:
    """Bring a sheet into a ledger."""
    wanted, heads = session.ledger(ledger), read_mapping(mapping) if mapping else None
    with session.store() as store:
        planned = plan(store, wanted, file, mapping=heads, constants=dict(given), skip=skip)
        if result:  # first: what cannot be written must not leave rows taken in without a word
            write_result(planned, result)
        if not dry_run:
            before_intake(store, planned.counts["added"] + planned.counts["updated"])
            apply(store, planned)
    session.tell(document(planned), *lines(planned, dry_run))
    return REFUSED if planned.refused else DONE


def read_mapping(file: Path) -> Mapping[str, str | None]:
    """Return which field each head stands for (none: left out), as a JSON object tells it."""
    try:
        told = json.loads(read_bytes(file))
        json.dumps(told, ensure_ascii=False).encode()  # half a character is escaped, and no text
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not all(isinstance(name, str | None) for name in told.values()):
        raise Refusal(f'“{file.name}”不是表头对应文件，内容应像 {{"企业": "enterprise_name"}}')
    return told


def counts(planned: IntakePlan) -> dict[str, int]:
    """Return how many rows are added, updated and unchanged."""
    return {outcome: planned.counts[outcome] for outcome in COUNTED}


def document(planned: IntakePlan) -> dict[str, object]:
    """Return what an intake did, as JSON tells it."""
    found = {
        "refused": [_finding(problem) for problem in planned.refused],
        "warnings": [_finding(problem) for problem in planned.warnings],
    }
    heads = {"mapping": dict(planned.mapping), "unmapped": list(planned.unmapped)}
    return {**counts(planned), **heads, **found, "notes": list(planned.notes)}


def _finding(problem: Problem) -> dict[str, object]:
    names = ("sheet", "row", "field", "code", "message")
    return {name: getattr(problem, name) for name in names}


def lines(planned: IntakePlan, dry_run: bool) -> list[str]:
    """Return what an intake did, to read."""
    done = "，".join(f"{word} {planned.counts[outcome]} 行" for outcome, word in COUNTED.items())
    refused = len({(p.sheet, p.row) for p in planned.refused})
    told = [f"{'预览' if dry_run else '已导入'} {planned.path.name}：{done}，退回 {refused} 行"]
    if planned.unmapped:
        told.append(f"没有导入的列：{'、'.join(planned.unmapped)}")
    doubts = [f"请核对：{words}" for words in sentences(planned.warnings)]
    return [*told, *planned.notes, *_some(sentences(planned.refused)), *_some(doubts)]


def _some(told: Sequence[str]) -> list[str]:
    more = len(told) - LONGEST
    return [*told[:LONGEST], *([f"还有 {more} 处，用 --result 写出结果表可看全部"] if more > 0 else [])]


@click.command("export", cls=Command, help="把台账导出为 Excel 或 CSV；电话默认掩码。")
@named
@click.argument("out", type=PATH, metavar="文件.xlsx|文件.csv")
@where
@kept_filter
@search
@as_of
@known_on
@reveal
@pass_session
def export_rows(
    session: Session,
    ledger: str,
    out: Path,
    where: Conditions,
    kept: str,
    search: str,
    as_of: date | None,
    known_on: date | None,
    reveal: bool,
) -> None:
    """Write a ledger as a workbook or CSV."""
    wanted, moment = session.ledger(ledger), Moment(as_of, known_on)
    with session.store() as store, reading(store, moment) as source:
        query = query_of(store, wanted, where, search, kept=kept)
        keys = actions.keys(source, wanted, query, revealed=reveal)
        rows = write_listing(store, Listing(source, wanted, keys, reveal, moment), out)
    session.tell({"file": str(out.absolute()), "rows": rows}, f"已导出 {rows} 条到 {out}")


@click.command(cls=Command, help="生成空白填报表，带下拉列表和填写说明。")
@named
@click.argument("out", type=PATH, metavar="文件.xlsx")
@click.option("--unit", help="只给这个单位用：镇（街道）等下拉列表只列它的")
@pass_session
def template(session: Session, ledger: str, out: Path, unit: str | None) -> None:
    """Write the blank form of a ledger."""
    from ipdesk.template import write_template

    write_template(session.ledger(ledger), out, unit)
    session.tell({"file": str(out.absolute())}, f"已生成 {out}")


COMMANDS = (import_sheet, export_rows, template)
