"""What the desks share: a list read anew when something changed, and the thing under the ring beside it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.kinds.declare import Kind
from ipdesk.records import RecordKey
from ipdesk.store import Store
from ui.desks.finding import Found, find
from ui.session import Session
from ui.texts import desks as texts
from ui.widgets.basic import shortcut
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page


class DeskPage(Page):
    """A page of the city on which something is decided; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self, session: Session, title: str, *buttons: QWidget) -> None:
        """Lay head and notice out; ``lay_out`` puts the desk's own parts below them."""
        super().__init__()
        self.session = session
        self.head, self.notice = PageHead(title, *buttons), Notice()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 11, 16, 12)
        self._lines.setSpacing(11)
        self._lines.addWidget(self.head)
        self._lines.addWidget(self.notice)
        shortcut(self, "F5", self.refresh)
        session.changed.connect(lambda _changed: self.refresh() if self.isVisible() else None)

    @property
    def lines(self) -> QVBoxLayout:
        """Return the page's layout, for the desk's own parts."""
        return self._lines

    @property
    def start(self) -> QWidget:
        """Return where work begins: the page itself, where a desk has no better place."""
        return self

    def enter(self) -> None:
        """Read the list anew and put the focus where work begins."""
        self.notice.tell("")
        self.refresh()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list anew."""
        self.session.ask(self, self.read, self.take, self.fail)

    def read(self, store: Store) -> Any:  # noqa: ANN401 - each desk reads its own
        """Return on the store's thread what the desk shows."""

    def take(self, told: Any) -> None:  # noqa: ANN401 - each desk reads its own
        """Show what was read."""

    def fail(self, error: Exception) -> bool:
        """Say on the page why something was not done."""
        self.notice.tell(self.session.reason(error), "bad")
        return True

    def done(self, words: str, *kinds: Kind) -> None:
        """Say what was done and let every screen know; the list is read anew by that."""
        self.notice.tell("")
        self.session.tell(words)
        self.session.report(words, *kinds)

    # ------------------------------------------------------------ the way to a record
    def open_record(self, kind: Kind, key: RecordKey, ledger: str = "") -> None:
        """Ask for the form in which a record is found; of one that is in no list, say so."""
        self.session.ask(self, lambda store: find(store, kind, key, ledger), self._open)

    def _open(self, found: Found | None) -> None:
        if found:
            self.record_asked.emit(found.ledger, found.key)
        else:
            self.session.tell(texts.NO_FORM)
