"""The list of a ledger: search, filters, table, count line and what to do when it is empty."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Store
from ui.icons import PICTURES
from ui.ledger import reported
from ui.ledger.columns import Column, columns_of, filters_of
from ui.ledger.model import RowsModel
from ui.ledger.table import RowsTable
from ui.ledger.toolbar import Toolbar, context_of
from ui.session import Session
from ui.texts import ledger as texts
from ui.widgets.basic import button, label
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.worker import Task


class LedgerList(QFrame):
    """Shows the rows of a ledger that match what is searched and filtered for."""

    opened = Signal(object)
    chosen = Signal()
    counted = Signal(int)

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        helpers: Sequence[QPushButton] = (),
        deeds_on_rows: Sequence[QPushButton] = (),
        undo: QPushButton | None = None,
    ) -> None:
        """Lay the list out for a ledger; ``reload`` fills it; ``helpers`` stand in the empty list.

        ``deeds_on_rows`` stand below the table and work while a row is chosen, ``undo`` beside them at any time.
        """
        super().__init__()
        self.setProperty("role", "card")
        self._session, self.ledger = session, ledger
        self._order: tuple[str, bool] | None = None
        self._asking: Task | None = None
        self._wish: RecordKey | None = None
        self._new = ""
        self.row_buttons, self._undo = deeds_on_rows, undo
        self.all = 0
        self.model = RowsModel(self._fetch, self)
        self.model.set_columns(self.declared_columns())
        self._make_parts(helpers)
        self._lay_out()
        self._connect()

    @property
    def is_city(self) -> bool:
        """Tell whether rows of several units are listed."""
        return self._session.is_city

    def declared_columns(self) -> Sequence[Column]:
        """Return the columns as declared."""
        columns = columns_of(self.ledger, city=self.is_city)
        return columns if self.is_city else (*columns, reported.COLUMN)

    def _make_parts(self, helpers: Sequence[QPushButton]) -> None:
        unit = None if self._session.is_city else self._session.office.unit_code
        filters = filters_of(self.ledger, city=self._session.is_city)
        hint = texts.SEARCH_OF.get(self.ledger.name, texts.SEARCH)
        self.toolbar = Toolbar(filters, context_of(self.ledger, unit), hint)
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(texts.TABLE_NAME.format(label=self.ledger.label))
        self.shown_label, self.said_label = label(texts.LOADING, "small"), label("", "remind")
        self.said_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.unread = Notice(button(texts.RETRY, clicked=self.reload))
        words = texts.EMPTY_OF.get(self.ledger.name, texts.EMPTY)
        self.empty = Empty(PICTURES.get(self.ledger.name, "report"), texts.EMPTY_TITLE, words, *helpers)
        reset = button(texts.CLEAR_FILTERS, clicked=self.toolbar.reset)
        self.not_found = Empty("search", texts.NOT_FOUND_TITLE, texts.NOT_FOUND, reset)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.table, self.empty, self.not_found):
            self._stack.addWidget(part)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(14, 3, 14, 4)
        line.setSpacing(2)
        line.addWidget(self.shown_label)
        line.addSpacing(12)
        for made in (*self.row_buttons, *([self._undo] if self._undo else [])):
            line.addWidget(made)
        line.addSpacing(12)
        line.addWidget(self.said_label, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addWidget(self.toolbar)
        lines.addWidget(self.unread)
        lines.addWidget(self._stack, 1)
        lines.addWidget(foot)

    def _connect(self) -> None:
        self.toolbar.changed.connect(self.reload)
        self.table.sorted_by.connect(self._sort)
        self.table.chosen.connect(self._tell_shown)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.open_current)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_said())
        self.model.dataChanged.connect(lambda _first, _last: self._tell_said())
        self._session.changed.connect(self._hear)

    def open_current(self) -> None:
        """Ask for the form of the record under the ring."""
        if key := self.table.current_key():
            self.opened.emit(key)

    def _hear(self, changed: object) -> None:
        kinds: frozenset[str] = getattr(changed, "kinds", frozenset())
        if kinds & {kind.name for kind in self.ledger.kinds}:
            self.reload()

    @property
    def query(self) -> Query:
        """Return what is asked of the store."""
        order = (self._order,) if self._order else ()
        return Query(self.toolbar.where, self.toolbar.words, order)

    def wish(self, key: RecordKey) -> None:
        """Stand on a record once the rows have been asked for anew."""
        self._wish = key

    def show_new(self, key: RecordKey, name: str) -> None:
        """Stand on a new record, even where what is searched for would hide it."""
        self._wish, self._new = key, name

    def reload(self) -> None:
        """Ask for the rows anew, an older question being dropped."""
        self.unread.tell("")
        if self._asking:
            self._asking.cancel()
        ledger, query = self.ledger, self.query

        def op(store: Store) -> tuple[list[RecordKey], int]:
            keys = store.keys(ledger, query)
            return keys, store.count(ledger.root)

        self._asking = self._session.ask(self, op, self._take, self._fail)

    def _fail(self, error: Exception) -> bool:
        """Say why rows could not be read, with the way to try again."""
        self.unread.tell(texts.UNREAD_WHY.format(reason=self._session.reason(error)), "bad")
        return True

    def _take(self, found: tuple[Sequence[RecordKey], int]) -> None:
        keys, self.all = found
        name, self._new = self._new, ""
        if name and self._wish not in keys and self.toolbar.is_set:
            self._session.tell(texts.SHOWN_CLEARED.format(name=name), can_undo=True)
            self.toolbar.reset()
            return
        current, row = self._wish or self.table.current_key(), self.table.currentIndex().row()
        self._wish = self._asking = None
        if list(keys) == list(self.model.keys):
            self.model.refresh()
        else:
            self.model.set_keys(keys)
        self._stand(current, row)
        self._stack.setCurrentWidget(
            self.table if keys else self.not_found if self.toolbar.is_set else self.empty
        )
        self._tell_shown()
        self.counted.emit(self.all)

    def _stand(self, current: RecordKey | None, row: int) -> None:
        """Put the ring where it was: on the same record, else on the row that took its place."""
        if not self.model.keys:
            return
        place = self.model.row_of(current) if current else 0
        place = place if place >= 0 else max(row, 0)
        if self.table.currentIndex().row() != place or not self.table.chosen_keys():
            self.table.go_to(place)

    def _fetch(
        self, keys: Sequence[RecordKey], take: Callable[[list[Row]], None], fail: Callable[[], None]
    ) -> None:
        ledger, city = self.ledger, self.is_city

        def op(store: Store) -> list[Row]:
            rows = [replace(row, values=deeds.masked(ledger, row.values)) for row in store.rows(ledger, keys)]
            return rows if city else reported.with_reported(store, rows)

        def failed(error: Exception) -> bool:
            fail()
            return self._fail(error)

        self._session.ask(self, op, take, failed)

    def _sort(self, name: str) -> None:
        """Sort upwards, then downwards, then as the store would."""
        if not name:
            return
        if self._order and self._order[0] == name:
            self._order = None if self._order[1] else (name, True)
        else:
            self._order = (name, False)
        self.model.set_order(self._order)
        self.reload()

    def _tell_said(self) -> None:
        """Say what the city's receipt says of the record under the ring."""
        row = (
            self.model.row_at(self.table.currentIndex().row())
            if self.table.currentIndex().isValid()
            else None
        )
        said = str(row.values.get(reported.SAID) or "") if row else ""
        self.said_label.setText(texts.SAID.format(said=said) if said else "")
        self.said_label.setToolTip(said)

    def _tell_shown(self) -> None:
        shown, measure = len(self.model.keys), self.ledger.measure
        words = texts.SHOWN_OF if self.toolbar.is_set else texts.SHOWN
        told = words.format(shown=f"{shown:,}", measure=measure, all=f"{self.all:,}")
        chosen = len(self.table.selectionModel().selectedRows())
        for made in self.row_buttons:
            made.setEnabled(bool(chosen))
        self.shown_label.setText(told + (texts.CHOSEN.format(chosen=chosen) if chosen > 1 else ""))
