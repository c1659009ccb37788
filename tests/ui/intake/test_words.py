"""Words no code table knows: the allowed ones are offered, and one choice serves every row."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeSession
from ui.intake.page import IntakePage
from ui.session import Session

Settle = Callable[[Session], None]
ROWS = (
    "企业名称,统一社会信用代码,贯标状态\n"
    "东台喆䶮新材料有限公司,91320981MABJ1XG60Q,快好了\n"
    "东台盛程纺织有限公司,91320981MAN2J1K637,快好了\n"
)


@pytest.fixture
def county(make_session: MakeSession) -> Session:
    return make_session()


@pytest.fixture
def page(county: Session, qtbot: QtBot, tmp_path: Path, settle: Settle) -> IntakePage:
    sheet = tmp_path / "表.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    made = IntakePage(county, county.catalogue.ledger("guanbiao"))
    qtbot.addWidget(made)
    made.show()
    made.begin(sheet)
    settle(county)
    return made


def test_a_word_is_given_its_meaning_once(page: IntakePage, county: Session, settle: Settle) -> None:
    tabs, box = page.preview.tabs, page.preview.words.boxes[0]
    assert tabs.tabText(tabs.currentIndex()) == "认不出的词（1）"
    assert box.accessibleName() == "贯标状态里的“快好了”是什么意思"
    assert "体系运行" in [box.itemText(i) for i in range(box.count())]
    assert not page.import_button.isEnabled()
    box.setEditText("没有这个")
    box.left.emit()
    assert page.preview.isVisible()
    box.setEditText("体系运行")
    box.left.emit()
    settle(county)
    assert page.plan is not None
    assert page.plan.counts["added"] == 2
    assert not tabs.isTabVisible(3)
    assert page.import_button.isEnabled()
