"""A person points at the row that names the columns, whatever they are called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.kinds import catalogue

LEDGER = catalogue().ledger("guanbiao")
ROWS = "某表,,\n甲,乙,丙\n东台锦盛新材料有限公司,91320981MABJ1XG60Q,获证\n"


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store(unit="320981")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    out = tmp_path / "怪表.csv"
    out.write_text(ROWS, encoding="utf-8")
    return out


def test_the_row_pointed_at_names_the_columns(store: SqlStore, sheet: Path) -> None:
    mapping = {"甲": "enterprise_name", "乙": "uscc", "丙": "stage"}
    told = intake.plan(store, LEDGER, sheet, heads={"怪表": 2}, mapping=mapping)
    assert told.sheets[0].header_rows == (2,)
    assert told.counts["added"] == 1
    assert told.rows[0].row == 3


def test_a_row_beyond_the_sheet_means_its_last(store: SqlStore, sheet: Path) -> None:
    told = intake.plan(store, LEDGER, sheet, heads={"怪表": 99})
    assert told.sheets[0].header_rows == (3,)
    assert told.rows == []


def test_another_sheet_is_searched_as_ever(store: SqlStore, sheet: Path) -> None:
    assert (
        intake.plan(store, LEDGER, sheet, heads={"别的": 2}).sheets
        == intake.plan(store, LEDGER, sheet).sheets
    )


def test_a_sheet_left_out_is_not_read(store: SqlStore, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for name, code in (("今年", "91320981MABJ1XG60Q"), ("去年底稿", "91320981MAN2J1K637")):
        page = book.create_sheet(name)
        page.append(["企业名称", "统一社会信用代码", "甲"])
        page.append([f"东台{name}有限公司", code, "2023-04-21"])
    del book["Sheet"]
    path = tmp_path / "两张.xlsx"
    book.save(path)
    both = intake.plan(store, LEDGER, path)
    one = intake.plan(store, LEDGER, path, skip=("去年底稿",))
    assert (both.counts["added"], one.counts["added"]) == (2, 1)
    assert both.offered == one.offered == ("今年", "去年底稿")
    assert "工作表“去年底稿”照您选的没有读" in one.notes
    assert both.sheets[0].columns[2].samples == ("2023-04-21",)
