"""The page of figures: each with the records behind it, one key from their form."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ipdesk.actions.ledger import add
from ipdesk.store import Store
from tests.ui.conftest import FIRM, OTHER, THIRD, WAIT, MakeSession
from ui.figures.page import FiguresPage
from ui.ledger.page import LedgerPage
from ui.pages import fill
from ui.session import Session
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
PASSED = {**FIRM, "cert_no": "8", "cert_issue_date": "2023-05-06"}
EVALUATED = {**OTHER, "stage": "ST23", "eval_date": "2023-06-01", "eval_result": "ER1"}
MAN = {"name": "王力", "mobile": "13900000001", "category": "PC01", "employer_name": "东台甲有限公司"}


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session(rows=(PASSED, EVALUATED, THIRD))


def train(session: Session, settle: Settle, page: FiguresPage) -> None:
    """Let one man attend two classes."""

    def op(store: Store) -> None:
        ledger = store.catalogue.ledger("training")
        for course in ("高管班", "实务班"):
            add(store, ledger, {**MAN, "course_name": course, "start_date": "2024-05-06"}, "测试")

    session.ask(page, op, lambda _none: None)
    settle(session)


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> FiguresPage:
    made = FiguresPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    made.enter()
    settle(session)
    return made


def told(page: FiguresPage) -> dict[str, str]:
    return {row[0]: row[1] for row in page.model.rows}


def test_new_and_in_force_stand_apart_and_doubts_are_told(page: FiguresPage) -> None:
    QAbstractItemModelTester(page.model)
    QAbstractItemModelTester(page.entries)
    assert page.model.rows[0] == ("新增贯标企业", "2 家", "1")
    assert page.model.rows[1][:2] == ("现行有效贯标企业", "0 家")
    assert "A（获证或绩效评价合格）2 家，B（仅获证）1 家" in page.bases.text()
    assert [(r[0], r[1]) for r in page.entries.rows] == [
        ("说不清", "东台㛃华农业发展有限公司"),
        ("计入", "东台喆䶮新材料有限公司"),
        ("计入", "东台盛程纺织有限公司"),
    ]
    assert page.entries.rows[1][3] == "首次达标 2023-05-06"


def test_times_and_people_stand_apart(page: FiguresPage, session: Session, settle: Settle) -> None:
    train(session, settle, page)
    session.report("测试")
    settle(session)
    found = told(page)
    assert (found["培训人次"], found["培训人数"]) == ("2 人次", "1 人")
    assert found["代理人才（计入3000人）"] == "在册 1 人，培训 2 人次"
    assert found["培训班：高管班 2024-05-06"] == "1 人次，1 人"
    page.table.selectRow(list(found).index("培训人次"))
    assert [r[1] for r in page.entries.rows] == ["王力", "王力"]
    page.table.selectRow(list(found).index("服务机构"))
    assert page.entries.rows == []
    page.open_record()


def test_a_trouble_is_told_on_the_page(
    page: FiguresPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: Store) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("ui.figures.page.board", fail)
    page.refresh_button.click()
    settle(session)
    assert "磁盘已满" in page.notice.words.text()


def test_enter_leads_from_the_figure_to_the_record(session: Session, qtbot: QtBot, settle: Settle) -> None:
    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    window.go("figures")
    settle(session)
    page = window.page("figures")
    assert isinstance(page, FiguresPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=WAIT)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.entries_table.hasFocus, timeout=WAIT)
    QTest.keyClick(page.entries_table, Qt.Key.Key_Down)
    QTest.keyClick(page.entries_table, Qt.Key.Key_Return)
    settle(session)
    settle(session)
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    assert ledger.isVisible()
    assert ledger.form.row is not None
    assert ledger.form.row.values["enterprise_name"] == "东台喆䶮新材料有限公司"
    page.entries_table.doubleClicked.emit(page.entries.index(0, 0))
