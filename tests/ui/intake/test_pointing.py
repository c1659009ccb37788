"""A sheet whose heads nobody knows: the clerk points at the row, maps column by column, and goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeSession
from ui.intake.page import IntakePage
from ui.session import Session

Settle = Callable[[Session], None]
ROWS = (
    "某某汇总,,\n"
    "甲,乙,丙\n"
    "东台喆䶮新材料有限公司,东台市经济开发区,13900000000\n"
    "东台盛程纺织有限公司,东台市三仓镇,13911112222\n"
)


@pytest.fixture
def county(make_session: MakeSession) -> Session:
    return make_session()


@pytest.fixture
def page(county: Session, qtbot: QtBot, tmp_path: Path, settle: Settle) -> IntakePage:
    sheet = tmp_path / "怪表.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    made = IntakePage(county, county.catalogue.ledger("guanbiao"))
    qtbot.addWidget(made)
    made.resize(1040, 540)
    made.show()
    made.begin(sheet)
    settle(county)
    return made


def test_the_beginning_is_shown_with_long_numbers_hidden(page: IntakePage) -> None:
    assert page.chooser.isVisible()
    assert page.chooser.listing.rows[1][:4] == ("2", "甲", "乙", "丙")
    assert "13900000000" not in "".join(page.chooser.listing.rows[2])
    assert page.chooser.sheet_box.isHidden()


def test_a_row_is_pointed_at_and_its_columns_are_mapped_by_hand(
    page: IntakePage, county: Session, settle: Settle
) -> None:
    page.chooser.table.selectRow(1)
    QTest.keyClick(page.chooser.table, Qt.Key.Key_Return)
    settle(county)
    assert page.preview.isVisible()
    assert page.plan is not None
    assert page.plan.sheets[0].header_rows == (2,)
    assert {"甲", "乙", "丙"} >= set(page.preview.columns.boxes) >= {"甲"}
    page.preview.columns.decided.emit("甲", "enterprise_name")
    settle(county)
    assert page.plan.mapping["甲"] == "enterprise_name"
    assert page.plan.sheets[0].header_rows == (2,)
    page.point_button.click()
    assert page.chooser.isVisible()


def test_without_a_row_nothing_happens(page: IntakePage, county: Session, settle: Settle) -> None:
    page.chooser.listing.show([])
    page.chooser.point()
    settle(county)
    assert page.chooser.isVisible()
    page.plan = None
    page.point()
