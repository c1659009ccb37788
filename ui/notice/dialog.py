"""The notice of one training class: what the office adds is asked, the pages are shown, printed and saved."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.actions import notice as deeds
from ipdesk.files import write_bytes
from ipdesk.past import parse_day
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.reports.notice import Terms
from ipdesk.store import Store
from ui.report.paper import SCREEN, SHOWN
from ui.report.preview import PagePreview
from ui.session import Session
from ui.texts import common
from ui.texts import notice as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice

_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')  # what no file's name may hold


@dataclass(frozen=True, slots=True)
class _Made:
    """The notice as a document and as pictures of its pages, and how many it names."""

    pdf: bytes
    pages: int
    pictures: tuple[QImage, ...]
    people: int


class NoticeDialog(QDialog):
    """Shows the notice of a class; printing or saving it offers to note the day on which it is told."""

    def __init__(self, parent: QWidget, session: Session, training: RecordKey, name: str) -> None:
        """Lay the dialog out and ask for the pages."""
        super().__init__(parent)
        self._session, self._training, self._name = session, training, name
        self.made: _Made | None = None
        title = texts.TITLE.format(name=name)
        self.setWindowTitle(title)
        self.resize(880, 560)
        self._make_fields()
        self.notice, self.told, self.preview = Notice(), label("", "muted"), PagePreview()
        self.save_button = button(texts.SAVE, "export", clicked=self.save)
        self.print_button = button(texts.PRINT, "print", kind="primary", clicked=self.print)
        self._lay_out(title)
        shortcut(self, "Ctrl+S", self.save)
        shortcut(self, "Ctrl+P", self.print)
        session.ask(self, deeds.terms, self._begin)

    def _make_fields(self) -> None:
        self.contact, self.years, self.day = QLineEdit(), QLineEdit(), QLineEdit(f"{date.today()}")
        self.years_field = Labelled(texts.YEARS, self.years)
        self.day_field = Labelled(texts.DAY, self.day)
        hints = (texts.CONTACT_HINT, texts.YEARS_HINT, texts.DAY_HINT)
        for edit, hint in zip((self.contact, self.years, self.day), hints, strict=True):
            edit.setPlaceholderText(hint)
            edit.returnPressed.connect(self.make)

    def _lay_out(self, title: str) -> None:
        fields = row(Labelled(texts.CONTACT, self.contact), self.years_field, self.day_field, spacing=12)
        for place, share in enumerate((3, 2, 2)):
            fields.setStretch(place, share)
        refresh = button(texts.REFRESH, clicked=self.make, hint="F5")
        shortcut(self, "F5", self.make)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(label(title, "lead"))
        lines.addLayout(fields)
        lines.addWidget(self.notice)
        lines.addWidget(self.told)
        lines.addWidget(self.preview, 1)
        close = button(common.CLOSE, clicked=self.reject)
        lines.addLayout(row(refresh, None, close, self.save_button, self.print_button))

    def _begin(self, told: Terms) -> None:
        self.contact.setText(told.contact)
        self.years.setText(str(told.years or ""))
        self.make()
        self.contact.setFocus()

    # ------------------------------------------------------------ making
    @property
    def _day(self) -> date | None:
        """Return the day typed, none where it is left to be written; refused where it cannot be read."""
        words = self.day.text().strip()
        return parse_day(words) if words else None

    def _asked(self) -> tuple[Terms, date | None] | None:
        """Return what is typed, or say at its field what is wrong and go there."""
        years = self.years.text().strip()
        if self.years_field.refused("" if not years or years.isdecimal() else texts.YEARS_WRONG):
            self.years.setFocus()
            return None
        try:
            day = self._day
        except Refusal as refusal:
            self.day_field.mark(refusal.message)
            self.day.setFocus()
            return None
        self.day_field.mark("")
        return Terms(self.contact.text().strip(), int(years or 0)), day

    def make(self) -> None:
        """Make the notice anew and show its pages."""
        self._with_paper(lambda _made: None)

    def _with_paper(self, then: Callable[[_Made], Any]) -> None:
        """Make the notice of what is typed now, show it, and go on with it."""
        asked = self._asked()
        if asked is None:
            return
        terms, day = asked
        training = self._training
        self._hold(True)
        self.told.setText(texts.MAKING)

        def done(made: _Made) -> None:
            self._show(made)
            then(made)

        self._session.ask(self, lambda store: _make(store, training, terms, day), done, self._fail)

    def _hold(self, held: bool) -> None:
        for made in (self.save_button, self.print_button):
            made.setEnabled(not held)

    def _show(self, made: _Made) -> None:
        self.made = made
        self._hold(False)
        self.notice.tell("")
        self.told.setText(texts.MADE.format(people=made.people, pages=made.pages))
        self.preview.show_pages(made.pictures, made.pages)

    def _fail(self, error: Exception) -> bool:
        self._hold(False)
        self.told.setText("")
        self.notice.tell(self._session.reason(error), "bad")
        return True

    # ------------------------------------------------------------ keeping
    def save(self) -> None:
        """Write the notice to a file that the clerk names."""
        proposed = texts.NAME.format(name=_UNFIT.sub(" ", self._name).strip())
        out = self._session.dialogs.save_file(self, texts.SAVE, proposed, common.PDF)
        if out:
            self._with_paper(lambda made: self._save(made, out))

    def _save(self, made: _Made, out: Path) -> None:
        def saved(_none: None) -> None:
            self._done(texts.SAVED.format(name=out.name))

        self._session.ask(self, lambda _store: write_bytes(out, made.pdf), saved, self._fail)

    def print(self) -> None:
        """Print the notice."""
        self._with_paper(self._print)

    def _print(self, made: _Made) -> None:
        printer = self._session.dialogs.choose_printer(self)
        if printer is None:
            return

        def op(_store: Store) -> int:
            from ui.paper import print_on

            return print_on(printer, made.pdf)

        def printed(pages: int) -> None:
            self._done(texts.PRINTED.format(pages=pages))

        self._session.ask(self, op, printed, self._fail)

    def _done(self, words: str) -> None:
        """Say what was done and offer to note the day, where anybody has none."""
        self.notice.tell(words, "good")
        asked, training = self._asked(), self._training
        if asked and (day := asked[1]):
            self._session.ask(
                self, lambda store: len(deeds.untold(store, training)), lambda count: self._offer(day, count)
            )

    def _offer(self, day: date, count: int) -> None:
        words = texts.OFFER.format(day=day, count=count)
        dialogs, training = self._session.dialogs, self._training
        if count and dialogs.ask(
            self, texts.OFFER_TITLE, words, texts.OFFER_YES, texts.OFFER_NO, tone="info"
        ):
            self._session.ask(
                self, lambda store: deeds.note_told(store, training, day), lambda n: self._noted(day, n)
            )

    def _noted(self, day: date, count: int) -> None:
        words = texts.TOLD.format(count=count, day=day)
        self.notice.tell(words, "good")
        kinds = self._session.catalogue.kinds
        self._session.report(texts.OFFER_TITLE, kinds[deeds.ATTENDANCE], kinds[deeds.PERSON])
        self._session.tell(words, can_undo=True)


def _make(store: Store, training: RecordKey, terms: Terms, day: date | None) -> _Made:
    from ui.paper import count, pictures

    deeds.keep_terms(store, terms)
    stream = BytesIO()
    deeds.write(store, training, stream, day)
    pdf = stream.getvalue()
    return _Made(pdf, count(pdf), pictures(pdf, SCREEN, SHOWN), len(deeds.rows_of(store, training)))
