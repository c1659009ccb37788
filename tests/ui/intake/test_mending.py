"""Refused rows mended in the preview, what all rows share asked for once, the clerk's own sheet looked at."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.intake.mending import CellEdit
from ui.intake.page import IntakePage
from ui.ledger.model import TONE
from ui.session import Session
from ui.texts import intake as texts

Settle = Callable[[Session], None]
FIRMS = (
    "企业名称,统一社会信用代码,贯标进度,联系电话\n"
    "东台喆䶮新材料有限公司,91320981MABJ1XG60Q,获证,13900000000\n"
    "东台盛程纺织有限公司,91320981MAN2J1K63,体系运行了吗,1391111222\n"
    "东台坏码有限公司,91320981MA000,获证,13911113333\n"
)
PEOPLE = (
    "东台市高管培训班学员名册,,\n姓名,工作单位,手机号\n陈喆,甲公司,13900000000\n李䶮,乙公司,13911112222\n"
)


@pytest.fixture
def county(make_session: MakeSession) -> Session:
    return make_session()


def page_of(session: Session, qtbot: QtBot, ledger: str) -> IntakePage:
    made = IntakePage(session, session.catalogue.ledger(ledger))
    qtbot.addWidget(made)
    made.resize(1040, 540)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT)
    return made


@pytest.fixture
def page(county: Session, qtbot: QtBot, settle: Settle, tmp_path: Path) -> IntakePage:
    made = page_of(county, qtbot, "guanbiao")
    sheet = tmp_path / "手工表.csv"
    sheet.write_text(FIRMS, encoding="utf-8")
    made.begin(sheet)
    settle(county)
    made.preview.tabs.setCurrentIndex(1)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT)
    return made


def focused() -> CellEdit:
    edit = QApplication.focusWidget()
    assert isinstance(edit, CellEdit)
    return edit


def enter(qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_a_refused_row_is_mended_in_place_and_read_again(
    page: IntakePage, county: Session, qtbot: QtBot, settle: Settle
) -> None:
    rows = page.preview.refusals
    rows.focus()
    QTest.keyClick(rows.table, Qt.Key.Key_Return)
    edit = focused()
    assert (edit.place[1:], edit.text()) == ((3, 1), "91320981MAN2J1K63")
    assert "应为18位" in edit.accessibleDescription()
    edit.setText("91320981MAN2J1K637")
    enter(qtbot)
    edit = focused()
    assert edit.place[1:] == (3, 2)
    edit.setText("体系运行")
    enter(qtbot)
    settle(county)
    assert page.plan is not None
    assert [p.row for p in page.plan.refused] == [4]
    assert focused().place[1:] == (4, 1)
    focused().setText("91320981MAQHJRWT8Y")
    enter(qtbot)
    settle(county)
    assert page.plan.refused == []
    assert page.preview.refusals.mender.isHidden()
    assert page.import_button.hasFocus()
    page.take_in()
    settle(county)
    assert "新增 3 行" in page.done_words.text()


def test_nothing_mended_reads_nothing_again(page: IntakePage, qtbot: QtBot) -> None:
    before = page.plan
    page.preview.refusals.mender.focus()
    for _wrong in range(2):
        enter(qtbot)
    assert page.plan is before
    assert not page.waiting.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert page.preview.refusals.table.hasFocus()
    assert page.isVisible()


def test_a_row_still_wrong_keeps_the_focus_and_a_phone_stays_hidden(
    page: IntakePage, county: Session, qtbot: QtBot, settle: Settle
) -> None:
    edits = page.preview.refusals.mender.edits
    phone = next(e for e in edits if e.place[2] == 3)
    assert phone.text() == ""
    assert "139" in phone.placeholderText()
    assert "1391111222" not in phone.placeholderText()
    phone.setText("13911112222")
    edits[1].setText("体系运行")
    phone.setFocus()
    enter(qtbot)
    settle(county)
    assert page.plan is not None
    assert [p.row for p in page.plan.refused] == [3, 4]
    assert focused().place[1:] == (3, 1)


def test_any_other_cell_of_the_row_can_be_mended_too(
    page: IntakePage, county: Session, settle: Settle
) -> None:
    rows = page.preview.refusals
    rows.table.selectRow(rows.listing.rowCount() - 1)
    assert rows.mender.edits[0].place[1:] == (4, 1)
    name = next(e for e in rows.mender.edits if e.place[2] == 0)
    assert name.text() == "东台坏码有限公司"
    name.setText("东台好码有限公司")
    rows.mender.again_button.click()
    settle(county)
    assert any(e.text() == "东台好码有限公司" for e in rows.mender.edits)


def test_the_result_workbook_shows_what_was_mended(
    page: IntakePage, county: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page.preview.refusals.mender.edits[0].setText("91320981MAN2J1K637")
    page.preview.refusals.mender.give()
    settle(county)
    dialogs.out = tmp_path / "结果.xlsx"
    page.result_button.click()
    settle(county)
    rows = list(openpyxl.load_workbook(dialogs.out)["手工表"].iter_rows(values_only=True))
    assert rows[2][1] == "91320981MAN2J1K637"


def test_a_sheet_without_a_column_says_so(
    county: Session, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    page = page_of(county, qtbot, "guanbiao")
    sheet = tmp_path / "没有代码.csv"
    sheet.write_text("企业名称,贯标进度\n东台喆䶮新材料有限公司,获证\n", encoding="utf-8")
    page.begin(sheet)
    settle(county)
    assert page.plan is not None
    assert page.plan.refused
    labels: list[QLabel] = list(page.preview.refusals.mender.findChildren(QLabel))
    told = [made.text() for made in labels]
    assert any("表里没有这一列" in words for words in told)


# ---------------------------------------------------------------- what all rows share
@pytest.fixture
def class_page(county: Session, qtbot: QtBot, settle: Settle, tmp_path: Path) -> IntakePage:
    made = page_of(county, qtbot, "training")
    sheet = tmp_path / "学员.csv"
    sheet.write_text(PEOPLE, encoding="utf-8")
    made.begin(sheet)
    settle(county)
    return made


def test_the_class_is_asked_for_once_and_goes_into_every_row(
    class_page: IntakePage, county: Session, qtbot: QtBot, settle: Settle
) -> None:
    panel = class_page.preview.sharing
    assert panel.isVisible()
    name, day = (box.line for box in panel.boxes.values())
    assert (name.text(), day.text()) == ("东台市高管培训班", "")
    assert QApplication.focusWidget() is name
    class_page.take_in()
    assert class_page.preview.notice.words.text() == texts.SHARED_OPEN
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is day
    day.setText("没有日子")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert panel.open
    assert panel.boxes["start_date"].words
    day.setText("2024.5.18")
    QTest.keyClick(day, Qt.Key.Key_Return)
    settle(county)
    assert class_page.plan is not None
    rows = class_page.plan.rows
    assert {(r.values["course_name"], r.values["start_date"]) for r in rows} == {
        ("东台市高管培训班", "2024-05-18")
    }
    assert panel.words.text() == texts.SHARED_DONE
    class_page.take_in()
    settle(county)
    assert "新增 2 行" in class_page.done_words.text()


def test_the_class_may_be_left_out(class_page: IntakePage, county: Session, settle: Settle) -> None:
    panel = class_page.preview.sharing
    panel.leave_button.click()
    settle(county)
    assert panel.words.text() == texts.SHARED_NOT
    assert not panel.open
    assert class_page.plan is not None
    assert all("course_name" not in r.values for r in class_page.plan.rows)


def test_another_file_is_asked_about_anew(
    class_page: IntakePage, county: Session, settle: Settle, tmp_path: Path
) -> None:
    class_page.preview.sharing.give()
    settle(county)
    other = tmp_path / "代理师考前班签到表.csv"
    other.write_text(PEOPLE.partition("\n")[2], encoding="utf-8")
    class_page.begin(other)
    settle(county)
    panel = class_page.preview.sharing
    assert panel.open
    line = panel.boxes["course_name"].line
    assert isinstance(line, QLineEdit)
    assert line.text() == "代理师考前班"


# ---------------------------------------------------------------- the clerk's own sheet
def test_the_original_shows_heads_rows_and_what_each_column_is(page: IntakePage, qtbot: QtBot) -> None:
    model = page.preview.original.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert lines[0][1:3] == ["已认出：企业名称", "已认出：统一社会信用代码"]
    assert lines[1][:3] == ["1", "企业名称", "统一社会信用代码"]
    assert lines[2][1] == "东台喆䶮新材料有限公司"
    assert lines[2][4] == "139****0000"
    assert model.index(0, 1).data(TONE) == "good"
    assert model.index(1, 1).data(TONE) is None
    assert [model.headerData(c, Qt.Orientation.Horizontal) for c in (0, 1)] == [texts.POINT_ROW, "A"]
    assert page.preview.original.box.itemText(0) == "“手工表”，列名在第 1 行"
    page.preview.tabs.setCurrentIndex(5)
    qtbot.waitUntil(page.preview.original.table.isVisible, timeout=WAIT)
    page.preview.original.table.grab()


def test_a_column_tells_how_its_cells_will_be_read(page: IntakePage) -> None:
    labels: list[QLabel] = list(page.preview.columns.findChildren(QLabel))
    told = [made.text() for made in labels]
    assert "如：获证；体系运行了吗 → 读不出" in told
    assert not any("13900000000" in words for words in told)


@pytest.fixture
def pair_page(county: Session, qtbot: QtBot, settle: Settle, tmp_path: Path) -> IntakePage:
    made = page_of(county, qtbot, "guanbiao")
    sheet = tmp_path / "两项一列.csv"
    rows = FIRMS.replace("联系电话", "联系人及电话").replace(",139", ",陈丽静 139").splitlines()
    sheet.write_text("\n".join([rows[0], rows[1], rows[3]]), encoding="utf-8")
    made.begin(sheet)
    settle(county)
    return made


def test_a_column_of_two_values_tells_both_and_hides_the_number(pair_page: IntakePage) -> None:
    labels: list[QLabel] = list(pair_page.preview.columns.findChildren(QLabel))
    told = [made.text() for made in labels]
    assert pair_page.preview.columns.boxes["联系人及电话"].currentText() == "联系人、联系电话"
    assert any(words.endswith("→ 陈丽静、139****3333") for words in told)
    model = pair_page.preview.original.model
    shown = [str(model.index(r, 4).data()) for r in range(model.rowCount())]
    assert shown[0] == "已认出：联系人、联系电话"
    assert not any("13900000000" in words for words in (*told, *shown))


def test_the_button_that_reads_a_row_again_stays_in_view(page: IntakePage) -> None:
    mender = page.preview.refusals.mender
    page.resize(1040, 400)
    QApplication.processEvents()
    assert mender.area.verticalScrollBar().isVisible()
    assert mender.again_button.isVisible()
    assert not mender.area.isAncestorOf(mender.again_button)
    mender.edits[-1].setFocus()
    QTest.keyClick(mender.edits[-1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is mender.again_button


def test_the_columns_of_a_sheet_are_as_wide_as_their_words(page: IntakePage) -> None:
    table = page.preview.original.table
    page.preview.tabs.setCurrentIndex(5)
    QApplication.processEvents()
    metrics = table.fontMetrics()
    assert table.columnWidth(2) >= metrics.horizontalAdvance("已认出：统一社会信用代码")
