"""The way from the ledger of trainees to the notice of a class: a button in its head, and Ctrl+G."""

from ipdesk.actions.notice import TRAINING
from ipdesk.records import Row
from ui.ledger.page import LedgerPage
from ui.notice.dialog import NoticeDialog
from ui.session import Session
from ui.texts import notice as texts
from ui.widgets.basic import button, shortcut


class NoticeWay:
    """Opens the notice of the class that the trainee under the ring attended."""

    def __init__(self, session: Session, page: LedgerPage) -> None:
        """Put the button into a page's head."""
        self._session, self._page = session, page
        self.button = button(texts.BUTTON, "info", clicked=self.open, hint=texts.HINT)
        page.head.add(self.button)
        shortcut(page, "Ctrl+G", self.open)
        page.more_deeds.append(("info", texts.BUTTON, "Ctrl+G", self.open))

    def open(self) -> None:
        """Show the notice, or say that a trainee must be chosen."""
        key, ledger = self._page.list.table.current_key(), self._page.ledger
        if key is None:
            self._session.tell(texts.NO_ROW)
            return
        self._session.ask(self._page, lambda store: store.rows(ledger, [key]), self._show)

    def _show(self, rows: list[Row]) -> None:
        if rows and TRAINING in rows[0].parts:
            name = str(rows[0].values.get("course_name") or "")
            dialog = NoticeDialog(self._page, self._session, rows[0].parts[TRAINING], name)
            self._session.dialogs.show(dialog)
