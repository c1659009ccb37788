"""The way from a ledger of the city to proposing a correction: its menu, its form, and Ctrl+M."""

from PySide6.QtWidgets import QApplication

from ipdesk.actions import parts
from ipdesk.actions.ledger import one
from ipdesk.kinds.deciding import CORRECTION
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from ui.desks.proposing import ProposeDialog
from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import corrections as texts
from ui.widgets.basic import button, shortcut


class ProposeWay:
    """Opens the window on the record in the form, else on the one under the ring."""

    def __init__(self, session: Session, page: LedgerPage) -> None:
        """Put the ways into a page."""
        self._session, self._page = session, page
        self.button = button(f"{texts.PROPOSE}…", "edit", clicked=self.open, hint="Ctrl+M")
        page.form.offer_to_readers(self.button)
        page.more_deeds.append(("edit", texts.PROPOSE, "Ctrl+M", self.open))
        shortcut(page, "Ctrl+M", self.open)

    def open(self) -> None:
        """Show the window for the record that is looked at; of the city's own say that it is simply edited."""
        page = self._page
        held = page.form.row if not page.form.isHidden() else None
        key = held.key if held else page.list.table.current_key()
        if key is None or page.list.moment:
            self._session.tell(texts.NO_ROW)
        elif key.owner == self._session.office.unit_code:
            self._session.tell(texts.OWN)
        else:
            self._ask(key, held)

    def _ask(self, key: RecordKey, held: Row | None) -> None:
        ledger, name = self._page.ledger, self._field()

        def op(store: Store) -> Row:
            chosen = parts.chosen_in(ledger, held) if held else {}
            return parts.at(store, ledger, one(store, ledger, key), chosen)

        self._session.ask(self._page, op, lambda row: self._show(row, name))

    def _field(self) -> str:
        """Return the field of the form that has the focus."""
        focus = QApplication.focusWidget()
        boxes = self._page.form.boxes.items() if focus and not self._page.form.isHidden() else ()
        return next((name for name, box in boxes if focus and box.isAncestorOf(focus)), "")

    def _show(self, row: Row, name: str) -> None:
        dialog = ProposeDialog(self._page, self._session, self._page.ledger, row, name)
        dialog.proposed.connect(self._proposed)
        self._session.dialogs.show(dialog)

    def _proposed(self, words: str) -> None:
        self._session.tell(words)
        self._session.report(words, CORRECTION)
