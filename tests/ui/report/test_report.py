"""The report page: the office's name asked, pages looked at, printed and saved."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ipdesk.store import Moment
from tests.ui.conftest import FIRM, OTHER, FakeDialogs, MakeSession
from ui.paper import count, pictures, print_on, title
from ui.report.page import ReportPage
from ui.session import Session
from ui.widgets.past import PastDialog

Settle = Callable[[Session], None]


def made(session: Session, qtbot: QtBot, settle: Settle) -> ReportPage:
    page = ReportPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 560)
    page.show()
    page.enter()
    settle(session)
    return page


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> ReportPage:
    return made(session, qtbot, settle)


def test_the_pages_show_at_once(page: ReportPage) -> None:
    assert page.paper is not None
    assert page.paper.pages == 1
    assert page.title == "贯标企业台账"
    assert page.preview.labels[0].accessibleName() == "第 1 页，共 1 页"
    picture = page.preview.labels[0].pixmap()
    assert picture.width() > 600
    page.resize(700, 500)
    assert page.preview.labels[0].pixmap().width() < picture.width()


def test_the_office_is_asked_for_first(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    session = make_session(office_name="", rows=(FIRM,))
    page = made(session, qtbot, settle)
    assert not page.preview.labels
    assert page.office.frame.isVisible()
    assert not page.print_button.isEnabled()
    page.make()
    page.office.save()
    assert page.office.field.words == "⚠\u00a0请填写单位全称"
    page.office.edit.setText("东台市市场监督管理局")
    page.office.save_button.click()
    settle(session)
    settle(session)
    assert page.preview.labels
    assert page.office.frame.isHidden()
    assert session.office.office_name == "东台市市场监督管理局"


def test_it_is_saved_as_pdf_and_as_a_workbook(
    page: ReportPage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialogs.out = tmp_path
    page.pdf_button.click()
    settle(session)
    page.xlsx_button.click()
    settle(session)
    assert len(list(tmp_path.glob("贯标企业台账*.pdf"))) == 1
    assert len(list(tmp_path.glob("贯标企业台账*.xlsx"))) == 1
    assert page.notice.words.text().startswith("“贯标企业台账”已存为")
    dialogs.out = None
    page.pdf_button.click()


def test_the_folder_is_opened(
    page: ReportPage,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page._open_folder()  # noqa: SLF001
    dialogs.out = tmp_path
    page.pdf_button.click()
    settle(session)
    page.open_button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def printer_to(out: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFileName(str(out))
    return made


def test_what_is_shown_is_printed_beside_the_window(
    page: ReportPage,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[str] = []

    def watched(printer: QPrinter, pdf: bytes, progress: Callable[[int, int], None]) -> int:
        threads.append(threading.current_thread().name)
        return print_on(printer, pdf, progress)

    monkeypatch.setattr("ui.paper.print_on", watched)
    page.print_button.click()
    assert page.pages.currentWidget() is page.preview
    dialogs.printer = printer_to(tmp_path / "out.pdf")
    page.print_button.click()
    assert page.pages.currentWidget() is page.waiting
    settle(session)
    assert threads == ["store"]
    assert count((tmp_path / "out.pdf").read_bytes()) == 1
    assert page.notice.words.text() == "已送打印机：1 页"
    assert not page.open_button.isVisible()  # nothing was put into a folder
    assert dialogs.printer.docName() == title(page.paper.pdf) != ""  # type: ignore[union-attr]
    assert page.pages.currentWidget() is page.preview


def test_saving_can_be_stopped_and_leaves_nothing(
    page: ReportPage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialogs.out = tmp_path
    page.pdf_button.click()
    page.waiting.stop_button.click()
    settle(session)
    assert list(tmp_path.glob("贯标企业台账*")) == []
    assert page.pages.currentWidget() is page.preview


def test_progress_counts_pages(page: ReportPage, session: Session, settle: Settle) -> None:
    page._work("正在打印…", lambda _store, report: report(1, 3), lambda _none: None)  # noqa: SLF001
    settle(session)
    page._work("正在打印…", lambda _store, report: report(3, 3), lambda _none: None)  # noqa: SLF001
    settle(session)
    assert page.waiting.words.text() == "正在打印…第 3 / 3 页"


def test_the_period_stands_on_paper(page: ReportPage, session: Session, settle: Settle) -> None:
    from pypdfium2 import PdfDocument

    page.period.setText("2024年度")
    page.period.returnPressed.emit()
    settle(session)
    text = PdfDocument(page.paper.pdf)[0].get_textpage().get_text_range()  # type: ignore[union-attr]
    assert "2024年度" in text
    assert FIRM["enterprise_name"] in text.replace("\r\n", "")
    assert OTHER["uscc"] in text


def test_making_can_be_given_up(page: ReportPage, session: Session, settle: Settle) -> None:
    before = page.paper
    page.make()
    page.make()
    page.waiting.stop_button.click()
    settle(session)
    assert page.paper is before
    page.give_up()


def test_a_failure_is_told_once(
    page: ReportPage, session: Session, dialogs: FakeDialogs, bugs: list[BaseException], settle: Settle
) -> None:
    page.choice.setItemData(0, "nonsense")
    page.make()
    settle(session)
    assert "没有“nonsense”这个报表" in dialogs.told[0]
    page.make()
    settle(session)
    assert len(dialogs.told) == 2
    assert bugs == []


def test_pages_are_drawn_and_counted(page: ReportPage) -> None:
    pdf = page.paper.pdf  # type: ignore[union-attr]
    assert count(pdf) == 1
    drawn = pictures(pdf, 1.0, 5)
    assert len(drawn) == 1
    assert drawn[0].width() > drawn[0].height()


def test_a_document_is_printed_page_by_page(page: ReportPage, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(out))
    assert print_on(printer, cast("bytes", page.paper.pdf)) == 1  # type: ignore[union-attr]
    assert count(out.read_bytes()) == 1


def test_more_pages_than_shown_are_said(page: ReportPage) -> None:
    pictures_now = page.paper.pictures  # type: ignore[union-attr]
    page.preview.show_pages(pictures_now, 9)
    assert len(page.preview.labels) == 1


def test_a_report_of_the_past_says_so(
    page: ReportPage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    page.moment = Moment(as_of=date(2020, 1, 1))
    page.enter()
    settle(session)
    assert page.notice.words.text() == "报表按过去出：截至 2020-01-01 发生的事。"
    dialogs.out = tmp_path
    page.xlsx_button.click()
    settle(session)
    (out,) = tmp_path.glob("*.xlsx")
    cells = [c for row in load_workbook(out).active.iter_rows(values_only=True) for c in row if c]  # type: ignore[union-attr]
    assert any("截至2020年1月1日" in str(cell) for cell in cells)
    page.past_button.click()
    assert isinstance(dialogs.shown[-1], PastDialog)
