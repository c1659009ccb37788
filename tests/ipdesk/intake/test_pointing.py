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
