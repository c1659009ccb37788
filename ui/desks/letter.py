"""The letter that reminds a county of a report: its pages are shown, printed and saved."""

from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.files import write_bytes
from ipdesk.store import Store
from ipdesk.sync import Expected
from ui.report.paper import SCREEN, SHOWN, Paper
from ui.report.preview import PagePreview
from ui.session import Session
from ui.texts import common
from ui.texts import completeness as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.notice import Notice


class LetterDialog(QDialog):
    """Shows the letter to a county about a period."""

    def __init__(self, parent: QWidget, session: Session, expected: Expected) -> None:
        """Lay the dialog out and ask for the pages."""
        super().__init__(parent)
        self._session, self._expected = session, expected
        self.paper: Paper | None = None
        title = texts.LETTER_TITLE.format(unit=expected.unit_name, period=expected.period.label)
        self.setWindowTitle(title)
        self.resize(820, 560)
        self.notice, self.told, self.preview = Notice(), label(texts.LETTER_MAKING, "muted"), PagePreview()
        self.save_button = button(texts.LETTER_SAVE, "export", clicked=self.save, hint="Ctrl+S")
        self.print_button = button(
            texts.LETTER_PRINT, "print", kind="primary", clicked=self.print, hint="Ctrl+P"
        )
        self._lay_out(title)
        shortcut(self, "Ctrl+S", self.save)
        shortcut(self, "Ctrl+P", self.print)
        session.ask(self, lambda store: _made(store, expected, title), self._show, self._fail)

    def _lay_out(self, title: str) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        for part in (label(title, "lead"), self.notice, self.told):
            lines.addWidget(part)
        lines.addWidget(self.preview, 1)
        close = button(common.CLOSE, clicked=self.reject)
        lines.addLayout(row(None, close, self.save_button, self.print_button))
        self._hold(held=True)

    def _hold(self, *, held: bool) -> None:
        for made in (self.save_button, self.print_button):
            made.setEnabled(not held)

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        self._hold(held=False)
        self.told.setText(texts.LETTER_MADE.format(pages=paper.pages))
        self.preview.show_pages(paper.pictures, paper.pages)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: Exception) -> bool:
        self.told.setText("")
        self.notice.tell(self._session.reason(error), "bad")
        return True

    # ------------------------------------------------------------ keeping
    def save(self) -> None:
        """Write the letter to a file that the clerk names."""
        one = self._expected
        name = texts.LETTER_NAME.format(unit=one.unit_name, period=one.period.code)
        paper = self.paper
        out = self._session.dialogs.save_file(self, texts.LETTER_SAVE, name, common.PDF) if paper else None
        if paper and out:
            pdf, path = paper.pdf, out
            self._session.ask(
                self, lambda _store: write_bytes(path, pdf), lambda _none: self._saved(path), self._fail
            )

    def _saved(self, out: Path) -> None:
        self.notice.tell(texts.LETTER_SAVED.format(name=out.name), "good")

    def print(self) -> None:
        """Print the letter."""
        printer = self._session.dialogs.choose_printer(self) if self.paper else None
        if printer is None or self.paper is None:
            return
        pdf = self.paper.pdf

        def op(_store: Store) -> int:
            from ui.paper import print_on

            return print_on(printer, pdf)

        def printed(pages: int) -> None:
            self.notice.tell(texts.LETTER_PRINTED.format(pages=pages), "good")

        self._session.ask(self, op, printed, self._fail)


def _made(store: Store, one: Expected, title: str) -> Paper:
    from ipdesk.actions.reminder import reminder
    from ipdesk.reports.letter import write_letter
    from ui.paper import count, pictures

    stream = BytesIO()
    write_letter(reminder(store, one.unit, one.period), stream)
    pdf = stream.getvalue()
    return Paper(title, pdf, pictures(pdf, SCREEN, SHOWN), count(pdf))
