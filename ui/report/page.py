"""The report page: choose, look, print, save."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.actions.report import REPORTS, write_report
from ipdesk.past import NOW
from ipdesk.store import Office, Store
from ui.report.preview import PagePreview
from ui.session import Session
from ui.settings.office import OfficeName
from ui.texts import asking, common
from ui.texts import report as texts
from ui.widgets.basic import button, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.head import PageHead
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice
from ui.widgets.page import Page
from ui.widgets.past import PastDialog, told
from ui.widgets.waiting import Waiting
from ui.worker import Op, Report, Task

if TYPE_CHECKING:
    from pathlib import Path

    from ui.report.paper import Paper


class ReportPage(Page):
    """Makes reports from what is registered; says that archives are asked for."""

    archive_asked = Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out."""
        super().__init__()
        self._session = session
        self._task: Task | None = None
        self.paper: Paper | None = None
        self._saved_in: Path | None = None
        self.moment = NOW
        self.xlsx_button = button(texts.SAVE_XLSX, "export", clicked=lambda: self.save(".xlsx"))
        self.pdf_button = button(texts.SAVE_PDF, "export", clicked=lambda: self.save(".pdf"))
        self.print_button = button(texts.PRINT, "print", kind="primary", clicked=self.print)
        self.archive_button = button(texts.ARCHIVE, "folder", clicked=self.archive_asked.emit)
        parts = (self.archive_button, self.xlsx_button, self.pdf_button, self.print_button)
        self.head = PageHead(texts.TITLE, *parts)
        self.head.tell(texts.ABOUT)
        self.open_button = button(common.OPEN_FOLDER, "folder", kind="link", clicked=self._open_folder)
        self.notice = Notice(self.open_button)
        self.office = OfficeName(session)
        self.waiting, self.preview = Waiting(self.give_up), PagePreview()
        self._make_choice()
        self._lay_out()
        session.office_changed.connect(self._named)
        self._bind_keys()

    def _bind_keys(self) -> None:
        pdf = partial(self.save, ".pdf")
        keys = ("F5", self.make), ("Ctrl+P", self.print), ("Ctrl+T", self.ask_moment), ("Ctrl+S", pdf)
        for key, deed in keys:
            shortcut(self, key, deed)

    def _make_choice(self) -> None:
        self.choice = PlainBox()
        for report in REPORTS:
            self.choice.addItem(report.title, report.name)
        self.choice.setMinimumContentsLength(10)
        self.period = QLineEdit()
        self.period.setPlaceholderText(texts.PERIOD_HINT)
        self.period.returnPressed.connect(self.make)
        self.make_button = button(texts.PREVIEW, clicked=self.make)
        self.past_button = button(asking.PAST, clicked=self.ask_moment, hint="Ctrl+T")
        self.choice.activated.connect(lambda _index: self.make())

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(Labelled(texts.CHOOSE, self.choice), 1)
        period = Labelled(texts.PERIOD, self.period)
        period.add_beside(self.make_button)
        period.add_beside(self.past_button)
        choices.addWidget(period, 2)
        choices.addStretch(1)
        self.pages = QStackedWidget()
        for page in (self.preview, self.waiting, QWidget()):
            self.pages.addWidget(page)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.notice)
        lines.addWidget(self.office.frame)
        lines.addLayout(choices)
        lines.addWidget(self.pages, 1)

    # ------------------------------------------------------------ making
    def enter(self) -> None:
        """Show the report as it stands now, or ask for the office's name first."""
        named = bool(self._session.office.office_name)
        self.office.frame.setVisible(not named)
        for made in (self.xlsx_button, self.pdf_button, self.print_button, self.make_button):
            made.setEnabled(named)
        if named:
            self._tell_moment()
            self.make()
        else:
            self._say(texts.OFFICE_ASKED, "warn")
            self.pages.setCurrentIndex(2)
            self.office.edit.setFocus()

    def _named(self, _office: Office) -> None:
        if self.isVisible():
            self.enter()

    @property
    def name(self) -> str:
        """Return the name of the chosen report."""
        return str(self.choice.currentData())

    @property
    def title(self) -> str:
        """Return the title of the chosen report."""
        return self.choice.currentText()

    def ask_moment(self) -> None:
        """Ask for the past day that the report tells of."""
        dialog = PastDialog(self, self.moment)
        if self.make_button.isEnabled() and self._session.dialogs.show(dialog):
            self.moment = dialog.moment
            self._tell_moment()
            self.make()

    def _tell_moment(self) -> None:
        self._say(texts.PAST.format(told=told(self.moment)) if self.moment else "", "warn")

    def make(self) -> None:
        """Make the report and show its pages."""
        name, period, moment = self.name, self.period.text().strip(), self.moment
        if self._task or not self.make_button.isEnabled():
            return

        def op(store: Store, report: Report) -> "Paper":
            from ui.report.paper import make

            return make(store, name, period, report, moment)

        self._work(texts.MAKING.format(title=self.title), op, self._show)

    def _work(self, words: str, op: Op, success: Callable[[Any], None], part: str = texts.PAGES_DONE) -> None:
        """Do something that takes its time, with progress and the way to stop it."""

        def tell(done: int, total: int) -> None:
            if total:
                self.waiting.tell(part.format(words=words, done=done, total=total), done, total)

        self.waiting.begin(words)
        self.pages.setCurrentWidget(self.waiting)
        self._task = self._session.work(self, op, success, self._failed, tell)

    def _show(self, paper: "Paper") -> None:
        self._task, self.paper = None, paper
        self.preview.show_pages(paper.pictures, paper.pages)
        self.pages.setCurrentWidget(self.preview)
        self.preview.setFocus()

    def _failed(self, _error: Exception) -> bool:
        self._task = None
        self._show_pages()
        return False

    def _show_pages(self) -> None:
        """Show the pages there are, if any."""
        self.pages.setCurrentWidget(self.preview) if self.paper else self.pages.setCurrentIndex(2)

    def give_up(self) -> None:
        """Wait no longer for the pages."""
        if self._task:
            self._task.cancel()
            self._task = None
        self._show_pages()

    # ------------------------------------------------------------ keeping
    def save(self, suffix: str) -> None:
        """Write the report to a file that the clerk names."""
        filters = common.PDF if suffix == ".pdf" else common.EXCEL
        proposed = texts.NAME.format(title=self.title, stamp=f"{date.today():%Y%m%d}") + suffix
        out = self._session.dialogs.save_file(self, self.title, proposed, filters)
        if not out or self._task:
            return
        name, period, moment = self.name, self.period.text().strip(), self.moment

        def op(store: Store, report: Report) -> None:
            write_report(store, name, out, period, report, moment=moment)

        part = texts.PAGES_DONE if suffix == ".pdf" else texts.ROWS_DONE
        self._work(texts.SAVING.format(name=out.name), op, lambda _none: self._saved(out), part)

    def _saved(self, out: "Path") -> None:
        self._task = None
        self._show_pages()
        self._saved_in = out.parent
        self._say(texts.SAVED.format(title=self.title, name=out.name), saved=True)

    def _say(self, words: str, tone: str = "good", *, saved: bool = False) -> None:
        self.open_button.setVisible(saved)
        self.notice.tell(words, tone)

    def _open_folder(self) -> None:
        if self._saved_in:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_in)))

    def print(self) -> None:
        """Print the pages that are shown, all of them."""
        printer = self._session.dialogs.choose_printer(self) if self.paper and not self._task else None
        if printer is None or self.paper is None:
            return
        pdf = self.paper.pdf

        def op(_store: Store, report: Report) -> int:
            from ui.paper import print_on

            return print_on(printer, pdf, report)

        self._work(texts.PRINTING.format(title=self.title), op, self._printed)

    def _printed(self, pages: int) -> None:
        self._task = None
        self._show_pages()
        self._say(texts.PRINTED.format(pages=pages))
