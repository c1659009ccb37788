"""Write the list of what there is to do as a sheet."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipdesk.codes import code_table
from ipdesk.fields import Integer, Text
from ipdesk.kinds.declare import Field
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.todo import Item

if TYPE_CHECKING:
    from xlsxwriter import Workbook

TITLE = "待办事项"
COLUMNS = (
    Field("severity", "缓急", Text(), width=72),
    Field("sort", "事项", Text(), width=100),
    Field("unit", "单位", Text(), width=90),
    Field("ledger", "台账", Text(), width=130),
    Field("name", "名称", Text(), width=240),
    Field("what", "内容", Text(), width=330),
    Field("due", "期限", Text(), width=90),
    Field("days", "剩余天数", Integer(), width=80),
)


def cells(store: Store, item: Item) -> tuple[object, ...]:
    """Return an item as people read it, in the order of ``COLUMNS``."""
    unit, ledger = code_table("regions").label(item.unit), store.catalogue.ledger(item.ledger).label
    return (item.severity.label, item.label, unit, ledger, item.name, item.what, item.due, item.days)


def write_todo(store: Store, items: Sequence[Item], out: Path, today: date | None = None) -> None:
    """Write items as ``.xlsx`` and log that they left the store; another ending is refused."""
    if out.suffix.lower() != ".xlsx":
        raise Refusal(f"“{out.name}”的格式不认识，请把文件名写成以 .xlsx 结尾")
    from ipdesk import workbook

    def fill(book: "Workbook") -> None:
        styles, sheet = workbook.Styles(book), book.add_worksheet(TITLE)
        workbook.set_page(sheet, COLUMNS)
        workbook.write_heads(sheet, f"{TITLE}（截至{today or date.today()}）", COLUMNS, styles)
        for place, item in enumerate(items, workbook.FIRST_ROW):
            workbook.write_row(sheet, place, cells(store, item), styles)
        last = max(workbook.HEAD_ROW, workbook.FIRST_ROW + len(items) - 1)
        sheet.autofilter(workbook.HEAD_ROW, 0, last, len(COLUMNS) - 1)

    workbook.save(out, fill)
    with store.act(f"导出待办{len(items)}条", "导出") as act:
        act.note(f"导出待办{len(items)}条")
