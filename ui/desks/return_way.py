"""The way from a ledger of the city to returning a row: menu, form and Ctrl+R, and the column that tells it."""

from ipdesk.actions.returned import Returned, has_returned, returned_among
from ipdesk.kinds.sync import PACKAGE, RESULT
from ipdesk.records import Changed, RecordKey, Row
from ipdesk.store import Store
from ui.desks.returning import ReturnDialog
from ui.desks.way import RecordWay, row_of
from ui.ledger.page import LedgerPage
from ui.ledger.returned import COLUMN
from ui.session import Session
from ui.texts import returning as texts
from ui.widgets.basic import button

KEYS = "Ctrl+R"


class ReturnWay:
    """Opens the window on the record in the form, else on the one under the ring."""

    def __init__(self, session: Session, page: LedgerPage) -> None:
        """Put the ways into a page."""
        self._session, self._page = session, page
        self._way = RecordWay(session, page, self._ask)
        self.button = button(f"{texts.RETURN}…", "undo", clicked=self.open, hint=KEYS)
        self._way.offer(self.button, "undo", f"{texts.RETURN}…", KEYS)
        session.changed.connect(self._hear)
        self.look()

    def look(self) -> None:
        """Let the list say which rows were returned, while any were."""
        ledger, rows = self._page.ledger, self._page.list

        def tell(found: bool) -> None:
            rows.show_local(*((COLUMN,) if found else ()))

        self._session.ask(self._page, lambda store: has_returned(store, ledger), tell)

    def _hear(self, changed: Changed) -> None:
        kinds = {kind.name for kind in self._page.ledger.kinds} | {PACKAGE.name, RESULT.name}
        if changed.kinds & kinds:
            self.look()

    def open(self) -> None:
        """Show the window for the record that is looked at."""
        self._way.open()

    def _ask(self, key: RecordKey, held: Row | None) -> None:
        ledger, name = self._page.ledger, self._way.field()

        def op(store: Store) -> tuple[Row, list[Returned]]:
            row = row_of(store, ledger, key, held)
            return row, returned_among(store, ledger, [row]).get(key, [])

        self._session.ask(self._page, op, lambda told: self._show(*told, name))

    def _show(self, row: Row, standing: list[Returned], name: str) -> None:
        dialog = ReturnDialog(self._page, self._session, self._page.ledger, row, standing, name)
        dialog.told.connect(self._told)
        self._session.dialogs.show(dialog)

    def _told(self, words: str) -> None:
        self._session.tell(words)
        self._session.report(words, RESULT, self._page.ledger.root)
