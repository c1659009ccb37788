"""Filters per column, kept under names; sort remembered; the past looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ipdesk.fields import Context
from ipdesk.kinds.declare import Ledger
from ipdesk.past import NOW
from ipdesk.records import Ask, Filter, Query
from ipdesk.store import Moment
from tests.ui.conftest import FIRM, WAIT, FakeDialogs, MakeSession, focused
from tests.ui.ledger.conftest import entered, names, painted
from ui.ledger.conditions import Codes, Piece, Range, condition_for, told
from ui.ledger.filters import FilterDialog, NameDialog
from ui.ledger.page import LedgerPage
from ui.preferences import Preferences
from ui.session import Session
from ui.widgets.past import PastDialog

Settle = Callable[[Session], None]
COUNTY = Context("320981")


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    return entered(session, qtbot, settle)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return session.catalogue.ledger("guanbiao")


def dialog_on(qtbot: QtBot, ledger: Ledger, name: str, *filters: Filter) -> FilterDialog:
    made = FilterDialog(None, ledger, COUNTY, filters, name)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_type_is_asked_in_its_way(ledger: Ledger, qtbot: QtBot) -> None:
    kinds = {"stage": Codes, "start_date": Range, "remark": Piece, "enterprise_name": Piece}
    for name, kind in kinds.items():
        made = condition_for(ledger.field(name), COUNTY)
        qtbot.addWidget(made)
        assert isinstance(made, kind)


def test_the_down_key_goes_from_the_search_to_what_is_found(ledger: Ledger, qtbot: QtBot) -> None:
    dialog = dialog_on(qtbot, ledger, "stage")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    condition = dialog.condition
    assert isinstance(condition, Codes)
    condition.search.setText(" ")
    assert not any(item.isHidden() for item in condition.items)
    condition.search.setText("启动")
    condition.search.setFocus()
    QTest.keyClick(condition.search, Qt.Key.Key_Down)
    assert condition.list.hasFocus()
    QTest.keyClick(condition.list, Qt.Key.Key_Space)
    assert condition.ticked == ["ST03"]
    condition.search.setText("没有这样的")
    condition.search.setFocus()
    QTest.keyClick(condition.search, Qt.Key.Key_Down)
    assert condition.search.hasFocus()


def test_only_a_city_is_asked_for_the_unit(ledger: Ledger, qtbot: QtBot) -> None:
    county = dialog_on(qtbot, ledger, "unit_code")
    assert county.field.name != "unit_code"
    city = FilterDialog(None, ledger, Context(None), (), "unit_code")  # type: ignore[arg-type]
    qtbot.addWidget(city)
    assert city.field.name == "unit_code"


def test_a_column_typed_replaces_the_one_named_and_tab_goes_through_its_condition(
    ledger: Ledger, qtbot: QtBot
) -> None:
    dialog = dialog_on(qtbot, ledger, "")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.field_box.line.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(dialog.field_box.line, "qdrq")
    QTest.keyClick(QApplication.activePopupWidget() or focused(), Qt.Key.Key_Tab)
    assert dialog.field.name == "start_date"
    for line in dialog.condition.lines:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert line.hasFocus()


def test_codes_are_ticked_and_narrowed_by_initials(ledger: Ledger, qtbot: QtBot) -> None:
    dialog = dialog_on(qtbot, ledger, "stage", Filter("stage", Ask.IN, ("ST08",)))
    condition = dialog.condition
    assert isinstance(condition, Codes)
    items = [condition.list.item(n) for n in range(condition.list.count())]
    assert [i.text() for i in items if i.checkState() == Qt.CheckState.Checked] == ["体系运行"]
    condition.search.setText("hz")
    assert [i.text() for i in items if not i.isHidden()] == ["获证"]
    next(i for i in items if i.text() == "获证").setCheckState(Qt.CheckState.Checked)
    dialog.do_button.click()
    assert dialog.chosen == (Filter("stage", Ask.IN, ("ST08", "ST15")),)


def test_a_range_is_read_like_the_form(ledger: Ledger, qtbot: QtBot) -> None:
    dialog = dialog_on(qtbot, ledger, "start_date")
    condition = dialog.condition
    assert isinstance(condition, Range)
    dialog.do_button.click()
    assert "请填写" in dialog.wrong.text()
    condition.ends[Ask.FROM].setText("2023年5月")
    condition.ends[Ask.TO].setText("2023.1.31")
    dialog.do_button.click()
    assert "还大" in dialog.wrong.text()
    condition.ends[Ask.TO].setText("下周")
    dialog.do_button.click()
    assert dialog.wrong.text()
    condition.ends[Ask.TO].setText("2023-12-31")
    dialog.do_button.click()
    assert dialog.chosen == (
        Filter("start_date", Ask.FROM, ("2023-05",)),
        Filter("start_date", Ask.TO, ("2023-12-31",)),
    )
    again = dialog_on(qtbot, ledger, "start_date", *dialog.chosen)
    assert isinstance(again.condition, Range)
    assert again.condition.ends[Ask.FROM].text() == "2023-05"
    again.drop_button.click()
    assert again.chosen == ()


def test_figures_have_a_range_that_cannot_turn(ledger: Ledger, qtbot: QtBot) -> None:
    name = next(f.name for f in ledger.fields if f.type.storage == "REAL")
    dialog = dialog_on(qtbot, ledger, name)
    assert isinstance(dialog.condition, Range)
    dialog.condition.ends[Ask.FROM].setText("20")
    dialog.condition.ends[Ask.TO].setText("3")
    dialog.do_button.click()
    assert "还大" in dialog.wrong.text()


def test_text_is_asked_by_a_piece_and_emptiness_by_a_word(ledger: Ledger, qtbot: QtBot) -> None:
    dialog = dialog_on(qtbot, ledger, "remark", Filter("remark", Ask.HAS, ("迁",)))
    assert isinstance(dialog.condition, Piece)
    assert dialog.condition.line.text() == "迁"
    dialog.condition.line.clear()
    dialog.do_button.click()
    assert dialog.wrong.text()
    dialog.how_box.set_code("empty")
    dialog.how_box.left.emit()
    assert dialog.condition.isHidden()
    dialog.do_button.click()
    assert dialog.chosen == (Filter("remark", Ask.EMPTY),)
    again = dialog_on(qtbot, ledger, "remark", *dialog.chosen)
    assert again.how_box.entry == "empty"


def test_states_that_are_worked_out_stand_in_the_dialog_under_their_names(
    ledger: Ledger, qtbot: QtBot
) -> None:
    dialog = dialog_on(qtbot, ledger, "_cert_status")
    assert dialog.field_box.currentText() == "系统判断：证书失效情况"
    assert isinstance(dialog.condition, Codes)
    assert [item.text() for item in dialog.condition.items] == ["过期失效", "旧版未换版"]
    dialog.condition.tick({"CS5"})
    dialog.do_button.click()
    assert dialog.chosen == (Filter("_cert_status", Ask.IN, ("CS5",)),)
    assert told(ledger, dialog.chosen[0]) == "证书失效情况：过期失效"
    again = dialog_on(qtbot, ledger, "_documents", *dialog.chosen)
    assert [again.how_box.itemText(n) for n in range(again.how_box.count())] == ["按内容", "没有的", "有的"]
    again.how_box.set_code("filled")
    again.how_box.left.emit()
    again.do_button.click()
    assert again.chosen == (*dialog.chosen, Filter("_documents", Ask.FILLED))
    assert told(ledger, again.chosen[1]) == "缺少的必备材料：有"
    assert isinstance(dialog_on(qtbot, ledger, "_due").condition, Range)


def test_the_list_shows_what_a_state_leaves(page: LedgerPage, session: Session, settle: Settle) -> None:
    page.list.filterbar.set([Filter("_documents", Ask.EMPTY)])
    settle(session)
    assert names(page) == []
    page.list.filterbar.set([Filter("_missing", Ask.FILLED)])
    settle(session)
    chips = [part for part in page.list.filterbar.children() if isinstance(part, QPushButton)]
    assert chips[-1].accessibleName() == "去掉筛选“待补的项目：有”"
    assert names(page) == ["东台盛程纺织有限公司"]


def test_many_long_conditions_fit_into_the_narrowest_window(
    page: LedgerPage, session: Session, settle: Settle
) -> None:
    bar = page.list.filterbar
    documents = tuple(f"D{n:02d}" for n in range(1, 9))
    asked = [Filter("_documents", Ask.IN, documents), Filter("stage", Ask.IN, ("ST08", "ST15", "ST31"))]
    asked += [Filter(name, Ask.HAS, ("东台" * 20,)) for name in ("remark", "enterprise_name", "advisor_name")]
    for count in range(1, len(asked) + 1):
        bar.set(asked[:count])
        settle(session)
        assert bar.minimumSizeHint().width() <= 980
    chips = [part for part in bar.children() if isinstance(part, QPushButton)]
    assert all("…" in chip.text() for chip in chips)
    assert "东台" * 20 in chips[-1].toolTip()


def test_a_persons_number_is_asked_only_whether_it_is_there(ledger: Ledger, qtbot: QtBot) -> None:
    dialog = dialog_on(qtbot, ledger, "contact_phone")
    assert dialog.how_box.entry == "empty"
    dialog.how_box.set_code("value")
    dialog.do_button.click()
    assert dialog.chosen == ()


def test_conditions_are_told_in_words(ledger: Ledger) -> None:
    stage = ledger.field("stage").label
    assert told(ledger, Filter("stage", Ask.IN, ("ST08", "ST15"))) == f"{stage}：体系运行、获证"
    assert told(ledger, Filter("remark", Ask.HAS, ("迁",))) == "备注含“迁”"
    assert told(ledger, Filter("remark", Ask.EMPTY)) == "备注没有填"
    assert told(ledger, Filter("_shown", Ask.IN, ("有效",))) == "_shown：有效"


def test_a_condition_narrows_the_list_and_its_word_takes_it_away(
    page: LedgerPage, dialogs: FakeDialogs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def show(dialog: FilterDialog) -> bool:
        dialog.chosen = (Filter("enterprise_name", Ask.HAS, ("纺织",)),)
        return True

    monkeypatch.setattr(dialogs, "show", show)
    page.list.filterbar.ask("enterprise_name")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    assert page.list.shown_label.text() == "找到 1 家，共 3 家"
    assert page.list.toolbar.clear_button.isEnabled()
    line = page.list.filterbar.layout()
    item = line.itemAt(0) if line else None
    chip = item.widget() if item else None
    assert isinstance(chip, QPushButton)
    assert chip.accessibleName() == "去掉筛选“企业名称含“纺织””"
    chip.click()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    page.list.filterbar.set([Filter("enterprise_name", Ask.HAS, ("没有",))])
    qtbot.waitUntil(page.list.not_found.isVisible, timeout=WAIT)
    page.list.toolbar.clear_button.click()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    assert not page.list.filterbar.filters


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_filters_are_kept_under_a_name_chosen_again_and_deleted(
    page: LedgerPage,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bar = page.list.filterbar
    page.list.toolbar.boxes["stage"].setCurrentIndex(page.list.toolbar.boxes["stage"].findData("ST15"))
    bar.set([Filter("standard_code", Ask.IN, ("SD1",))])
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)

    def name_it(dialog: NameDialog) -> bool:
        assert not dialog.save_button.isEnabled()
        dialog.line.setText("旧版获证")
        return True

    monkeypatch.setattr(dialogs, "show", name_it)
    bar.save(page.list.query)
    settle(session)
    assert [one.name for one in bar.saved] == ["旧版获证"]
    page.list.reset()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    bar.menu.aboutToShow.emit()
    assert "旧版获证" in words_of(bar.menu)
    bar.choose("旧版获证")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    assert page.list.toolbar.boxes["stage"].code == "ST15"
    again = entered(session, qtbot, settle)
    qtbot.waitUntil(lambda: again.list.model.rowCount() == 1, timeout=WAIT)
    bar.delete("旧版获证")
    settle(session)
    assert bar.saved == []
    bar.menu.aboutToShow.emit()
    assert "还没有存过筛选" in words_of(bar.menu)


def test_the_sort_is_remembered(page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle) -> None:
    page.list.table.sorted_by.emit("enterprise_name")
    settle(session)
    painted(page, session, settle)
    order = names(page)
    again = entered(session, qtbot, settle)
    assert again.list.query.order == (("enterprise_name", False),)
    assert names(again) == order


def test_a_query_with_a_field_that_has_no_box_shows_as_a_condition(page: LedgerPage) -> None:
    page.list.show_query(Query((("cert_status", "CS3"), ("remark", "迁址"))))
    assert [f.field for f in page.list.filterbar.filters][-1] == "remark"


def test_the_past_is_read_only_and_says_so(
    page: LedgerPage, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    told_in_passing: list[str] = []
    session.told.connect(lambda words, _undo: told_in_passing.append(words))

    page.list.look_at(Moment(known_on=date.today() - timedelta(days=3)))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0, timeout=WAIT)
    assert "当时登记的内容" in page.list.band.words.text()
    assert page.list.band.isVisible()
    assert not page.add_button.isEnabled()
    page.list.look_at(Moment(known_on=date.today()))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=WAIT)
    painted(page, session, settle)
    assert len(set(names(page))) == 3
    page.list.table.go_to(0)
    enabled = [made.accessibleName() for made in page.list.row_buttons if made.isEnabled()]
    assert enabled == ["修改记录"]
    for deed in (
        page.add,
        page.delete,
        page.set_many,
        page.paste,
        page.duplicate,
        page.list.open_current,
        page.redo,
    ):
        told_in_passing.clear()
        deed()
        assert "不能修改" in told_in_passing[-1]
    settle(session)
    assert not page.undo_button.isEnabled()
    assert page.form.isHidden()
    assert not dialogs.shown
    page.list.look_at(NOW)
    settle(session)
    assert page.list.band.isHidden()
    assert page.add_button.isEnabled()


def test_the_day_is_asked_for_in_any_style(qtbot: QtBot) -> None:
    dialog = PastDialog(None, NOW)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.do_button.click()
    assert dialog.moment == NOW
    for words in ("2099-1-1", "2024-06", "下周"):
        dialog.as_of.setText(words)
        dialog.do_button.click()
        assert dialog.moment == NOW
    dialog.as_of.setText("2024.6.30")
    dialog.do_button.click()
    assert str(dialog.moment.as_of) == "2024-06-30"


def test_states_of_the_past_are_worked_out_on_its_day(
    make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    dated = {"cert_issue_date": "2020-01-06", "cert_valid_to": "2023-01-05", "cert_status": "CS1"}
    session = make_session(rows=({**FIRM, **dated},))
    page = entered(session, qtbot, settle)
    place = [c.name for c in page.list.model.columns].index("cert_status")
    now = str(page.list.model.index(0, place).data())
    page.list.look_at(Moment(as_of=date(2022, 1, 1)))
    qtbot.waitUntil(lambda: page.list.model.index(0, place).data() == "有效", timeout=WAIT)
    assert now.startswith("有效·")


def test_what_narrows_the_list_its_sort_and_its_columns_are_there_after_a_restart(
    page: LedgerPage, session: Session, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    page.list.toolbar.boxes["stage"].setCurrentIndex(page.list.toolbar.boxes["stage"].findData("ST15"))
    asked = (Filter("standard_code", Ask.IN, ("SD1",)), Filter("enterprise_name", Ask.HAS, ("公司",)))
    page.list.filterbar.set(asked)
    page.list.table.sorted_by.emit("uscc")
    page.list.toolbar.search.setText("有限")
    menus: list[QMenu] = list(page.chooser.menu().findChildren(QMenu))
    next(a for below in menus for a in below.actions() if a.text() == "法定代表人").trigger()
    settle(session)
    kept = page.list.query
    desk = replace(session.desk, preferences=Preferences(tmp_path / "window.json"))
    again = entered(Session(desk, session.worker, session.office, session.folder), qtbot, settle)
    assert (again.list.query.where, again.list.query.filters) == (kept.where, kept.filters)
    assert (again.list.query.order, again.list.query.search) == ((("uscc", False),), "")
    assert "legal_rep" in [column.name for column in again.list.model.columns]
    qtbot.waitUntil(lambda: again.list.model.rowCount() == 1, timeout=WAIT)
    again.list.reset()
    settle(session)
    once_more = entered(session, qtbot, settle)
    assert not once_more.list.is_narrowed


def test_words_are_searched_for_in_the_past_as_in_the_present(
    page: LedgerPage, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    page.list.look_at(Moment(known_on=date.today()))
    settle(session)
    everything = names(page)
    page.list.table.sorted_by.emit("enterprise_name")
    page.list.toolbar.search.setText(everything[0][2:5])
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
    painted(page, session, settle)
    assert names(page) == everything[:1]
    page.list.look_at(Moment(known_on=date.today() - timedelta(days=3)))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0, timeout=WAIT)
    page.list.look_at(NOW)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1, timeout=WAIT)
