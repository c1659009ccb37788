"""The outbox: every record that is unsent or that the city wants looked at, one click from its form."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ipdesk.store import Store
from ipdesk.sync.outbox import DELETED, Entry, in_order, steps
from ipdesk.sync.reported import UNSENT
from ui.session import Session
from ui.texts import common
from ui.texts import ledger as ledger_texts
from ui.texts import outbox as texts
from ui.widgets.basic import button, label, row
from ui.widgets.choice import FilterBox
from ui.widgets.listing import Listing, ListingTable
from ui.worker import Task

WIDTHS = (110, 300, 170)
TONES = {"unsent": "idle", "deleted": "idle", "returned": "bad", "duplicate": "warn", "conflict": "warn"}


class _Part(NamedTuple):
    """How far the search has got: what goes on, what was found, whether that is all."""

    going: Iterator[list[Entry]]
    found: list[Entry]
    done: bool


class LeadingTable(ListingTable):
    """A listing whose rows lead somewhere: by Enter or F2."""

    opened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Lead on by the keys."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and index.isValid():
            self.opened.emit(index.row())
        else:
            super().keyPressEvent(event)


class Outbox(QWidget):
    """Lists the outbox of a county; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)
    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        """Lay the list out; ``look`` fills it."""
        super().__init__()
        self._session = session
        self._task: Task | None = None
        self.entries: Sequence[Entry] = ()
        self.titles = {
            name: ledger_texts.TITLE.get(name, made.label) for name, made in session.catalogue.ledgers.items()
        }
        self.box = FilterBox(texts.LEDGER, list(self.titles.items()))
        self.box.setAccessibleName(texts.LEDGER_NAME)
        self.box.setMinimumWidth(160)
        self.clear_button = button(common.CLEAR, kind="link", clicked=self.box.reset)
        self.about = label(texts.SEEKING, "muted")
        self.model = Listing(texts.HEADS, state=2)
        self.table = LeadingTable(self.model, texts.NAME, WIDTHS)
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self.table.opened.connect(self._open)
        self.box.currentIndexChanged.connect(lambda _place: self._show())
        lines = self._lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 8, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(row(self.box, self.clear_button, None, self.about))
        lines.addWidget(self.table, 1)

    def put_above(self, parts: QLayout) -> None:
        """Put figures above the list."""
        self._lines.insertLayout(0, parts)

    def put_below(self, part: QWidget) -> None:
        """Put a line below the list."""
        self._lines.addWidget(part)

    def look(self) -> None:
        """Find the outbox anew, some rows at a time, an older search being dropped."""
        if self._task:
            self._task.cancel()
        self._step(None)

    def _step(self, before: _Part | None) -> None:
        def op(store: Store) -> _Part:
            going = before.going if before else steps(store)
            found, part = before.found if before else [], next(going, None)
            return _Part(going, found, True) if part is None else _Part(going, [*found, *part], False)

        self._task = self._session.ask(self, op, self._take)

    def _take(self, told: _Part) -> None:
        if not told.done:
            self._step(told)
            return
        self._task, self.entries = None, in_order(told.found)
        self._show()
        self.counted.emit(len(self.entries))

    @property
    def shown(self) -> list[Entry]:
        """Return the entries of the ledger that is filtered for."""
        return [entry for entry in self.entries if self.box.code in (None, entry.ledger)]

    @property
    def unsent(self) -> int:
        """Return how many rows hold something that was not sent."""
        return sum(entry.changed for entry in self.entries)

    def _show(self) -> None:
        held, shown = self.table.currentIndex().row(), self.shown
        self.table.empty = texts.NONE
        self.model.show(
            [self._line(entry) for entry in shown], {i: TONES[e.state] for i, e in enumerate(shown)}
        )
        if shown:
            self.table.selectRow(min(max(held, 0), len(shown) - 1))
        self.box.tell_counts(Counter(entry.ledger for entry in self.entries))
        self.clear_button.setEnabled(self.box.code is not None)
        unsent = sum(entry.changed for entry in shown)
        asked = sum(entry.state not in (UNSENT, DELETED) for entry in shown)
        self.about.setText(texts.COUNTS.format(count=len(shown), unsent=unsent, asked=asked) if shown else "")

    def _line(self, entry: Entry) -> tuple[str, ...]:
        state = texts.STATES[entry.state]
        if entry.changed and entry.state not in (UNSENT, DELETED):
            state = texts.CHANGED.format(state=state)
        return (self.titles[entry.ledger], entry.name or common.NONE, state, self._said(entry))

    def _said(self, entry: Entry) -> str:
        """Return the city's sentence with the name of the field it concerns, unless it names it itself."""
        named = self._session.catalogue.ledger(entry.ledger).by_name.get(entry.field)
        if named is None or named.label in entry.message:
            return entry.message
        return ledger_texts.LINK.format(label=named.label, message=entry.message)

    def _open(self, place: int) -> None:
        entry = self.shown[place]
        if entry.state != DELETED:
            self.record_asked.emit(entry.ledger, entry.key)
