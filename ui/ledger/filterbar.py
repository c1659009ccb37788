"""The conditions that hold, one word each to be taken away again, and the menu of those kept under a name."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ipdesk.actions import filters as kept
from ipdesk.actions.filters import SavedFilter
from ipdesk.fields import Context, Value
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Filter, Query
from ipdesk.store import Store
from ui.ledger.conditions import told
from ui.ledger.filters import FilterDialog, NameDialog
from ui.ledger.menu import head
from ui.preferences import Preferences
from ui.session import Session
from ui.texts import asking as texts
from ui.widgets.basic import button, clear

CHIP = 28  # logical pixels
# Characters of all chips together at the narrowest window, those that a chip's edge takes, and the fewest shown.
ROOM, TAKEN, SHORTEST = 64, 4, 5


class FilterBar(QWidget):
    """Holds the conditions on columns; says when they change and which kept query is wanted."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(
        self, session: Session, ledger: Ledger, context: Context, asked: Callable[[], Query]
    ) -> None:
        """Begin without conditions; ``load`` brings what was kept, ``asked`` tells what the list asks now."""
        super().__init__()
        self._asked = asked
        self._session, self._ledger, self._context = session, ledger, context
        self.filters: tuple[Filter, ...] = ()
        self.saved: list[SavedFilter] = []
        self._key = f"filter.{ledger.name}"
        self._started = False
        self._known = Query()
        self.menu_button = button(texts.FILTER, hint=texts.FILTER_HINT)
        self.menu_button.setProperty("menu", True)
        self.menu = QMenu(self.menu_button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu_button.setMenu(self.menu)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 0, 12, 8)
        self._line.setSpacing(6)
        self.hide()

    @property
    def _preferences(self) -> Preferences:
        return self._session.desk.preferences

    # ------------------------------------------------------------ conditions
    def set(self, filters: Sequence[Filter]) -> None:
        """Let other conditions hold."""
        self.filters = tuple(filters)
        self._show()
        self.changed.emit()

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show other conditions; who asked knows."""
        self.filters = tuple(filters)
        self._show()

    def _show(self) -> None:
        clear(self._line)
        room = max(SHORTEST, ROOM // max(1, len(self.filters)) - TAKEN)
        for one in self.filters:
            words = told(self._ledger, one)
            shown = words if len(words) <= room else f"{words[: room - 1]}…"
            made = button(f"{shown}  ×", clicked=partial(self._drop, one))
            made.setAccessibleName(texts.DROP_NAME.format(words=words))
            made.setToolTip(made.accessibleName())
            made.setFixedHeight(CHIP)
            self._line.addWidget(made)
        self._line.addStretch()
        self.setVisible(bool(self.filters))

    def _drop(self, gone: Filter) -> None:
        self.set([one for one in self.filters if one != gone])
        self.menu_button.setFocus()

    def ask(self, name: str = "") -> None:
        """Ask for a condition on a column."""
        dialog = FilterDialog(self, self._ledger, self._context, self.filters, name)
        if self._session.dialogs.show(dialog):
            self.set(dialog.chosen)

    # ------------------------------------------------------------ kept
    def load(self) -> None:
        """Bring the filters kept, and what the list was narrowed by last time."""
        ledger = self._ledger
        self._session.ask(
            self, lambda store: (kept.saved(store, ledger), kept.last(store, ledger)), self._take
        )

    def _take(self, told: tuple[list[SavedFilter], Query]) -> None:
        self.saved, last = told
        if self._started:
            return
        self._started, self._known = True, last
        name = self._preferences.get(self._key)
        found = next((one.query for one in self.saved if one.name == name), Query())
        begun = found if (found.where, found.filters) == (last.where, last.filters) else last
        if begun != Query() and not self.filters:
            self.wanted.emit(replace(begun, order=self._asked().order or begun.order))

    def remember(self, where: Sequence[tuple[str, Value]]) -> None:
        """Keep what narrows the list now for the next start, when it is something else."""
        now = Query(tuple(where), filters=self.filters)
        if self._started and now != self._known:
            self._known, ledger = now, self._ledger
            self._session.ask(self, lambda store: kept.remember(store, ledger, now), lambda _none: None)

    def choose(self, name: str) -> None:
        """Let a kept filter hold, and remember it."""
        if found := next((one for one in self.saved if one.name == name), None):
            self._preferences.put(self._key, name)
            self.wanted.emit(found.query)
            self._session.tell(texts.CHOSEN.format(name=name))

    def forget_choice(self) -> None:
        """Remember no kept filter as chosen."""
        if self._preferences.get(self._key) is not None:
            self._preferences.put(self._key, None)

    def save(self, query: Query) -> None:
        """Ask for a name and keep a query under it."""
        dialog = NameDialog(self)
        if not (self._session.dialogs.show(dialog) and dialog.name):
            return
        name, ledger = dialog.name, self._ledger

        def op(store: Store) -> list[SavedFilter]:
            kept.save(store, ledger, name, query)
            return kept.saved(store, ledger)

        def done(saved: list[SavedFilter]) -> None:
            self.saved = saved
            self._preferences.put(self._key, name)
            self._session.tell(texts.SAVED.format(name=name))

        self._session.ask(self, op, done)

    def delete(self, name: str) -> None:
        """Forget a kept filter."""
        ledger = self._ledger

        def op(store: Store) -> list[SavedFilter]:
            kept.delete(store, ledger, name)
            return kept.saved(store, ledger)

        def done(saved: list[SavedFilter]) -> None:
            self.saved = saved
            if self._preferences.get(self._key) == name:
                self.forget_choice()
            self._session.tell(texts.DELETED.format(name=name))

        self._session.ask(self, op, done)

    # ------------------------------------------------------------ menu
    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(f"{texts.FILTER_ADD}\tCtrl+Shift+F", self.ask)
        keep = self.menu.addAction(texts.FILTER_SAVE, lambda: self.save(self._asked()))
        keep.setEnabled(self._asked() != Query())
        self.menu.addSeparator()
        head(self.menu, texts.FILTER_KEPT if self.saved else texts.FILTER_NONE)
        if not self.saved:
            return
        chosen = self._preferences.get(self._key)
        for one in self.saved:
            action = self.menu.addAction(one.name, lambda name=one.name: self.choose(name))
            action.setCheckable(True)
            action.setChecked(one.name == chosen)
        gone = self.menu.addMenu(texts.FILTER_DELETE)
        for one in self.saved:
            gone.addAction(one.name, lambda name=one.name: self.delete(name))
