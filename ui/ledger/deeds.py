"""What a clerk does with many rows of a list, or with one in the likeness of another."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ipdesk.actions import paste
from ipdesk.actions.copying import copied
from ipdesk.fields import Value
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row
from ui.form.panel import FormPanel
from ui.ledger.batch import BatchDialog
from ui.ledger.list import LedgerList
from ui.ledger.paste import PasteDialog
from ui.session import Session
from ui.texts import many as texts


class ManyDeeds:
    """Sets many rows at once, pastes rows, and copies what another record says; told of by ``report``."""

    def __init__(self, session: Session, rows: LedgerList, form: FormPanel, page: QWidget) -> None:
        """Work on a page's list and form."""
        self._session, self._list, self._form, self._page = session, rows, form, page

    def set_many(self) -> None:
        """Set one field of the chosen rows."""
        keys = self._list.table.chosen_keys()
        if keys:
            dialog = BatchDialog(self._page, self._session, self._list.ledger, keys)
            dialog.done_with.connect(self._done)
            self._session.dialogs.show(dialog)

    def paste(self) -> None:
        """Take in what WPS or Excel put on the clipboard."""
        ledger = self._list.ledger
        columns = [c.name for c in self._list.table.shown_columns if c.name]
        try:
            pasted = paste.read(ledger, QGuiApplication.clipboard().text(), columns)
        except Refusal as refusal:
            self._session.explain(self._page, refusal)
            return
        dialog = PasteDialog(self._page, self._session, pasted)
        dialog.done_with.connect(self._done)
        self._session.dialogs.show(dialog)

    def _done(self, words: str) -> None:
        self._session.report(words, *self._list.ledger.kinds)
        self._session.tell(words, can_undo=True)

    # ------------------------------------------------------------ in the likeness of another
    def duplicate(self, begin: Callable[[], object]) -> None:
        """Fill a new record in like the one under the ring; ``begin`` opens the empty form."""
        if key := self._list.table.current_key():
            self._read(key, lambda row: self._fill(row, begin))

    def _read(self, key: RecordKey, take: Callable[[Row], None]) -> None:
        ledger = self._list.ledger
        self._session.ask(
            self._page,
            lambda store: store.rows(ledger, [key]),
            lambda rows: take(rows[0]) if rows else None,
        )

    def _fill(self, row: Row, begin: Callable[[], object]) -> None:
        begin()
        if self._form.isHidden() or self._form.row is not None or self._form.is_changed:
            return
        fill(self._form, copied(self._list.ledger, row.values))
        name = self._list.ledger.called(row.values)
        self._session.tell(texts.COPIED.format(name=name))

    def copy_above(self) -> None:
        """Fill the field being typed in like the record above: the one before it, for a new one the ring's."""
        box = next((b for b in self._form.boxes.values() if b.isAncestorOf(_focus(self._page))), None)
        place = self._list.table.currentIndex().row() - (self._form.row is not None)
        key = self._list.model.key_at(place)
        if box and key and not box.field.personal and not box.editor.is_locked:
            here = box
            self._read(key, lambda row: here.type_in(row.values.get(here.field.name)))


def _focus(page: QWidget) -> QWidget:
    return QApplication.focusWidget() or page  # nothing may have it


def fill(form: FormPanel, values: Mapping[str, Value]) -> None:
    """Type values into the fields of a form."""
    for section in form.sections:
        if any(field.name in values for field in section.fields):
            section.unfold()
    for name, box in form.boxes.items():
        if name in values:
            box.type_in(values[name])
