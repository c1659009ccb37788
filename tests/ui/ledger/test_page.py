"""The ledger's page on a real store: list, search, filters, sorting, columns."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from ipdesk.records import RecordKey
from tests.ui.conftest import FIRM, OTHER, THIRD, WAIT, FakeDialogs, MakeSession
from tests.ui.ledger.conftest import Settle, entered, names, painted
from ui.ledger.page import LedgerPage
from ui.session import Session


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


def test_the_deeds_below_stay_where_they_are_while_fewer_rows_are_found(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    page.list.toolbar.search.setText("东台")
    qtbot.waitUntil(lambda: page.list.shown_label.text() == "找到 3 家，共 3 家", timeout=WAIT)
    page.list.table.selectAll()
    painted(page, session, settle)
    before = [made.x() for made in page.list.row_buttons]
    page.list.toolbar.search.setText("盛程")
    qtbot.waitUntil(lambda: page.list.shown_label.text() == "找到 1 家，共 3 家", timeout=WAIT)
    painted(page, session, settle)
    assert [made.x() for made in page.list.row_buttons] == before


def test_the_search_box_forgets_its_cross_when_all_is_cleared(page: LedgerPage, qtbot: QtBot) -> None:
    search = page.list.toolbar.search
    pictures: list[QToolButton] = list(search.findChildren(QToolButton))
    cross = next(picture for picture in pictures if picture.isHidden())
    search.setText("盛程")
    qtbot.waitUntil(lambda: not cross.isHidden(), timeout=WAIT)
    page.list.reset()
    qtbot.waitUntil(cross.isHidden, timeout=WAIT)


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

    monkeypatch.setattr("db.store.SqlStore.keys_in_parts", broken)
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


def test_another_units_row_is_only_looked_at(
    make_session: MakeSession, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session("city", "320900", rows=(FIRM, OTHER))
    page = entered(session, qtbot, settle)
    assert page.open_button.text() == "编辑"
    key = RecordKey("320981", "x")
    monkeypatch.setattr(page.list.table, "current_key", lambda: key)
    page.list.chosen.emit()
    assert page.open_button.text() == page.open_button.accessibleName() == "查看"
    assert page.row_menu().actions()[0].text().startswith("查看")


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
