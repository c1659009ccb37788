"""The history of a record names the sheet and the row that each value came from."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from db.store import SqlStore
from ipdesk.actions import ledger as deeds
from ipdesk.intake import apply, plan
from ipdesk.records import Query
from ipdesk.store import Moment

HEADS = ("企业名称", "统一社会信用代码", "贯标状态", "备注")
ROWS = (
    ("东台锦盛新材料有限公司", "91320981MABJ1XG60Q", "获证", "甲"),
    ("东台恒瑞机械有限公司", "91320981MA1XJ7QC9B", "备案", "乙"),
)


def sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "台账"
    for row in (HEADS, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_each_value_tells_file_sheet_and_row(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    store = make_store()
    ledger = store.catalogue.ledger("guanbiao")
    apply(store, plan(store, ledger, sheet(tmp_path / "一月.xlsx", *ROWS)))
    changed = (ROWS[0], (*ROWS[1][:3], "丙"))
    apply(store, plan(store, ledger, sheet(tmp_path / "二月.xlsx", *changed)))
    first, second = store.keys(ledger, Query())
    assert {c.source for c in store.history(ledger, first)} == {"一月.xlsx 台账 第2行"}
    told = store.history(ledger, second)
    assert [(c.field, c.before, c.after, c.source) for c in told[:1]] == [
        ("remark", "乙", "丙", "二月.xlsx 台账 第3行")
    ]
    assert {c.source for c in told[1:]} == {"一月.xlsx 台账 第3行"}
    assert not any(c.field.startswith("_") for c in told)
    deeds.change(store, ledger, second, {"remark": "丁"}, "表单")
    assert store.history(ledger, second)[0].source == "表单"
    store.undo()
    store.undo()
    assert [row.values["remark"] for row in store.rows(ledger, [first, second])] == ["甲", "乙"]
    store.redo()
    past = store.past(Moment(known_on=date.today()))
    assert [row.values["remark"] for row in past.rows(ledger, [first, second])] == ["甲", "丙"]
    past.close()
    assert store.check() == []
