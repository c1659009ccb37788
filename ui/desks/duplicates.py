"""The desk of duplicates: pairs of records that look like one, side by side, decided by a person."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from ipdesk.actions import deciding
from ipdesk.actions.deciding import Outcome
from ipdesk.kinds.deciding import CORRECTION, VERDICT
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.pairs import OPEN, Pair, pairs
from ui.desks.filters import filter_boxes
from ui.desks.page import DeskPage
from ui.desks.pair import PairPanel, compared
from ui.desks.table import DeskTable
from ui.desks.words import unit_words
from ui.session import Session
from ui.texts import common
from ui.texts import duplicates as texts
from ui.widgets.basic import button, in_order, label, row, shortcut

WIDTHS = (108, 68, 156, 66, 156, 66)
COMPARE_WIDTHS = (80, 140, 200)
_TONES = {OPEN: "warn", "same": "good", "different": "idle"}
_DIFFERENCE = {texts.DIFFERENT_VALUE: "bad", texts.SAME_VALUE: "good", texts.ONE_SIDE: "idle"}


class DuplicatePage(DeskPage):
    """Lists pairs, suspicions apart from hints; each is compared and decided beside the list."""

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__(session, texts.TITLE)
        self.pairs: Sequence[Pair] = ()
        self.shown: Sequence[Pair] = ()
        self._hints = False
        self.tabs, self.about = QTabBar(), label(texts.SURE_ABOUT, "muted", wrap=True)
        self._make_tabs()
        self.table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, empty=texts.NONE, leaves=(1,))
        self.compare = DeskTable(texts.COMPARE_HEADS_NONE, texts.COMPARE, COMPARE_WIDTHS, wrap=True)
        self.panel = PairPanel()
        self.boxes = filter_boxes(texts.STATES, self.show_items, "units")
        self.clear_button = button(common.CLEAR, kind="link", clicked=self.reset)
        self._lay_out()
        self._connect()

    def _make_tabs(self) -> None:
        self.tabs.setAccessibleName(texts.TABS)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(texts.TAB_SURE.format(count=0))
        self.tabs.addTab(texts.TAB_HINTS_UNREAD)

    def _lay_out(self) -> None:
        self.lines.addLayout(row(self.tabs, None, *self.boxes.values(), self.clear_button))
        self.lines.addWidget(self.about)
        lists = QVBoxLayout()
        lists.setSpacing(8)
        lists.addWidget(self.table, 1)
        lists.addWidget(self.compare, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(lists, 1)
        body.addWidget(self.panel)
        self.lines.addLayout(body, 1)
        stops = (self.tabs, *self.boxes.values(), self.clear_button, self.table, self.compare)
        in_order(*stops, *self.panel.stops)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._change_tab())
        self.table.chosen.connect(self._show_item)
        self.table.opened.connect(self.panel.enter)
        self.panel.decided.connect(self.decide)
        self.panel.left.connect(self._go_to_table)
        self.panel.first_button.clicked.connect(lambda: self._open_side("first"))
        self.panel.second_button.clicked.connect(lambda: self._open_side("second"))
        shortcut(self, "Ctrl+Return", self.panel.ask)
        for number, choice in enumerate(("same", "different"), 1):
            shortcut(self.table, str(number), partial(self.panel.choose, choice))

    @property
    def start(self) -> QWidget:
        """Return the list."""
        return self.table

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ reading
    @property
    def is_hints(self) -> bool:
        """Tell whether hints are looked at, not suspicions."""
        return self.tabs.currentIndex() == 1

    def _change_tab(self) -> None:
        """Look for hints only once they are asked for: that takes longer."""
        self.about.setText(texts.HINTS_ABOUT if self.is_hints else texts.SURE_ABOUT)
        if self.is_hints and not self._hints:
            self._hints = True
            self.refresh()
        self.show_items()

    def refresh(self) -> None:
        """Read the pairs anew."""
        self.head.tell(texts.READING)
        super().refresh()

    def read(self, store: Store) -> list[Pair]:
        """Return the pairs, hints only once they were asked for."""
        return pairs(store, hints=self._hints)

    def take(self, told: Sequence[Pair]) -> None:
        """Show what was read."""
        self.pairs = told
        hints = sum(pair.hint for pair in told)
        self.tabs.setTabText(0, texts.TAB_SURE.format(count=len(told) - hints))
        if self._hints:
            self.tabs.setTabText(1, texts.TAB_HINTS.format(count=hints))
        undecided = sum(pair.state == OPEN and not pair.hint for pair in told)
        self.head.tell(texts.ABOUT.format(open=undecided))
        self.show_items()

    def show_items(self) -> None:
        """Show the pairs that tab and filters leave, the ring staying on its own."""
        here = [pair for pair in self.pairs if pair.hint == self.is_hints]
        self.boxes["state"].tell_counts(Counter(pair.state for pair in here))
        self.boxes["units"].tell_counts(Counter(unit for pair in here for unit in pair.units))
        state, unit = self.boxes["state"].code, self.boxes["units"].code
        self.shown = [p for p in here if state in (None, p.state) and (unit is None or unit in p.units)]
        self.clear_button.setEnabled(state is not None or unit is not None)
        nothing = texts.NONE_HINTS if self.is_hints else texts.NONE
        self.table.empty = texts.NONE_FOUND if here else nothing
        tones = {place: _TONES[pair.state] for place, pair in enumerate(self.shown)}
        self.table.show_lines([p.digest for p in self.shown], [_line(p) for p in self.shown], tones)

    def reset(self) -> None:
        """Filter for nothing."""
        for box in self.boxes.values():
            box.reset()
        self._go_to_table()

    @property
    def item(self) -> Pair | None:
        """Return the pair under the ring."""
        return self.shown[self.table.place] if 0 <= self.table.place < len(self.shown) else None

    def _show_item(self) -> None:
        pair = self.item
        self.panel.show_item(pair)
        lines = compared(pair) if pair else []
        tones = {place: _DIFFERENCE[line[0]] for place, line in enumerate(lines)}
        self.compare.listing.name_heads(_heads(pair) if pair else texts.COMPARE_HEADS_NONE)
        self.compare.show_lines([line[1] for line in lines], lines, tones)

    # ------------------------------------------------------------ deciding
    def decide(self, pair: Pair, outcome: Outcome, unit: str, reason: str) -> None:
        """Decide whether two records are the same."""
        self.panel.hold(held=True)
        self.session.ask(
            self,
            lambda store: deciding.resolve_pair(store, pair, outcome, reason, unit or None),
            lambda made: self._decided(pair, outcome, made),
            self._refused,
        )

    def _decided(self, pair: Pair, outcome: str, made: Sequence[str]) -> None:
        self.panel.hold(held=False)
        words = texts.DECIDED.format(
            first=pair.first_name, second=pair.second_name, verdict=texts.STATES[outcome]
        )
        others = [p.digest for p in self.shown[self.table.place + 1 :] if p.state == OPEN]
        self.table.stand(next(iter(others), pair.digest))
        self._go_to_table()
        self.done(texts.DECIDED_ASKED.format(words=words) if made else words, VERDICT, CORRECTION)

    def _refused(self, error: Exception) -> bool:
        self.panel.hold(held=False)
        return self.panel.refuse(self.session.reason(error))

    def _open_side(self, side: str) -> None:
        if pair := self.item:
            record: Record = getattr(pair, side)
            self.open_record(pair.kind, record.key)


def _line(pair: Pair) -> tuple[str, ...]:
    first, second = unit_words(pair.first.key.owner), unit_words(pair.second.key.owner)
    state = texts.STATES[pair.state]
    return (state, pair.kind.label, pair.first_name, first, pair.second_name, second, pair.why)


def _heads(pair: Pair) -> tuple[str, ...]:
    units = ("", "", unit_words(pair.first.key.owner), unit_words(pair.second.key.owner))
    return tuple(head.format(unit=unit) for head, unit in zip(texts.COMPARE_HEADS, units, strict=True))
