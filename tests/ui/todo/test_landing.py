"""Every line of the things to do leads to its record, whatever its sort and however the list was left."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.past import NOW
from ipdesk.records import Ask, Filter, RecordKey
from ipdesk.store import Moment, Store
from ipdesk.todo import SORTS
from tests.ui.conftest import FIRM, FakeDialogs, MakeSession
from ui.ledger.page import LedgerPage
from ui.pages import fill
from ui.session import Session
from ui.todo.page import TodoPage
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
CITY_ONLY = {"said", "doubts"}  # a county hears these from the city's receipt, the city works them out


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "guanbiao",
        {
            **{
                **FIRM,
                "stage": "ST15",
                "standard_code": "SD1",
                "cert_status": "CS1",
                "cert_no": "165IP235744R0M",
            },
            **{"cert_issue_date": day(20 - 1096), "cert_valid_to": day(19)},
        },
    ),
    (
        "guanbiao",
        {
            **{"enterprise_name": "东台恒瑞机械有限公司", "uscc": "91320981MA1XJ7QC9B", "stage": "ST15"},
            **{"cert_status": "CS1", "cert_no": "165IP235745R0M", "cert_issue_date": day(-330)},
        },
    ),
    (
        "institution",
        {
            **{"institution_name": "东台甲专利代理事务所", "uscc": "91320981MABJ1XG60Q"},
            **{"operating_status": "OS1", "trademark_filing_valid_to": day(10)},
        },
    ),
    ("person", {"name": "顾一", "employer_name": "东台甲专利代理事务所"}),
    ("training", {"name": "李二", "employer_name": "东台乙公司", "course_name": "高管培训班"}),
    (
        "supervision",
        {
            **{"unit_code": "320981", "slip_no": "盐督1号", "subject": "海外专利滞后"},
            **{"issued_date": day(-40), "deadline": day(-10)},
        },
    ),
)


def add_all(store: Store) -> None:
    for name, row in ROWS:
        deeds.add(store, store.catalogue.ledger(name), row, "测试")


@pytest.fixture
def county(make_session: MakeSession, settle: Settle, qtbot: QtBot) -> Session:
    return make_session()


@pytest.fixture
def window(county: Session, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = MainWindow(county)
    fill(made, county)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    county.ask(made, add_all, lambda _none: None)
    settle(county)
    return made


@pytest.fixture
def page(window: MainWindow, county: Session, settle: Settle) -> TodoPage:
    window.go("todo")
    settle(county)
    made = window.page("todo")
    assert isinstance(made, TodoPage)
    return made


def click_on(page: TodoPage, sort: str, session: Session, settle: Settle) -> tuple[str, RecordKey]:
    """Click on the first line of a sort; return whose it is."""
    page.window().go("todo")  # type: ignore[attr-defined]  # the main window
    settle(session)
    place = next(
        row for row in range(page.model.rowCount()) if (i := page.model.item(row)) and i.sort == sort
    )
    wanted = page.model.item(place)
    assert wanted is not None
    index = page.model.index(place, 1)
    page.table.scrollTo(index)
    at = page.table.visualRect(index).center()
    QTest.mouseMove(page.table.viewport(), at)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle(session)
    settle(session)
    return wanted.ledger, wanted.key


def landed(window: MainWindow, ledger: str) -> RecordKey:
    """Return the record whose form is open and on which the list stands."""
    shown = window.page(ledger)
    assert isinstance(shown, LedgerPage)
    assert shown.isVisible()
    assert shown.form.isVisible()
    assert shown.form.row is not None
    assert shown.list.table.current_key() == shown.form.row.key
    return shown.form.row.key


def test_every_sort_is_there_and_its_line_lands_on_the_record(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle
) -> None:
    assert {item.sort for item in page.shown} == set(SORTS) - CITY_ONLY
    for sort in SORTS:
        if sort not in CITY_ONLY:
            ledger, key = click_on(page, sort, county, settle)
            assert landed(window, ledger) == key, sort


@pytest.mark.parametrize("narrowed", ["words", "filter", "past"])
def test_a_list_left_narrowed_or_in_the_past_shows_the_record_all_the_same(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle, narrowed: str
) -> None:
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    window.go("guanbiao")
    settle(county)
    if narrowed == "words":
        ledger.list.toolbar.search.setText("没有这家")
    elif narrowed == "filter":
        ledger.list.filterbar.set([Filter("remark", Ask.FILLED)])
    else:
        ledger.list.look_at(Moment(known_on=date.today() - timedelta(days=1)))
    settle(county)
    assert not ledger.list.model.keys
    name, key = click_on(page, "expiry", county, settle)
    assert landed(window, name) == key
    assert ledger.list.moment == NOW
    assert not ledger.list.is_narrowed


def test_a_record_deleted_meanwhile_is_told_and_nothing_breaks(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    wanted = next(i for i in page.shown if i.sort == "filing")
    ledger = county.catalogue.ledger(wanted.ledger)
    county.ask(page, lambda store: deeds.delete(store, ledger, [wanted.key], "测试"), lambda _none: None)
    settle(county)
    page.record_asked.emit(wanted.ledger, wanted.key)
    settle(county)
    settle(county)
    assert any("已经不在了" in told for told in dialogs.told)


def test_a_paper_that_is_added_takes_its_line_away(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle, tmp_path: Path
) -> None:
    before = next(i for i in page.shown if i.sort == "documents")
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF scan")
    kind = county.catalogue.kind("case")
    county.ask(
        page, lambda store: documents.add(store, kind, before.key, [scan], "D01", "表单"), lambda _none: None
    )
    settle(county)
    page.enter()
    settle(county)
    after = next(i for i in page.shown if i.sort == "documents" and i.key == before.key)
    assert "营业执照" in before.what
    assert "营业执照" not in after.what
