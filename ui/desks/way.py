"""The way from a ledger of the city to asking its county something about one record: form, menu and keys."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QPushButton

from ipdesk.actions import parts
from ipdesk.actions.ledger import one
from ipdesk.kinds.declare import Ledger
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import desks as texts
from ui.widgets.basic import shortcut

Deed = Callable[[RecordKey, Row | None], None]


class RecordWay:
    """Leads to the record in the form, else to the one under the ring; ``deed`` gets its key and the form's row."""

    def __init__(self, session: Session, page: LedgerPage, deed: Deed) -> None:
        """Look at a page's records."""
        self._session, self._page, self._deed = session, page, deed

    def offer(self, made: QPushButton, picture: str, words: str, keys: str) -> None:
        """Put a button into the form, a line into the menu of rows, and bind keys."""
        self._page.form.offer_to_readers(made)
        self._page.more_deeds.append((picture, words, keys, self.open))
        shortcut(self._page, keys, self.open)

    def open(self) -> None:
        """Do the deed with the record that is looked at; of the city's own say that it is simply edited."""
        page = self._page
        held = page.form.row if not page.form.isHidden() else None
        key = held.key if held else page.list.table.current_key()
        if key is None or page.list.moment:
            self._session.tell(texts.NO_ROW)
        elif key.owner == self._session.office.unit_code:
            self._session.tell(texts.OWN)
        else:
            self._deed(key, held)

    def field(self) -> str:
        """Return the field of the form that has the focus."""
        focus = QApplication.focusWidget()
        boxes = self._page.form.boxes.items() if focus and not self._page.form.isHidden() else ()
        return next((name for name, box in boxes if focus and box.isAncestorOf(focus)), "")


def row_of(store: Store, ledger: Ledger, key: RecordKey, held: Row | None) -> Row:
    """Return a record's row as it stands, with the parts that the form shows."""
    return parts.at(store, ledger, one(store, ledger, key), parts.chosen_in(ledger, held) if held else {})
