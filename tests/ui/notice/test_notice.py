"""The notice of a class in the window: opened from a trainee, looked at, saved, printed, its day noted and undone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipdesk.actions.ledger import add
from ipdesk.records import Query, RecordKey
from ipdesk.store import Store
from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.ledger.page import LedgerPage
from ui.notice.dialog import NoticeDialog
from ui.pages import fill
from ui.session import Session
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
MAN = {"mobile": "13900000001", "category": "PC01", "employer_name": "东台甲有限公司"}
CLASS = {"course_name": "高管班/一期", "start_date": "2024-05-06"}


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    """Return the page of trainees with two of one class, in the window."""

    def op(store: Store) -> None:
        ledger = store.catalogue.ledger("training")
        add(store, ledger, {**MAN, **CLASS, "name": "王力"}, "测试")
        add(store, ledger, {**MAN, **CLASS, "name": "李㛃", "consent_date": "2024-01-02"}, "测试")

    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)
    window.resize(1093, 614)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    session.ask(window, op, lambda _none: None)
    window.go("training")
    settle(session)
    settle(session)
    made = window.page("training")
    assert isinstance(made, LedgerPage)
    qtbot.waitUntil(lambda: made.list.table.current_key() is not None, timeout=WAIT)
    return made


def opened(page: LedgerPage, dialogs: FakeDialogs, session: Session, settle: Settle) -> NoticeDialog:
    """Open the notice by its key and wait for its pages."""
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    settle(session)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, NoticeDialog)
    dialog.show()
    settle(session)
    settle(session)
    return dialog


def dates(session: Session, page: LedgerPage, settle: Settle) -> list[object]:
    told: list[object] = []

    def op(store: Store) -> list[str]:
        rows = store.rows(page.ledger, store.keys(page.ledger, Query()))
        return sorted(str(row.values.get("consent_date")) for row in rows)

    session.ask(page, op, told.extend)
    settle(session)
    return told


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)


def test_saving_offers_to_note_the_day_which_can_be_undone(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialog = opened(page, dialogs, session, settle)
    assert dialog.windowTitle() == "个人信息告知书：高管班/一期"
    assert dialog.told.text().startswith("2 人，")
    assert dialog.day.text() == f"{date.today()}"
    dialog.contact.setText("综合科 0515-85212345")
    dialog.years.setText("3")
    dialog.day.setText("2024.5.6")
    dialogs.out = tmp_path
    dialog.save_button.click()
    for _ in range(5):
        settle(session)
    out = tmp_path / "个人信息告知书高管班 一期.pdf"
    text = words_of(out)
    for part in ("王力", "李㛃", "综合科 0515-85212345", "保存3年", "2024年5月6日"):
        assert part in text
    assert "13900000001" not in text
    assert dialogs.asked == [
        "登记告知日期｜把告知日期 2024-05-06 登记到本班还没有告知日期的 1 名学员吗？已有日期的不变，可以撤销。"
    ]
    assert dialog.notice.words.text() == "已给 1 名学员登记告知日期 2024-05-06"
    assert dates(session, page, settle) == ["2024-01-02", "2024-05-06"]
    session.undo(page)
    settle(session)
    settle(session)
    assert dates(session, page, settle) == ["2024-01-02", "None"]
    again = opened(page, dialogs, session, settle)
    assert (again.contact.text(), again.years.text()) == ("综合科 0515-85212345", "3")


def test_a_day_left_empty_or_an_offer_declined_notes_nothing(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialog = opened(page, dialogs, session, settle)
    dialogs.yes = False
    dialogs.printer = QPrinter()
    dialogs.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_button.click()
    for _ in range(5):
        settle(session)
    assert dialog.notice.words.text().startswith("已送打印机：")
    assert len(dialogs.asked) == 1
    dialog.day.clear()
    dialog.print_button.click()
    for _ in range(5):
        settle(session)
    assert len(dialogs.asked) == 1
    assert dates(session, page, settle) == ["2024-01-02", "None"]
    dialogs.printer = None
    dialog.print_button.click()
    dialogs.out = None
    dialog.save()
    settle(session)


def test_what_is_typed_wrongly_is_said_at_its_field(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    dialog = opened(page, dialogs, session, settle)
    dialog.years.setText("三年")
    dialog.make()
    assert dialog.years_field.words == "⚠\u00a0请填1到100的整数，或者留空"
    dialog.years.setText("300")
    dialog.make()
    settle(session)
    assert "保存年限" in dialog.notice.words.text()
    dialog.years.clear()
    dialog.day.setText("上周")
    dialog.make()
    assert dialog.day_field.words.startswith("⚠\u00a0")


def test_without_a_trainee_it_says_what_to_choose(
    make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    session = make_session()
    said: list[str] = []
    session.told.connect(lambda words, _undo: said.append(words))
    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)
    window.show()
    window.go("training")
    settle(session)
    page = window.page("training")
    assert isinstance(page, LedgerPage)
    QTest.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    buttons = [b for b in page.head.children() if getattr(b, "accessibleName", str)() == "告知书"]
    buttons[0].click()  # type: ignore[attr-defined]  # a push button
    assert said[-1] == "请先选中这个班的一名学员，再打印告知书。"
    assert "告知书\tCtrl+G" in [action.text() for action in page.row_menu().actions()]


def test_an_office_without_a_name_is_told(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    session = make_session(office_name="")
    told: list[NoticeDialog] = []

    def op(store: Store) -> RecordKey:
        ledger = store.catalogue.ledger("training")
        (row,) = store.rows(ledger, [add(store, ledger, {**MAN, **CLASS, "name": "王力"}, "测试")])
        return row.parts["training"]

    window = MainWindow(session)
    qtbot.addWidget(window)
    session.ask(window, op, lambda key: told.append(NoticeDialog(window, session, key, "高管班")))
    settle(session)
    settle(session)
    settle(session)
    assert "单位全称" in told[0].notice.words.text()
    assert told[0].save_button.isEnabled()
