"""What a clerk does on the ledger's page: form, delete, undo, history, export."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.records import Change
from tests.ui.conftest import FIRM, WAIT, FakeDialogs, MakeSession, focused
from tests.ui.ledger.conftest import Settle, entered, names
from ui.ledger.history import HistoryDialog
from ui.ledger.page import LedgerPage
from ui.session import Session


# ---------------------------------------------------------------- keys
def test_enter_opens_the_form_and_the_form_follows_the_ring(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    table = page.list.table
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(session)
    assert page.form.isVisible()
    first = page.form.name
    table.go_to(1)
    qtbot.waitUntil(lambda: page.form.name != first, timeout=WAIT)


def test_a_changed_form_does_not_follow(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    page.list.table.go_to(0)
    page.list.open_current()
    settle(session)
    page.form.boxes["contact_name"].editor.widget.setText("改过")  # type: ignore[union-attr]
    held = page.form.row
    page.list.table.go_to(1)
    qtbot.wait(150)
    settle(session)
    assert page.form.row is held


def test_opening_the_record_again_only_moves_the_focus(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    page.list.open_current()
    settle(session)
    held = page.form.row
    page.list.open_current()
    settle(session)
    assert page.form.row is held


def test_deleting_asks_and_can_be_undone(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    told: list[tuple[str, bool]] = []
    session.told.connect(lambda words, undo: told.append((words, undo)))
    page.list.table.go_to(0)
    page.list.open_current()
    settle(session)
    page.delete()
    settle(session)
    assert "删除 1 条登记" in dialogs.asked[0]
    assert page.list.model.rowCount() == 2
    assert page.form.isHidden()
    assert told[-1] == ("已删除“东台喆䶮新材料有限公司”", True)
    page.undo()
    settle(session)
    assert page.list.model.rowCount() == 3
    assert told[-1][0] == "已撤销：删除贯标企业台账1条“东台喆䶮新材料有限公司”"


def test_no_is_no(page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle) -> None:
    dialogs.yes = False
    page.list.table.selectAll()
    page.delete()
    settle(session)
    assert len(dialogs.asked) == 1
    assert page.list.model.rowCount() == 3


def test_nothing_to_undo_is_told(
    make_session: MakeSession, qtbot: QtBot, dialogs: FakeDialogs, settle: Settle
) -> None:
    session = make_session()
    page = entered(session, qtbot, settle)
    page.undo()
    settle(session)
    assert "没有可以撤销的操作" in dialogs.told[0]
    page.delete()
    assert dialogs.asked == []


def test_an_undo_reaches_the_open_form(page: LedgerPage, session: Session, settle: Settle) -> None:
    page.list.open_current()
    settle(session)
    before = page.form.boxes["contact_name"].entry
    page.form.boxes["contact_name"].editor.widget.setText("新联系人")  # type: ignore[union-attr]
    page.form.save()
    settle(session)
    page.undo()
    settle(session)
    assert page.form.boxes["contact_name"].entry == before


def test_an_undo_of_adding_closes_the_form(page: LedgerPage, session: Session, settle: Settle) -> None:
    page.add()
    page.form.boxes["enterprise_name"].editor.widget.setText("东台新厂有限公司")  # type: ignore[union-attr]
    page.form.boxes["uscc"].editor.widget.setText("91350100M000100Y43")  # type: ignore[union-attr]
    page.form.save()
    settle(session)
    assert page.list.model.rowCount() == 4
    assert page.list.table.current_key() == page.form.row.key  # type: ignore[union-attr]
    page.undo()
    settle(session)
    assert page.list.model.rowCount() == 3
    assert page.form.isHidden()


def test_history_shows_who_changed_what(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    page.list.table.go_to(names(page).index(FIRM["enterprise_name"]))
    page.show_history()
    settle(session)
    dialog = dialogs.shown[0]
    assert isinstance(dialog, HistoryDialog)
    told = {(line[3], line[5]) for line in dialog.model.rows}
    assert ("企业名称", FIRM["enterprise_name"]) in told
    assert ("联系电话", "139****0000") in told


def test_the_first_and_the_last_row_are_chosen_not_only_ringed(page: LedgerPage) -> None:
    table = page.list.table
    table.go_to(1)
    for key, row in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 2)):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
        assert table.chosen_keys() == [table.current_key()] == [page.list.model.keys[row]]


def test_history_opens_from_the_form_on_its_own_record(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.table.go_to(names(page).index(FIRM["enterprise_name"]))
    page.list.open_current()
    settle(session)
    QTest.keyClick(focused(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle(session)
    assert FIRM["enterprise_name"] in dialogs.shown[0].windowTitle()
    page.add()
    page.show_history_of_form()  # a new record has none
    settle(session)
    assert len(dialogs.shown) == 1


def test_history_tells_deletions_looks_and_unknown_fields_in_words(
    page: LedgerPage, session: Session, qtbot: QtBot
) -> None:
    told = (
        ("case", "_deleted", False, True),
        ("case", "_note", None, "查看联系电话"),
        ("case", "from_the_future", None, "x"),
        ("gone_kind", "_deleted", True, False),
    )
    changes = [Change("2026-01-02T03:04:05", "王", "表单", *one) for one in told]
    dialog = HistoryDialog(page, session.catalogue, "东台", changes)
    qtbot.addWidget(dialog)
    assert [line[3:] for line in dialog.model.rows] == [
        ("整条贯标案卷", "在册", "已删除"),
        ("查看、导出", "—", "查看联系电话"),
        ("本版本没有的项目", "—", "x"),
        ("整条", "已删除", "在册"),
    ]


def test_history_says_which_year_and_which_certificate(
    page: LedgerPage, session: Session, qtbot: QtBot
) -> None:
    told = (
        ("institution_year", "revenue_ip_wan", 1.0, 2.0, "", {"stat_year": 2023}),
        ("institution_year", "stat_year", None, 2023, "", {"stat_year": 2023}),
        ("institution_year", "_deleted", False, True, "", {"stat_year": 2023}),
        ("person_certificate", "cert_date", None, "2020-05-06", "", {"cert_type": "CT1", "cert_no": "0001"}),
        ("person_certificate", "cert_date", None, "2020-05-06", "", {"cert_type": "CT1", "cert_no": None}),
        ("person_certificate", "cert_date", None, "2020-05-06", "", {"cert_type": None, "cert_no": None}),
    )
    changes = [Change("2026-01-02T03:04:05", "王", "表单", *one) for one in told]
    dialog = HistoryDialog(page, session.catalogue, "东台", changes)
    qtbot.addWidget(dialog)
    label = session.catalogue.kind("institution_year").by_name["revenue_ip_wan"].label
    kind = session.catalogue.kind("person_certificate").by_name["cert_type"].type.show("CT1")
    assert [line[3] for line in dialog.model.rows] == [
        f"2023：{label}",
        "统计年度",
        "2023：整条机构年度经营",
        "0001：发证日期",
        f"{kind}：发证日期",
        "发证日期",
    ]


def test_a_cell_is_copied(page: LedgerPage) -> None:
    page.list.table.go_to(0)
    page.copy()
    assert QGuiApplication.clipboard().text() == names(page)[0]


def test_the_menu_has_every_deed_with_its_key(page: LedgerPage) -> None:
    told = [action.text() for action in page.row_menu().actions()]
    assert told == [
        "编辑\tEnter",
        "修改记录\tCtrl+H",
        "复制\tCtrl+C",
        "粘贴\tCtrl+V",
        "照这条新增\tCtrl+D",
        "批量修改\tCtrl+B",
        "删除\tDelete",
        "撤销\tCtrl+Z",
        "重做\tCtrl+Y",
    ]


def test_the_menu_is_asked_for_by_key_at_the_ring(page: LedgerPage, qtbot: QtBot) -> None:
    table = page.list.table
    table.menu_asked.disconnect()
    table.go_to(1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with qtbot.waitSignal(table.menu_asked) as asked:
        QApplication.sendEvent(table.viewport(), event)
    assert asked.args == [table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).center())]


def test_every_deed_has_its_key(page: LedgerPage, qtbot: QtBot, session: Session, settle: Settle) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    page.focus()
    with qtbot.waitSignal(page.intake_asked):
        QTest.keyClick(page.list.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.print_asked):
        QTest.keyClick(page.list.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.list.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.list.toolbar.search.hasFocus()
    QTest.keyClick(page.list.toolbar.search, Qt.Key.Key_Down)
    assert page.list.table.hasFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Insert)
    assert page.form.isVisible()
    assert page.form.boxes["enterprise_name"].editor.widget.hasFocus()
    QTest.keyClick(page.form.boxes["enterprise_name"].editor.widget, Qt.Key.Key_Escape)
    assert page.form.isHidden()
    assert page.list.table.hasFocus()
    settle(session)


def test_the_mouse_marks_the_row_under_it(page: LedgerPage, qtbot: QtBot) -> None:
    table = page.list.table
    QTest.mouseMove(table.viewport(), table.visualRect(page.list.model.index(1, 0)).center())
    table._hover(1)  # noqa: SLF001 - the offscreen platform moves no mouse
    assert table.grab().toImage() is not None
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))


# ---------------------------------------------------------------- files
def test_the_list_is_exported(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, tmp_path: Path, settle: Settle
) -> None:
    dialogs.out = tmp_path
    page.exports.shown(page.list.query, ".xlsx")
    assert "正在导出" in page.exports.notice.words.text()
    page.exports.shown(page.list.query, ".csv")
    settle(session)
    assert list(tmp_path.glob("*.csv")) == []
    assert page.exports.notice.isHidden()
    page.exports.shown(page.list.query, ".csv")
    page.exports.template()
    settle(session)
    assert len(list(tmp_path.glob("贯标企业台账2*.xlsx"))) == 1
    assert "139****0000" in next(tmp_path.glob("*.csv")).read_text(encoding="utf-8-sig")
    assert (tmp_path / "贯标企业台账（空表）.xlsx").is_file()
    dialogs.out = None
    page.exports.shown(page.list.query, ".xlsx")
    page.exports.template()


def test_an_export_can_be_stopped_and_leaves_nothing(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, tmp_path: Path, settle: Settle
) -> None:
    dialogs.out = tmp_path
    page.exports.shown(page.list.query, ".xlsx")
    page.exports.stop_button.click()
    settle(session)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert page.exports.notice.isHidden()
    page.exports.give_up()


def test_an_export_that_cannot_be_written_is_told(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, tmp_path: Path, settle: Settle
) -> None:
    dialogs.out = tmp_path / "gone" / "a.xlsx"
    page.exports.shown(page.list.query, ".xlsx")
    settle(session)
    assert "写不了" in dialogs.told[0]


def test_a_sheet_dropped_on_the_page_is_to_be_brought_in(
    page: LedgerPage, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    sheets = [tmp_path / "a.xlsx", tmp_path / "b.et"]
    data.setUrls([QUrl.fromLocalFile(str(sheet)) for sheet in sheets])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(page.files_dropped) as dropped:
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, Qt.MouseButton.LeftButton, none))
    assert dropped.args == [sheets]
