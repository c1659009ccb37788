"""Many rows at once, pasting, copying, undo and redo on a real store."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.actions import ledger as deeds
from tests.ui.conftest import FIRM, OTHER, THIRD, WAIT, FakeDialogs
from tests.ui.ledger.conftest import entered, names, painted
from ui.ledger.batch import BatchDialog
from ui.ledger.page import LedgerPage
from ui.ledger.paste import PasteDialog
from ui.session import Session

Settle = Callable[[Session], None]
PASTED = (
    "企业名称\t统一社会信用代码\t贯标状态\n"
    "东台锦盛新材料有限公司\t91320981MA1MU66B6L\t体系运行\n"
    "东台恒瑞科技有限公司\t91350100M000100Y44\t体系运行\n"
)


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    return entered(session, qtbot, settle)


@pytest.fixture(autouse=True)
def _clipboard() -> None:
    QGuiApplication.clipboard().clear()


def all_of(page: LedgerPage, session: Session, settle: Settle, column: str) -> list[object]:
    told: list[object] = []
    ledger = page.ledger
    keys = list(page.list.model.keys)
    session.ask(page, lambda s: [r.values.get(column) for r in s.rows(ledger, keys)], told.extend)
    settle(session)
    return told


def batch_of(page: LedgerPage, dialogs: FakeDialogs, session: Session, settle: Settle) -> BatchDialog:
    page.list.table.selectAll()
    page.set_many()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, BatchDialog)
    dialog.show()
    return dialog


def test_many_rows_are_set_after_a_preview_and_undone_at_once(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    dialog = batch_of(page, dialogs, session, settle)
    assert not dialog.do_button.isEnabled()
    dialog.field_box.set_code("stage")
    dialog.field_box.left.emit()
    dialog.editor.show("ST15")
    dialog.preview()
    settle(session)
    assert dialog.counts.text() == "将修改 1 条，2 条不变，0 条不能改"
    assert ("东台盛程纺织有限公司", "体系运行", "获证") in [line[:3] for line in dialog.model.rows]
    dialog.do_button.click()
    settle(session)
    settle(session)
    assert set(all_of(page, session, settle, "stage")) == {"ST15"}
    settle(session)
    assert "批量修改" in page.undoing.undo.toolTip()
    page.undo()
    for _ in range(3):
        settle(session)
    assert sorted(map(str, all_of(page, session, settle, "stage"))) == ["ST08", "ST15", "ST15"]


def test_what_cannot_be_set_is_told_row_by_row(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialog = batch_of(page, dialogs, session, settle)
    dialog.field_box.set_code("start_date")
    dialog.field_box.left.emit()
    QTest.keyClicks(dialog.editor.widget, "2023.13.1")
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT)
    assert {line[3][:3] for line in dialog.model.rows} == {"不能改"}
    assert not dialog.do_button.isEnabled()
    dialog.write()
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_nothing_chosen_sets_nothing(page: LedgerPage, dialogs: FakeDialogs) -> None:
    page.list.table.clearSelection()
    page.set_many()
    assert not dialogs.shown


def pasting(
    page: LedgerPage, dialogs: FakeDialogs, session: Session, qtbot: QtBot, text: str = PASTED
) -> PasteDialog:
    QGuiApplication.clipboard().setText(text)
    page.paste()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PasteDialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT)
    return dialog


def test_a_pasted_block_is_checked_mended_and_taken_in_by_one_act(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialog = pasting(page, dialogs, session, qtbot)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert dialog.counts.text() == "新增 1 条，更新 0 条，未变 0 条，不收 1 条"
    assert [dialog.model.index(row, 0).data() for row in range(2)] == ["新增", "不收"]
    assert dialog.model.index(1, 2) == dialog.table.currentIndex()
    assert dialog.why.text().startswith("第2行：")
    assert dialog.model.index(1, 2).data(Qt.ItemDataRole.BackgroundRole) is not None
    before = dialog.plan
    assert dialog.model.setData(dialog.model.index(1, 2), "91350100M000100Y43")
    qtbot.waitUntil(lambda: dialog.plan is not before, timeout=WAIT)
    assert dialog.do_button.text() == "收下 2 条"
    dialog.do_button.click()
    settle(session)
    settle(session)
    painted(page, session, settle)
    assert len(names(page)) == 5
    page.undo()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)


def test_without_heads_the_columns_shown_hold(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialog = pasting(page, dialogs, session, qtbot, "东台锦盛新材料有限公司\t91320981MA1MU66B6L\n")
    assert dialog.model.rowCount() == 1
    assert dialog.model.headerData(2, Qt.Orientation.Horizontal) == page.ledger.field("uscc").label
    assert dialog.do_button.isEnabled()


def test_an_empty_clipboard_is_told(page: LedgerPage, dialogs: FakeDialogs) -> None:
    page.paste()
    assert "没有表格内容" in dialogs.told[-1]
    assert not dialogs.shown


def test_a_record_begins_in_the_likeness_of_another(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    row = names(page).index(FIRM["enterprise_name"])
    page.list.table.go_to(row)
    QTest.keyClick(page.list.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(session)
    boxes = page.form.boxes
    assert page.form.row is None
    assert boxes["stage"].entry == "ST15"
    assert (boxes["enterprise_name"].entry, boxes["uscc"].entry, boxes["contact_phone"].entry) == ("", "", "")
    assert page.form.is_changed


def test_a_field_is_filled_like_the_record_above(
    page: LedgerPage, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.table.go_to(names(page).index(OTHER["enterprise_name"]))
    page.add()
    box = page.form.boxes["stage"]
    box.focus()
    qtbot.waitUntil(lambda: box.isAncestorOf(QApplication.focusWidget() or page), timeout=WAIT)
    page.many.copy_above()
    settle(session)
    assert box.entry == "ST08"


def test_what_is_taken_back_of_many_records_says_how_many(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    told: list[str] = []
    session.told.connect(lambda words, _undo: told.append(words))
    ledger, keys = page.ledger, list(page.list.model.keys)
    session.ask(page, lambda store: deeds.delete(store, ledger, keys, "表单"), lambda _none: None)
    settle(session)
    for deed in (page.undo, page.redo):
        deed()
        settle(session)
    assert [words[:6] for words in told] == ["已撤销：删除", "已重做：删除"]
    assert all(words.endswith("等 3 条记录") for words in told)


def test_undo_and_redo_say_what_they_will_do(
    page: LedgerPage, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    undo, redo = page.undoing.both
    assert undo.toolTip() == "撤销“新增贯标企业台账”（Ctrl+Z）"
    assert (redo.isEnabled(), redo.toolTip()) == (False, "没有可以重做的操作")
    page.undo()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 2, timeout=WAIT)
    settle(session)
    assert redo.toolTip() == "重做“新增贯标企业台账”（Ctrl+Y）"
    QTest.keyClick(page.list.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    painted(page, session, settle)
    assert THIRD["enterprise_name"] in names(page)


def test_many_rows_are_set_by_keys_alone(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialog = batch_of(page, dialogs, session, settle)
    dialog.activateWindow()
    dialog.field_box.setFocus()
    QTest.keyClick(dialog.field_box.line, Qt.Key.Key_Return)
    assert dialog.field_box.entry == ""  # nothing to go on to yet
    dialog.field_box.set_code("remark")
    QTest.keyClick(dialog.field_box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.editor.widget.hasFocus(), timeout=WAIT)
    assert dialog.field
    assert dialog.field.name == "remark"
    QTest.keyClicks(dialog.editor.widget, "abc")
    assert not dialog.do_button.isEnabled()
    QTest.keyClick(dialog.editor.widget, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.do_button.hasFocus, timeout=WAIT)
    QTest.keyClicks(dialog.editor.widget, "d")
    assert (dialog.plan, dialog.do_button.isEnabled()) == (
        None,
        False,
    )  # what is written is what was previewed
    qtbot.waitUntil(dialog.do_button.isEnabled, timeout=WAIT)
    assert not dialog.do_button.hasFocus()
    QTest.keyClick(dialog.editor.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(session)
    settle(session)
    assert set(all_of(page, session, settle, "remark")) == {"abcd"}


def test_a_block_with_lines_and_quotes_in_a_cell_is_taken_in_by_keys(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    block = (
        "企业名称\t统一社会信用代码\t贯标状态\t备注\r\n"
        '东台锦盛新材料有限公司\t91320981MA1MU66B6L\t体系运行\t"第一行\n第二行，""引号"""\r\n'
    )
    dialog = pasting(page, dialogs, session, qtbot, block)
    cell = dialog.model.index(0, 4)
    assert cell.data() == '第一行 ↵ 第二行，"引号"'
    assert cell.data(Qt.ItemDataRole.EditRole) == '第一行\n第二行，"引号"'
    qtbot.waitUntil(dialog.do_button.isEnabled, timeout=WAIT)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(session)
    settle(session)
    painted(page, session, settle)
    assert '第一行\n第二行，"引号"' in all_of(page, session, settle, "remark")
