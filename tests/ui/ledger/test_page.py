"""The ledger's page on a real store: list, search, filters, form, delete, undo, history, export."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ipdesk.records import Change
from tests.ui.conftest import FIRM, OTHER, THIRD, WAIT, FakeDialogs, MakeSession
from ui.ledger.history import HistoryDialog
from ui.ledger.page import LedgerPage
from ui.session import Session

Settle = Callable[[Session], None]


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    return entered(session, qtbot, settle)


def entered(session: Session, qtbot: QtBot, settle: Settle, width: int = 1180) -> LedgerPage:
    made = LedgerPage(session, session.catalogue.ledger("guanbiao"))
    qtbot.addWidget(made)
    made.resize(width, 660)
    made.show()
    made.enter()
    settle(session)
    return painted(made, session, settle)


def painted(made: LedgerPage, session: Session, settle: Settle) -> LedgerPage:
    made.grab()
    settle(session)
    return made


def names(page: LedgerPage) -> list[str]:
    model = page.list.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_list_shows_what_is_registered(page: LedgerPage) -> None:
    assert sorted(names(page)) == sorted(r["enterprise_name"] for r in (FIRM, OTHER, THIRD))
    assert page.head.about.text() == "共 3 家"
    assert page.list.shown_label.text() == "显示 3 家"


def test_phones_are_masked_in_the_list(page: LedgerPage, session: Session, settle: Settle) -> None:
    page.list.model.set_columns([c for c in page.list.declared_columns() if c.name == "contact_phone"])
    painted(page, session, settle)
    told = {str(page.list.model.index(row, 0).data()) for row in range(3)}
    assert told == {"139****0000", ""} or told == {"139****0000", "None"}


def test_what_is_unsent_is_said_beside_each_row(page: LedgerPage) -> None:
    last = page.list.model.columnCount() - 1
    assert page.list.model.index(0, last).data() == "未上报"


def test_what_the_city_says_of_a_record_stands_below_the_list(
    page: LedgerPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipdesk.sync import Reported

    said = Reported("duplicate", "uscc", "与建湖县登记的同一家企业")
    monkeypatch.setattr("ipdesk.sync.reported", lambda _store, rows: {row.key: said for row in rows})
    page.list.reload()
    settle(session)
    painted(page, session, settle)
    assert page.list.model.index(0, page.list.model.columnCount() - 1).data() == "疑似重复"
    assert page.list.said_label.text() == "市局回执：与建湖县登记的同一家企业"


def test_searching_while_typing_takes_the_last_word(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    for text in ("东", "东台", "盛程"):
        page.list.toolbar.search.setText(text)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    settle(session)
    assert page.list.shown_label.text() == "找到 1 家，共 3 家"
    page.list.toolbar.search.setText("gj")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0, timeout=WAIT)
    qtbot.waitUntil(lambda: page.list.not_found.isVisible(), timeout=WAIT)


def test_initials_and_pieces_of_the_code_are_found(page: LedgerPage, qtbot: QtBot) -> None:
    for words, count in (("dtscfz", 1), ("MAQHJ", 1), ("卢𬭛", 1), ("东台", 3)):
        page.list.toolbar.search.setText(words)
        page.list.toolbar.search.returnPressed.emit()
        qtbot.waitUntil(lambda count=count: page.list.model.rowCount() == count, timeout=WAIT)  # type: ignore[misc]


def test_filters_narrow_the_list_and_clearing_widens_it(page: LedgerPage, qtbot: QtBot) -> None:
    box = page.list.toolbar.boxes["stage"]
    box.setCurrentIndex(box.findText("体系运行"))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    assert box.property("active") is True
    assert box.toolTip() == "贯标状态：体系运行"
    page.list.toolbar.clear_button.click()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    assert not page.list.toolbar.clear_button.isEnabled()


def test_filters_leave_a_narrow_bar_but_not_those_that_are_set(page: LedgerPage, qtbot: QtBot) -> None:
    boxes = page.list.toolbar.boxes
    boxes["town_code"].setCurrentIndex(1)
    page.list.toolbar.resize(420, 52)
    assert [name for name, box in boxes.items() if not box.isHidden()] == ["town_code"]
    page.list.toolbar.resize(1100, 52)
    assert all(not box.isHidden() for box in boxes.values())


def test_esc_clears_the_search_and_then_leaves_it(page: LedgerPage, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    search = page.list.toolbar.search
    search.setFocus()
    search.setText("盛程")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), search.hasFocus()) == ("", True)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()


def add_another(page: LedgerPage, session: Session, settle: Settle) -> None:
    page.add()
    for name, text in {"enterprise_name": "建湖新来有限公司", "uscc": "91350100M000100Y43"}.items():
        page.form.boxes[name].editor.show(text)
    page.form.boxes["stage"].editor.show("ST08")
    page.form.boxes["standard_code"].editor.show("SD2")
    page.form.save()
    settle(session)
    settle(session)
    painted(page, session, settle)


def test_a_new_record_shows_though_the_search_would_hide_it(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    told: list[str] = []
    session.told.connect(lambda words, _undo: told.append(words))
    page.list.toolbar.search.setText("盛程")
    page.list.toolbar.search.returnPressed.emit()
    settle(session)
    add_another(page, session, settle)
    assert (page.list.toolbar.words, len(names(page))) == ("", 4)
    assert str(page.list.table.currentIndex().siblingAtColumn(0).data()) == "建湖新来有限公司"
    assert told[-1] == "已保存“建湖新来有限公司”，为显示它清除了搜索和筛选"


def test_a_new_record_that_is_found_leaves_the_search(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    box = page.list.toolbar.boxes["stage"]
    box.setCurrentIndex(box.findText("体系运行"))
    settle(session)
    add_another(page, session, settle)
    assert page.list.toolbar.is_set
    assert "建湖新来有限公司" in names(page)


def test_rows_that_cannot_be_read_say_so_and_are_read_again(
    page: LedgerPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("ui.ledger.reported.with_reported", broken)
        page.list.reload()
        settle(session)
        painted(page, session, settle)
        assert names(page) == ["没有读出来"] * 3
        assert "有些行没有读出来" in page.list.unread.words.text()
    page.list.reload()
    settle(session)
    painted(page, session, settle)
    assert FIRM["enterprise_name"] in names(page)
    assert page.list.unread.isHidden()


def test_a_list_that_cannot_be_read_keeps_what_it_shows_and_says_why(
    page: LedgerPage,
    session: Session,
    settle: Settle,
    bugs: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("db.store.SqlStore.keys", broken)
    page.list.reload()
    settle(session)
    assert len(names(page)) == 3
    assert not page.list.unread.isHidden()
    assert len(bugs) == 1


def test_deeds_on_a_row_stand_below_the_list(page: LedgerPage, session: Session, settle: Settle) -> None:
    assert [b.text() for b in page.list.row_buttons] == ["编辑", "修改记录", "批量修改", "删除"]
    assert all(b.isEnabled() for b in page.list.row_buttons)
    page.list.table.clearSelection()
    assert not any(b.isEnabled() for b in page.list.row_buttons)
    assert page.undo_button.isEnabled()
    page.list.table.selectRow(0)
    page.list.row_buttons[0].click()
    settle(session)
    assert not page.form.isHidden()


def test_a_head_sorts_up_then_down_then_not(page: LedgerPage, session: Session, settle: Settle) -> None:
    orders = []
    for _ in range(3):
        page.list.table.sorted_by.emit("uscc")
        settle(session)
        painted(page, session, settle)
        orders.append([page.list.model.index(r, 1).data() for r in range(3)])
    assert orders[0] == sorted(orders[0])
    assert orders[1] == orders[0][::-1]
    assert page.list.query.order == ()
    page.list.table.sorted_by.emit("")
    assert page.list.query.order == ()


def test_an_empty_ledger_says_what_to_do(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    page = entered(make_session(), qtbot, settle)
    assert page.list.empty.isVisible()
    with qtbot.waitSignal(page.intake_asked):
        page._empty_buttons()[0].click()  # noqa: SLF001 - a new pair of the same buttons


def test_the_city_sees_units_and_filters_by_them(
    make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    session = make_session("city", "320900", rows=(FIRM, {**OTHER, "unit_code": "320925"}))
    page = entered(session, qtbot, settle)
    box = page.list.toolbar.boxes["unit_code"]
    box.setCurrentIndex(box.findText("建湖县"))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)


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


# ---------------------------------------------------------------- columns
def test_columns_are_chosen_and_remembered(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    menu = page.chooser.menu()
    menus: list[QMenu] = list(menu.findChildren(QMenu))
    action = next(a for below in menus for a in below.actions() if a.text() == "法定代表人")
    action.trigger()
    assert "legal_rep" in [c.name for c in page.list.model.columns]
    again = entered(session, qtbot, settle)
    assert "legal_rep" in [c.name for c in again.list.model.columns]
    again.chooser.reset()
    assert "legal_rep" not in [c.name for c in again.list.model.columns]


def test_columns_fit_at_every_width_without_a_scroll_bar(page: LedgerPage, qtbot: QtBot) -> None:
    table = page.list.table
    for width in (560, 800, 1400):
        table.resize(width, 400)
        table.fit()
        shown = [i for i in range(page.list.model.columnCount()) if not table.isColumnHidden(i)]
        assert sum(table.columnWidth(i) for i in shown) == table.viewport().width()
    assert not table.isColumnHidden(0)


def test_a_bug_is_reported_and_no_traceback_shown(
    page: LedgerPage, session: Session, bugs: list[BaseException], settle: Settle
) -> None:
    session.ask(page, lambda store: store.nonsense(), lambda _told: None)  # type: ignore[attr-defined]
    settle(session)
    assert [type(bug) for bug in bugs] == [AttributeError]


def test_an_act_from_before_is_undone_only_after_a_question(
    page: LedgerPage, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    session.opened_at += timedelta(hours=1)
    dialogs.yes = False
    page.undo()
    settle(session)
    assert "涉及" in dialogs.asked[0]
    assert page.list.model.rowCount() == 3
    dialogs.yes = True
    page.undo()
    settle(session)
    assert page.list.model.rowCount() == 2
