"""Returning a row to its county from a ledger of the city: by menu, button and keys, told in the list, taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipdesk.actions.ledger import add
from ipdesk.records import RecordKey
from ipdesk.store import Store
from tests.ui.conftest import FakeDialogs
from tests.ui.desks.conftest import Ask
from ui.desks.return_way import ReturnWay
from ui.desks.returning import ReturnDialog
from ui.ledger.page import LedgerPage
from ui.ledger.returned import COLUMN
from ui.session import Session

OWN = {
    "enterprise_name": "盐城市直企业有限公司",
    "uscc": "91320981MAQHJRWT8Y",
    "stage": "ST08",
    "unit_code": "320900",
}
Settle = Callable[[Session], None]


@pytest.fixture
def page(city: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    made = LedgerPage(city, city.catalogue.ledger("guanbiao"))
    ReturnWay(city, made)
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    made.enter()
    for _ in range(3):
        settle(city)
    return made


def asked(page: LedgerPage, dialogs: FakeDialogs, city: Session, settle: Settle) -> ReturnDialog:
    """Press Ctrl+R in the list."""
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle(city)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ReturnDialog)
    return dialog


def states(page: LedgerPage) -> list[str]:
    model = page.list.model
    place = [column.label for column in model.columns].index(COLUMN.label)
    return [str(model.index(row, place).data() or "") for row in range(model.rowCount())]


def test_a_row_is_returned_and_that_is_taken_back(
    page: LedgerPage, city: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    assert COLUMN not in page.list.model.columns
    page.list.table.go_to(1)
    held = page.list.table.current_key()
    dialog = asked(page, dialogs, city, settle)
    assert dialog.field_box.currentText() == "整条记录"
    assert dialog.standing.isHidden()
    dialog.send_back()
    assert "请写明退回的理由" in dialog.reason_box.words
    dialog.reason.setText("联系电话不对")
    dialog.field_box.set_code("contact_phone")
    dialog.send_back()
    for _ in range(3):
        settle(city)
    assert dialog.result() == ReturnDialog.DialogCode.Accepted
    assert page.list.table.current_key() == held
    assert states(page)[1] == "已退回"
    assert states(page).count("已退回") == 1
    said = page.list.said_label.text()
    assert said.startswith("已退回：")
    assert said.endswith("：联系电话不对")
    again = asked(page, dialogs, city, settle)
    assert again.standing.words.text() == said
    again.cancel_button.click()
    for _ in range(3):
        settle(city)
    assert COLUMN not in page.list.model.columns
    assert page.list.said_label.text() == ""


def test_it_begins_with_the_field_of_the_form(
    page: LedgerPage, city: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    page.list.open_current()
    for _ in range(2):
        settle(city)
    assert not page.form.isHidden()
    page.form.unfold_all()
    page.form.boxes["contact_phone"].editor.widget.setFocus()
    page.row_menu().actions()[-1].trigger()
    settle(city)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ReturnDialog)
    assert dialog.field in ("contact_phone", "")
    dialog.field_box.set_code("没有的字段")
    assert dialog.field == ""
    dialog.field_box.line.returnPressed.emit()
    dialog.reason.setText("请核对")
    dialog.reason.returnPressed.emit()


def test_what_cannot_be_returned_is_said(
    page: LedgerPage, city: Session, dialogs: FakeDialogs, settle: Settle, ask: Ask
) -> None:
    told: list[str] = []
    city.told.connect(lambda words, _undo: told.append(words))
    dialog = asked(page, dialogs, city, settle)
    dialog.field_box.set_code("subsidy_year")
    dialog.reason.setText("补助呢")
    dialog.send_back()
    settle(city)
    assert "整条退回" in dialog.notice.words.text()
    assert dialog.do_button.isEnabled()

    ledger = page.ledger

    def own(store: Store) -> RecordKey:
        return add(store, ledger, OWN, "表单")

    key = ask(own)
    page.list.wish(key)
    page.list.reload()
    for _ in range(2):
        settle(city)
    QTest.keyClick(page.list.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == "这是本单位的记录，请直接修改"
    page.list.toolbar.search.setText("没有这样的企业")
    page.list.look()
    for _ in range(3):
        settle(city)
    page.list.reload()
    for _ in range(3):
        settle(city)
    page.more_deeds[-1][-1]()
    assert told[-1] == "先在列表里选中一条县里的记录"
