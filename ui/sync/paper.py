"""The cover sheet of a package: looked at, printed, kept as PDF."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.files import write_bytes
from ipdesk.store import Store
from ui.paper import count, pictures, print_on
from ui.report.preview import PagePreview
from ui.session import Session
from ui.texts import common
from ui.texts import paper as texts
from ui.widgets.basic import button, row
from ui.widgets.notice import Notice
from ui.worker import Report, Task

Deed = Callable[[], object]
SIZE = (760, 560)
SCREEN = 1.6  # dots for each point of 1/72 inch


class Sheet(NamedTuple):
    """The sheet of a file as a PDF document with its pages as pictures."""

    file: Path
    pdf: bytes
    pictures: Sequence[QImage]


def sheet_of(store: Store, file: Path) -> Sheet:
    """Return the sheet of a package: a county's cover, the city's printed receipt."""
    from ipdesk.actions.cover import cover_of
    from ipdesk.reports.cover import write_cover

    stream = BytesIO()
    write_cover(cover_of(store, file), stream)
    pdf = stream.getvalue()
    return Sheet(file, pdf, pictures(pdf, SCREEN, count(pdf)))


def show_sheet(parent: QWidget, session: Session, file: Path) -> None:
    """Make the sheet of a file and show it."""

    def show(sheet: Sheet) -> None:
        session.dialogs.show(SheetDialog(parent, session, sheet))

    session.ask(parent, lambda store: sheet_of(store, file), show)


class SheetDialog(QDialog):
    """Shows the sheet with the ways to paper."""

    def __init__(self, parent: QWidget, session: Session, sheet: Sheet) -> None:
        """Lay pages and buttons out."""
        super().__init__(parent)
        self._session, self._sheet = session, sheet
        role = session.office.role
        self._name, self._printed = texts.SHEETS[role], texts.PRINTED[role]
        self.setWindowTitle(texts.SHEET_TITLE.format(name=sheet.file.name, sheet=self._name))
        self.resize(*SIZE)
        self.notice, self.preview = Notice(), PagePreview()
        self.print_button = button(texts.PRINT, "print", kind="primary", clicked=self.print)
        self.save_button = button(texts.SAVE, "export", clicked=self.save)
        self.close_button = button(common.CLOSE, clicked=self.reject)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 14, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(self.notice)
        lines.addWidget(self.preview, 1)
        lines.addLayout(row(None, self.close_button, self.save_button, self.print_button))
        self.preview.show_pages(sheet.pictures, len(sheet.pictures))
        self.print_button.setFocus()

    def save(self) -> None:
        """Keep the sheet where the clerk chooses."""
        name = texts.FILE_NAME.format(name=self._sheet.file.stem, sheet=self._name)
        title = texts.SAVE_TITLE.format(sheet=self._name)
        out = self._session.dialogs.save_file(self, title, name, common.PDF)
        if out:
            path = out
            self._do(
                lambda: write_bytes(path, self._sheet.pdf),
                texts.SAVED.format(name=path.name, sheet=self._name),
            )

    def print(self) -> None:
        """Print the sheet."""
        printer = self._session.dialogs.choose_printer(self)
        if printer:
            self._do(lambda: print_on(printer, self._sheet.pdf), self._printed)

    def _do(self, deed: Deed, told: str) -> None:
        """Do what may take long on another thread, and say so."""

        def op(_store: Store, _report: Report) -> object:
            return deed()

        self._session.aside.submit(Task(op, lambda _done: self.notice.tell(told, "good"), self._failed, self))

    def _failed(self, error: Exception) -> None:
        self.notice.tell(self._session.reason(error), "bad")
