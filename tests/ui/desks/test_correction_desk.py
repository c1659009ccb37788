"""Corrections are proposed from list and form, followed until answered, and taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.kinds.deciding import DELETED
from ipdesk.records import Row
from ipdesk.store import Store
from ipdesk.sync.corrections import listed
from tests.ui.conftest import FakeDialogs
from tests.ui.desks.conftest import Ask, Show
from ui.desks.corrections import CorrectionPage
from ui.desks.propose_way import ProposeWay
from ui.desks.proposing import ProposeDialog
from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import corrections as texts

Settle = Callable[[Session], None]


@pytest.fixture
def page(city: Session, show: Show) -> CorrectionPage:
    return show(CorrectionPage(city))


def states(page: CorrectionPage) -> list[str]:
    return [line[0] for line in page.table.listing.rows]


def test_the_overdue_stand_first_and_answers_are_told(page: CorrectionPage) -> None:
    tester = QAbstractItemModelTester(page.table.listing, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert states(page) == ["逾期未答复", "等县里答复", "同意，已改"]
    assert page.head.about.text() == "2 条没有答复，其中逾期 1 条，共 3 条"
    assert page.panel.message.isVisible()
    page.table.selectRow(2)
    assert page.panel.values[texts.ANSWER].text().startswith("同意，已改 ")
    assert page.panel.values[texts.NEW].text() == "请核对"
    assert page.panel.back_button.isHidden()
    page.refresh()
    assert tester.parent() is None


def test_one_is_taken_back_after_a_question(
    page: CorrectionPage, city: Session, settle: Settle, dialogs: FakeDialogs, ask: Ask
) -> None:
    dialogs.yes = False
    page.panel.back_button.click()
    settle(city)
    assert len(ask(lambda store: listed(store, "withdrawn"))) == 0
    dialogs.yes = True
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle(city)
    settle(city)
    assert len(ask(lambda store: listed(store, "withdrawn"))) == 1
    assert "不再要求改成“张三”" in dialogs.asked[-1]
    assert page.table.hasFocus() or not page.isActiveWindow()
    assert sorted(states(page)) == ["同意，已改", "已撤回", "等县里答复"]
    page.table.selectRow(2)
    page.take_back()
    assert len(dialogs.asked) == 2


def test_filters_and_the_way_from_a_conflict(page: CorrectionPage, city: Session, settle: Settle) -> None:
    box = page.boxes["state"]
    box.setCurrentIndex(box.findData("yes"))
    assert states(page) == ["同意，已改"]
    wanted = page.corrections[1].digest
    page.look_for(wanted)
    settle(city)
    assert page.item is not None
    assert page.item.digest == wanted
    box = page.boxes["unit"]
    box.setCurrentIndex(box.findData("320902"))
    assert page.table.empty == texts.NONE_FOUND
    assert page.item is None


def test_its_record_is_opened(page: CorrectionPage, city: Session, settle: Settle) -> None:
    asked: list[str] = []
    page.record_asked.connect(lambda ledger, _key: asked.append(ledger))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(city)
    assert asked == ["guanbiao"]


# ---------------------------------------------------------------- proposing


@pytest.fixture
def ledger_page(city: Session, show: Show) -> LedgerPage:
    made = LedgerPage(city, city.catalogue.ledger("guanbiao"))
    made.way = ProposeWay(city, made)  # type: ignore[attr-defined]  # keeps it alive
    return show(made)


def proposed(dialogs: FakeDialogs) -> ProposeDialog:
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ProposeDialog)
    return dialog


def test_a_correction_is_proposed_from_the_list(
    ledger_page: LedgerPage, city: Session, settle: Settle, dialogs: FakeDialogs, ask: Ask
) -> None:
    ledger_page.list.table.selectRow(0)
    QTest.keyClick(ledger_page.list.table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settle(city)
    dialog = proposed(dialogs)
    dialog.field_box.set_code("standard_code")
    dialog.field_box.activated.emit(0)
    assert dialog.editor is not None
    dialog.editor.show("SD1")
    dialog.propose()
    settle(city)
    assert "理由" in dialog.notice.words.text()
    dialog.reason.setText("证书写的是旧版")
    dialog.due.setText("不是日子")
    dialog.propose()
    assert dialog.due_box.words.startswith("⚠")
    dialog.due.setText("2099-12-01")
    told: list[str] = []
    city.told.connect(lambda words, _undo: told.append(words))
    dialog.do_button.click()
    settle(city)
    newest = max(ask(listed), key=lambda one: one.at)
    assert (newest.field, newest.new, newest.due) == ("standard_code", "SD1", "2099-12-01")
    assert told[-1].startswith("已向")


def test_tab_goes_on_from_the_field_to_its_value(
    ledger_page: LedgerPage, city: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    ledger_page.list.table.selectRow(0)
    ledger_page.way.open()  # type: ignore[attr-defined]  # set by the fixture
    settle(city)
    dialog = proposed(dialogs)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.field_box.setFocus()
    dialog.field_box.setEditText("联系人")
    QTest.keyClick(dialog.field_box, Qt.Key.Key_Tab)
    assert dialog.editor is not None
    assert dialog.editor.widget.hasFocus()
    dialog.close()


def test_from_the_form_the_field_is_chosen_already(
    ledger_page: LedgerPage, city: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    ledger_page.list.table.selectRow(0)
    ledger_page.list.open_current()
    settle(city)
    assert not ledger_page.way.button.isHidden()  # type: ignore[attr-defined]  # see the fixture
    ledger_page.window().activateWindow()
    qtbot.waitUntil(ledger_page.window().isActiveWindow)
    ledger_page.form.boxes["uscc"].focus()
    QTest.keyClick(
        ledger_page.form.boxes["uscc"].editor.widget, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier
    )
    settle(city)
    dialog = proposed(dialogs)
    assert dialog.field == "uscc"
    assert dialog.now.text() == ledger_page.form.boxes["uscc"].entry


def test_the_menu_offers_it_and_without_a_row_nothing_opens(
    ledger_page: LedgerPage, city: Session, dialogs: FakeDialogs
) -> None:
    menu = ledger_page.row_menu()
    assert f"{texts.PROPOSE}\tCtrl+M" in [action.text() for action in menu.actions()]
    ledger_page.list.table.setCurrentIndex(ledger_page.list.model.index(-1, 0))
    told: list[str] = []
    city.told.connect(lambda words, _undo: told.append(words))
    ledger_page.way.open()  # type: ignore[attr-defined]  # see the fixture
    assert told == ["先在列表里选中一条县里的记录"]
    assert dialogs.shown == []


def test_deleting_can_be_asked_and_personal_values_stay_masked(
    city: Session, settle: Settle, qtbot: QtBot, ask: Ask
) -> None:
    ledger, parent = city.catalogue.ledger("guanbiao"), QWidget()
    qtbot.addWidget(parent)

    def found(store: Store) -> Row:
        keys = [record.key for record in store.find(ledger.root)]
        return next(row for row in store.rows(ledger, keys) if row.values.get("contact_phone"))

    row = ask(found)
    dialog = ProposeDialog(parent, city, ledger, row, "contact_phone")
    assert "****" in dialog.now.text()
    dialog.field_box.set_code(DELETED)
    dialog.field_box.left.emit()
    assert dialog.now.text() == texts.REMOVE_NOW
    dialog.reason.setText("已注销")
    dialog.propose()
    settle(city)
    newest = max(ask(listed), key=lambda one: one.at)
    assert (newest.field, newest.new) == (DELETED, True)
    empty = ProposeDialog(parent, city, ledger, row)
    empty.propose()
    assert empty.notice.words.text() == texts.NO_FIELD
