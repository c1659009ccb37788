"""The list of a ledger: search, filters, table, count line and what to do when it is empty."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
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
from ipdesk.past import NOW
from ipdesk.records import Ask, Filter, Query, RecordKey, Row
from ipdesk.store import Moment, Reading, Store
from ui.icons import PICTURES
from ui.ledger import reported, returned
from ui.ledger.columns import DAY, Column, columns_of, filters_of
from ui.ledger.filterbar import FilterBar
from ui.ledger.keys import Keys
from ui.ledger.model import BLOCK, RowsModel
from ui.ledger.past import Lens
from ui.ledger.table import RowsTable
from ui.ledger.toolbar import Toolbar, context_of
from ui.session import Session
from ui.texts import asking
from ui.texts import ledger as texts
from ui.widgets.basic import button, label
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.widgets.past import PastDialog, told
from ui.worker import Report, Task

REST = 200  # milliseconds without a key after which all that is found is counted


class LedgerList(QFrame):
    """Shows the rows of a ledger that match what is searched and filtered for."""

    opened = Signal(object)
    chosen = Signal()
    counted = Signal(int)
    moved = Signal(object)
    sorted = Signal(object)

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        helpers: Sequence[QPushButton] = (),
        deeds_on_rows: Sequence[QPushButton] = (),
        undo: Sequence[QPushButton] = (),
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
        self.moment, self._lens = NOW, Lens()
        self._is_partial = False
        self._local: tuple[Column, ...] = () if self.is_city else (reported.COLUMN,)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.reload)
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
        return (*columns_of(self.ledger, city=self.is_city), *self._local)

    def show_local(self, *columns: Column) -> None:
        """Show these columns of what is told beside the declared fields, the ring staying where it is."""
        if columns == self._local:
            return
        declared = [column for column in self.model.columns if column not in self._local]
        self._local, held = columns, self.table.current_key()
        self.model.set_columns([*declared, *columns])
        if held:
            self.wish(held)
        self.reload()

    def _make_parts(self, helpers: Sequence[QPushButton]) -> None:
        unit = None if self._session.is_city else self._session.office.unit_code
        filters = filters_of(self.ledger, city=self._session.is_city)
        hint = texts.SEARCH_OF.get(self.ledger.name) or texts.SEARCH_ANY.format(labels=_searched(self.ledger))
        context = context_of(self.ledger, unit)
        self.filterbar = FilterBar(self._session, self.ledger, context, lambda: self.query)
        self.past_button = button(asking.PAST, clicked=self.ask_moment, hint=asking.PAST_HINT)
        asked = (self.filterbar.menu_button, self.past_button)
        self.toolbar = Toolbar(filters, context, hint, asked)
        back = button(asking.PAST_BACK, clicked=lambda: self.look_at(NOW))
        self.band = Notice(back)
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(texts.TABLE_NAME.format(label=self.ledger.label))
        self.shown_label, self.said_label = label(texts.LOADING, "small"), label("", "remind")
        self.said_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.unread = Notice(button(texts.RETRY, clicked=self.reload))
        words = texts.EMPTY_OF.get(self.ledger.name, texts.EMPTY)
        self.empty = Empty(PICTURES.get(self.ledger.name, "report"), texts.EMPTY_TITLE, words, *helpers)
        reset = button(texts.CLEAR_FILTERS, clicked=self.reset)
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
        for made in (*self.row_buttons, *self._undo):
            line.addWidget(made)
        line.addSpacing(12)
        line.addWidget(self.said_label, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addWidget(self.band)
        lines.addWidget(self.toolbar)
        lines.addWidget(self.filterbar)
        lines.addWidget(self.unread)
        lines.addWidget(self._stack, 1)
        lines.addWidget(foot)

    def _connect(self) -> None:
        self.toolbar.changed.connect(self.look)
        self.filterbar.changed.connect(self._refilter)
        self.filterbar.wanted.connect(self.show_query)
        self.toolbar.clear_button.clicked.connect(self.reset)
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
            self._is_partial = False
            self.reload()

    @property
    def query(self) -> Query:
        """Return what is asked of the store."""
        order = (self._order,) if self._order else ()
        return Query(self.toolbar.where, self.toolbar.words, order, filters=self.filterbar.filters)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return bool(self.toolbar.is_set or self.filterbar.filters)

    def reset(self) -> None:
        """Search and filter for nothing."""
        self.filterbar.forget_choice()
        self.filterbar.show_filters(())
        self.toolbar.tell_narrowed(False)
        self.toolbar.reset()

    def _refilter(self) -> None:
        self.toolbar.tell_narrowed(bool(self.filterbar.filters))
        self.look()

    def show_query(self, query: Query) -> None:
        """Ask what was kept: words, filters and order."""
        self.toolbar.show_asked(query.search, query.where)
        boxes = self.toolbar.boxes
        others = [Filter(n, Ask.IN, (v,)) for n, v in query.where if n not in boxes]
        self.filterbar.show_filters((*others, *query.filters))
        self._order = query.order[0] if query.order else None
        self.model.set_order(self._order)
        self._refilter()

    def begin_by(self, order: tuple[str, bool] | None) -> None:
        """Sort as was chosen last time."""
        self._order = order
        self.model.set_order(order)

    # ------------------------------------------------------------ the past
    def ask_moment(self) -> None:
        """Ask for the past day to look at."""
        dialog = PastDialog(self, self.moment)
        if self._session.dialogs.show(dialog):
            self.look_at(dialog.moment)

    def look_at(self, moment: Moment) -> None:
        """Look at the list at a moment; another than now is read only and says so."""
        self.moment = moment
        self.band.tell(asking.PAST_BAND.format(told=told(moment)) if moment else "", "warn")
        self.moved.emit(moment)
        self.reload()

    def wish(self, key: RecordKey) -> None:
        """Stand on a record once the rows have been asked for anew."""
        self._wish = key

    def show_new(self, key: RecordKey, name: str) -> None:
        """Stand on a new record, even where what is searched for would hide it."""
        self._wish, self._new = key, name

    def reload(self) -> None:
        """Ask for the rows anew, an older question being dropped."""
        self.unread.tell("")
        self._rest.stop()
        if self._asking:
            self._asking.cancel()
        ledger, query, lens, moment = self.ledger, self.query, self._lens, self.moment

        def op(store: Store, report: Report) -> tuple[Keys, int]:
            source = lens.source(store, moment)
            with source.while_wanted(lambda: report(0, 0)):
                return _all_keys(source, ledger, query, report), source.total(ledger, Query())

        self._asking = self._session.work(self, op, self._take, self._fail)

    def look(self) -> None:
        """Show the first rows of what is asked now at once; all keys follow when no more is typed."""
        self.filterbar.remember(self.toolbar.where)
        if self._wish:  # it may stand further down
            self.reload()
            return
        self.unread.tell("")
        self._rest.stop()
        if self._asking:
            self._asking.cancel()
        ledger, query, lens, moment = self.ledger, self.query, self._lens, self.moment
        finish = self._finish

        def op(store: Store, report: Report) -> tuple[list[RecordKey], list[Row]]:
            source = lens.source(store, moment)
            with source.while_wanted(lambda: report(0, 0)):
                keys = source.keys(ledger, replace(query, limit=BLOCK))
                return keys, finish(store, source.rows(ledger, keys), moment)

        self._asking = self._session.work(self, op, self._take_first, self._fail)

    def _take_first(self, found: tuple[Sequence[RecordKey], Sequence[Row]]) -> None:
        self._asking = None
        keys, rows = found
        current = self.table.current_key()
        self.model.set_keys(keys, rows)
        self._is_partial = len(keys) == BLOCK
        self._stand(current, -1)
        self._show_part()
        self._tell_shown()
        if self._is_partial or not self.is_narrowed:
            self._rest.start(REST if self.toolbar.words else 0)

    def _show_part(self) -> None:
        """Show the rows, or what to do where there are none."""
        self._stack.setCurrentWidget(
            self.table if self.model.keys else self.not_found if self.is_narrowed else self.empty
        )

    def _fail(self, error: Exception) -> bool:
        """Say why rows could not be read, with the way to try again."""
        self.unread.tell(texts.UNREAD_WHY.format(reason=self._session.reason(error)), "bad")
        return True

    def _take(self, found: tuple[Keys, int]) -> None:
        keys, self.all = found
        name, self._new = self._new, ""
        if name and self._wish not in keys and self.is_narrowed:
            self._session.tell(texts.SHOWN_CLEARED.format(name=name), can_undo=True)
            self.reset()
            return
        current, row = self._wish or self.table.current_key(), self.table.currentIndex().row()
        self._wish = self._asking = None
        extended = self._is_partial and self.model.extend(keys)
        if not extended and keys == self.model.keys:
            self.model.refresh()
        elif not extended:
            self.model.set_keys(keys)
        self._is_partial = False
        self._stand(current, row)
        self._show_part()
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
        ledger, lens, moment, finish = self.ledger, self._lens, self.moment, self._finish

        def op(store: Store) -> list[Row]:
            return finish(store, lens.source(store, moment).rows(ledger, keys), moment)

        def failed(error: Exception) -> bool:
            fail()
            return self._fail(error)

        self._session.ask(self, op, take, failed)

    def _finish(self, store: Store, rows: Sequence[Row], moment: Moment) -> list[Row]:
        """Return rows as the list shows them: masked, and now also how far each has got; on the store's thread."""
        shown = [replace(row, values=deeds.masked(self.ledger, row.values)) for row in rows]
        if moment:
            return [replace(row, values={**row.values, DAY: moment.day.isoformat()}) for row in shown]
        if self.is_city:
            return returned.with_returned(store, self.ledger, shown)
        return reported.with_reported(store, shown)

    def _sort(self, name: str) -> None:
        """Sort upwards, then downwards, then as the store would."""
        if not name:
            return
        if self._order and self._order[0] == name:
            self._order = None if self._order[1] else (name, True)
        else:
            self._order = (name, False)
        self.model.set_order(self._order)
        self.sorted.emit(self._order)
        self.look()

    def _tell_said(self) -> None:
        """Say what the city's receipt says of the record under the ring."""
        row = (
            self.model.row_at(self.table.currentIndex().row())
            if self.table.currentIndex().isValid()
            else None
        )
        said = str(row.values.get(reported.SAID) or "") if row else ""
        words = said if self.is_city else texts.SAID.format(said=said)
        self.said_label.setText(words if said else "")
        self.said_label.setToolTip(said)

    def _tell_shown(self) -> None:
        shown, measure = len(self.model.keys), self.ledger.measure
        words = texts.SHOWN_OF if self.is_narrowed else texts.SHOWN
        more = "+" if self._is_partial else ""
        words_shown = words.format(shown=f"{shown:,}{more}", measure=measure, all=f"{self.all:,}")
        chosen = len(self.table.selectionModel().selectedRows())
        for made in self.row_buttons:
            made.setEnabled(bool(chosen) and (not self.moment or made.property("reads") is True))
        self.shown_label.setText(words_shown + (texts.CHOSEN.format(chosen=chosen) if chosen > 1 else ""))
        needed = self.shown_label.sizeHint().width()
        if needed > self.shown_label.minimumWidth():  # else all beside it would move with every key
            self.shown_label.setMinimumWidth(needed)


def _all_keys(source: Reading, ledger: Ledger, query: Query, report: Report) -> Keys:
    """Return every key; a key pressed meanwhile, which gives the question up, need not wait for them all."""
    found = Keys()
    with closing(source.keys_in_parts(ledger, query)) as parts:
        for part in parts:
            found.add(part)
            report(len(found), 0)
    return found


def _searched(ledger: Ledger) -> str:
    """Return what the search box looks through, in the words of the sheet."""
    return "、".join(ledger.field(name).label for name in ledger.search[:3])
