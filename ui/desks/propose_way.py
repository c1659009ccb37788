"""The way from a ledger of the city to proposing a correction: its menu, its form, and Ctrl+M."""

from ipdesk.kinds.deciding import CORRECTION
from ipdesk.records import RecordKey, Row
from ui.desks.proposing import ProposeDialog
from ui.desks.way import RecordWay, row_of
from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import corrections as texts
from ui.widgets.basic import button

KEYS = "Ctrl+M"


class ProposeWay:
    """Opens the window on the record in the form, else on the one under the ring."""

    def __init__(self, session: Session, page: LedgerPage) -> None:
        """Put the ways into a page."""
        self._session, self._page = session, page
        self._way = RecordWay(session, page, self._ask)
        self.button = button(f"{texts.PROPOSE}…", "edit", clicked=self.open, hint=KEYS)
        self._way.offer(self.button, "edit", texts.PROPOSE, KEYS)

    def open(self) -> None:
        """Show the window for the record that is looked at."""
        self._way.open()

    def _ask(self, key: RecordKey, held: Row | None) -> None:
        ledger, name = self._page.ledger, self._way.field()
        self._session.ask(
            self._page, lambda store: row_of(store, ledger, key, held), lambda row: self._show(row, name)
        )

    def _show(self, row: Row, name: str) -> None:
        dialog = ProposeDialog(self._page, self._session, self._page.ledger, row, name)
        dialog.proposed.connect(self._proposed)
        self._session.dialogs.show(dialog)

    def _proposed(self, words: str) -> None:
        self._session.tell(words)
        self._session.report(words, CORRECTION)
