"""Years, certificates and subsidies in the form: a line each, chosen, begun, saved and deleted by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.actions import ledger as actions
from ipdesk.actions import parts as many
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from tests.ui.conftest import FakeDialogs, MakeSession
from tests.ui.form.conftest import Settle, enter
from ui.form import deeds
from ui.form.panel import FormPanel
from ui.form.parts import shared
from ui.session import Session

FIRM: dict[str, Any] = {
    "institution_name": "东台某某知识产权代理有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stat_year": 2023,
    "revenue_ip_wan": 120.0,
    "staff_count": 8,
}
YEAR: dict[str, Any] = {"stat_year": 2024, "revenue_ip_wan": 150.0}
Open = Callable[..., FormPanel]


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session()


def asked(session: Session, settle: Settle, op: Callable[[Store], Any]) -> Any:  # noqa: ANN401 - what op tells
    told: list[Any] = []
    owner = QWidget()
    session.ask(owner, op, told.append)
    settle(session)
    return told[0]


@pytest.fixture
def opened(session: Session, settle: Settle, qtbot: QtBot) -> Open:
    """Return an opener of a form on an institution with the years given."""

    def open_(*years: dict[str, Any], first: dict[str, Any] = FIRM) -> FormPanel:
        ledger = session.catalogue.ledger("institution")

        def op(store: Store) -> Row:
            key = actions.add(store, ledger, first, "测试")
            for year in years:
                row = many.meant(store, ledger, actions.one(store, ledger, key), year)
                actions.change_row(store, ledger, row, year, "测试")
            return deeds.shown(store, ledger, key)

        row = asked(session, settle, op)
        panel = FormPanel(session, ledger)
        qtbot.addWidget(panel)
        panel.resize(344, 620)
        panel.show()
        panel.show_row(row)
        settle(session)
        return panel

    return open_


def lines(panel: FormPanel) -> list[str]:
    return [line[0] for line in panel.parts[0].list.model.rows]


def stored(session: Session, settle: Settle, panel: FormPanel) -> list[tuple[Any, Any]]:
    row, ledger = panel.row, panel.ledger
    assert row
    found = asked(session, settle, lambda store: deeds.shown_parts(store, ledger, row, ledger.many[0]))
    return [(r.values.get("stat_year"), r.values.get("revenue_ip_wan")) for r in found]


def press(panel: FormPanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or panel, key)


def test_the_years_stand_above_their_fields_newest_first(opened: Open) -> None:
    panel = opened(YEAR)
    listed = panel.parts[0].list
    QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert lines(panel) == ["2024", "2023"]
    assert listed.title.text() == "机构年度经营（2 条）"
    assert listed.table.accessibleName() == "机构年度经营列表"
    assert panel.boxes["stat_year"].entry == "2024"
    assert panel.parts[0].section.isAncestorOf(listed)


def test_an_arrow_shows_another_year_and_saving_writes_that_one(
    opened: Open, session: Session, settle: Settle
) -> None:
    panel = opened(YEAR)
    panel.parts[0].list.table.setFocus()
    press(panel, Qt.Key.Key_Down)
    assert (panel.boxes["stat_year"].entry, panel.boxes["revenue_ip_wan"].entry) == ("2023", "120")
    assert panel.boxes["staff_count"].entry == "8"
    assert not panel.is_changed
    press(panel, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.boxes["stat_year"].editor.widget
    enter(panel, revenue_ip_wan="121")
    panel.save()
    settle(session)
    settle(session)
    assert stored(session, settle, panel) == [(2024, 150.0), (2023, 121.0)]
    assert panel.boxes["stat_year"].entry == "2023"
    assert panel.parts[0].list.table.currentIndex().row() == 1


def test_another_year_begins_with_the_next_and_is_added(
    opened: Open, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    panel = opened(YEAR)
    with qtbot.waitActive(panel):
        panel.activateWindow()
    QTest.keyClick(
        panel, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert lines(panel) == ["新的一条", "2024", "2023"]
    assert (panel.boxes["stat_year"].entry, panel.boxes["revenue_ip_wan"].entry) == ("2025", "")
    assert panel.is_changed
    enter(panel, revenue_ip_wan="160")
    panel.save()
    settle(session)
    settle(session)
    assert stored(session, settle, panel) == [(2025, 160.0), (2024, 150.0), (2023, 120.0)]
    assert lines(panel) == ["2025", "2024", "2023"]
    assert panel.boxes["institution_name"].entry == FIRM["institution_name"]


def test_a_year_that_is_there_already_is_refused_at_its_field(
    opened: Open, session: Session, settle: Settle
) -> None:
    panel = opened(YEAR)
    panel.parts[0].add()
    enter(panel, stat_year="2023")
    panel.save()
    settle(session)
    assert "另一条机构年度经营" in panel.boxes["stat_year"].message
    assert lines(panel)[0] == "新的一条"


def test_what_is_typed_holds_the_line(opened: Open, session: Session) -> None:
    told: list[str] = []
    session.told.connect(lambda words, _undo: told.append(words))
    panel = opened(YEAR)
    enter(panel, revenue_ip_wan="1")
    listed = panel.parts[0].list
    listed.table.setFocus()
    press(panel, Qt.Key.Key_Down)
    assert (listed.table.currentIndex().row(), panel.boxes["stat_year"].entry) == (0, "2024")
    press(panel, Qt.Key.Key_Insert)
    assert lines(panel) == ["2024", "2023"]
    assert told == ["请先保存（Ctrl+S）再换另一条"] * 2
    enter(panel, revenue_ip_wan="150", institution_name="东台另一家")  # another part's fields hold nothing
    press(panel, Qt.Key.Key_Down)
    assert panel.boxes["stat_year"].entry == "2023"
    assert panel.boxes["institution_name"].is_changed


def test_one_begun_is_given_up_and_one_stored_deleted(opened: Open, session: Session, settle: Settle) -> None:
    panel = opened(YEAR)
    listed = panel.parts[0].list
    listed.add()
    listed.delete()
    assert lines(panel) == ["2024", "2023"]
    assert not panel.is_changed
    listed.table.setFocus()
    press(panel, Qt.Key.Key_Down, Qt.Key.Key_Delete)
    settle(session)
    settle(session)
    assert stored(session, settle, panel) == [(2024, 150.0)]
    asked(session, settle, lambda store: store.undo())
    session.report("撤销", *panel.ledger.kinds)
    settle(session)
    assert lines(panel) == ["2024", "2023"]


def test_one_begun_may_be_left_for_a_stored_one_when_nothing_is_typed(opened: Open) -> None:
    panel = opened(YEAR)
    panel.parts[0].add()
    enter(panel, stat_year="")
    panel.parts[0].list.table.setFocus()
    press(panel, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert lines(panel) == ["2024", "2023"]
    assert panel.boxes["stat_year"].entry == "2023"


def test_a_record_without_any_is_typed_into_straight_away(
    opened: Open, session: Session, settle: Settle
) -> None:
    panel = opened(first={n: FIRM[n] for n in ("institution_name", "uscc")})
    assert panel.parts[0].list.isHidden()
    panel.parts[0].list.delete()
    enter(panel, stat_year="2024", revenue_ip_wan="5")
    panel.save()
    settle(session)
    settle(session)
    assert stored(session, settle, panel) == [(2024, 5.0)]
    assert not panel.parts[0].list.isHidden()
    panel.show_new()
    assert panel.parts[0].list.isHidden()
    panel.parts[0].list.add()
    assert panel.parts[0].list.model.rowCount() == 0


def test_another_units_years_are_looked_at_only(
    make_session: MakeSession, settle: Settle, qtbot: QtBot
) -> None:
    city = make_session("city", "320900")
    ledger = city.catalogue.ledger("institution")
    panel = FormPanel(city, ledger)
    qtbot.addWidget(panel)
    panel.show()
    key = RecordKey("320981", "01a20548-1500-71b9-b0d9-70fe3cd5ad75")
    panel.show_row(Row(key, {"institution_name": "东台某某"}, {"institution": key}))
    settle(city)
    listed = panel.parts[0].list
    assert listed.add_button.isHidden()
    listed.add()
    assert listed.model.rowCount() == 0


def test_tab_stops_in_the_list(opened: Open) -> None:
    panel = opened(YEAR)
    listed, year = panel.parts[0].list, panel.boxes["stat_year"]
    year.focus()
    for _ in range(3):
        panel.focusNextPrevChild(False)
    assert QApplication.focusWidget() is listed.table
    panel.focusNextPrevChild(True)
    assert QApplication.focusWidget() is listed.add_button


def test_undo_shows_the_year_as_it_was(
    opened: Open, session: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    panel = opened(YEAR)
    panel.parts[0].list.table.selectRow(1)
    enter(panel, revenue_ip_wan="7")
    panel.save()
    settle(session)
    asked(session, settle, lambda store: store.undo())
    row = panel.row
    assert row
    again = asked(session, settle, lambda store: deeds.shown_again(store, panel.ledger, row))
    panel.refresh(again)
    assert (panel.boxes["stat_year"].entry, panel.boxes["revenue_ip_wan"].entry) == ("2023", "120")
    assert not dialogs.told


def test_columns_share_the_width_and_the_widest_yields() -> None:
    assert shared([76, 76, 132], 300) == [76, 76, 132]
    assert shared([76, 90, 216], 300) == [76, 90, 134]
    assert shared([200, 90, 216], 300) == [105, 90, 105]


def test_all_columns_are_seen_beside_the_bar_of_a_long_list(opened: Open) -> None:
    panel = opened(*({"stat_year": year, "revenue_ip_wan": 100.0} for year in range(2014, 2022)))
    listed = panel.parts[0].list
    QApplication.processEvents()
    assert listed.table.verticalScrollBar().isVisible()
    widths = [listed.table.columnWidth(place) for place in range(3)]
    assert sum(widths) <= listed.table.viewport().width()


def test_a_section_without_parts_has_no_gap_above_its_fields(opened: Open) -> None:
    panel = opened()
    listed, section = panel.parts[0].list, panel.parts[0].section
    assert listed.isVisible()
    panel.show_new()
    section.unfold()
    QApplication.processEvents()
    assert not listed.isVisible()
    above = listed.parentWidget()
    assert above
    assert above.isHidden()
