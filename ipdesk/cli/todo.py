"""The command todo: what there is to do, to read, as JSON or as a sheet."""

from pathlib import Path

import click

from ipdesk.actions.todo import write_todo
from ipdesk.cli.command import PATH, Command
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.problems import Refusal
from ipdesk.todo import SORTS, Item, counts
from ipdesk.todo import todo as things


@click.command(cls=Command, help="列出待办：到期、监督、缺材料、待补、市局意见、未上报等。")
@click.option("--unit", help="只要这个单位的（代码或名称）")
@click.option("--out", type=PATH, metavar="文件.xlsx", help="另写成表格")
@pass_session
def todo(session: Session, unit: str | None, out: Path | None) -> None:
    """List what there is to do."""
    code = _unit(unit)
    with session.store() as store:
        items = things(store, unit=code)
        if out is not None:
            write_todo(store, items, out)
    file = {"file": str(out.absolute())} if out else {}
    told = {"rows": [_told(item) for item in items], "total": len(items), "counts": counts(items), **file}
    summary = "，".join(f"{SORTS[sort]} {count}" for sort, count in counts(items).items())
    written = [f"已写成 {out}"] if out else []
    session.tell(
        told, *map(_line, items), f"共 {len(items)} 条" + (f"：{summary}" if summary else ""), *written
    )


def _unit(words: str | None) -> str | None:
    if words is None:
        return None
    code = code_table("regions").find(words)
    if code is None:
        raise Refusal(f"没有“{words}”这个单位，请写单位代码，如 320981")
    return code


def _told(item: Item) -> dict[str, object]:
    return {
        "ledger": item.ledger,
        "id": item.key.id,
        "unit_code": item.unit,
        "name": item.name,
        "sort": item.sort,
        "what": item.what,
        "due": item.due or None,
        "days": item.days,
        "severity": item.severity.value,
        "_owner": item.key.owner,
    }


def _line(item: Item) -> str:
    return "  ".join((item.severity.label, item.label, item.name, item.what, item.due)).rstrip()


COMMANDS = (todo,)
