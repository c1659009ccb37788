"""The way from a ledger of the city to returning a row: menu, form and Ctrl+R, and the column that tells it."""

from PySide6.QtWidgets import QApplication

from ipdesk.actions import parts
from ipdesk.actions.ledger import one
from ipdesk.actions.returned import Returned, has_returned, returned_among
from ipdesk.kinds.sync import PACKAGE, RESULT
from ipdesk.records import Changed, RecordKey, Row
from ipdesk.store import Store
from ui.desks.returning import ReturnDialog
from ui.ledger.page import LedgerPage
from ui.ledger.returned import COLUMN
from ui.session import Session
from ui.texts import returning as texts
from ui.widgets.basic import button, shortcut

KEYS = "Ctrl+R"


class ReturnWay:
    """Opens the window on the record in the form, else on the one under the ring."""

    def __init__(self, session: Session, page: LedgerPage) -> None:
        """Put the ways into a page."""
        self._session, self._page = session, page
        self.button = button(f"{texts.RETURN}…", "undo", clicked=self.open, hint=KEYS)
        page.form.offer_to_readers(self.button)
        page.more_deeds.append(("undo", f"{texts.RETURN}…", KEYS, self.open))
        shortcut(page, KEYS, self.open)
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

        def op(store: Store) -> tuple[Row, list[Returned]]:
            row = one(store, ledger, key)
            standing = returned_among(store, ledger, [row]).get(key, [])
            return parts.at(store, ledger, row, parts.chosen_in(ledger, held) if held else {}), standing

        self._session.ask(self._page, op, lambda told: self._show(*told, name))

    def _field(self) -> str:
        """Return the field of the form that has the focus."""
        focus = QApplication.focusWidget()
        boxes = self._page.form.boxes.items() if focus and not self._page.form.isHidden() else ()
        return next((name for name, box in boxes if focus and box.isAncestorOf(focus)), "")

    def _show(self, row: Row, standing: list[Returned], name: str) -> None:
        dialog = ReturnDialog(self._page, self._session, self._page.ledger, row, standing, name)
        dialog.told.connect(self._told)
        self._session.dialogs.show(dialog)

    def _told(self, words: str) -> None:
        self._session.tell(words)
        self._session.report(words, RESULT, self._page.ledger.root)
