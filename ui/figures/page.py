"""The page of figures: each stands by itself, and the records it was counted from are one key away."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from ipdesk.reports.table import chinese_date
from ui.figures.lines import Board, Line, Named, board
from ui.session import Session
from ui.texts import counting as texts
from ui.widgets.basic import button, in_order, label, shortcut
from ui.widgets.head import PageHead
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice
from ui.widgets.page import Page

WIDTHS, ENTRY_WIDTHS = (380, 260), (90, 300, 110)


class FiguresPage(Page):
    """Shows the figures by the parameters; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session = session
        self._board: Board | None = None
        self.records: Sequence[Named] = ()
        self.refresh_button = button(texts.REFRESH, clicked=self.ask, hint="F5")
        self.head = PageHead(texts.PAGE, self.refresh_button)
        self.notice, self.bases = Notice(), label("", "muted", wrap=True)
        self.model, self.entries = Listing(texts.FIGURE_HEADS), Listing(texts.ENTRY_HEADS, state=0)
        self.table = ListingTable(self.model, texts.FIGURES_TABLE, WIDTHS)
        self.entries_title = label("", "label")
        self.entries_table = ListingTable(
            self.entries, texts.ENTRIES_TABLE, ENTRY_WIDTHS, empty=texts.NOTHING
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(8)
        for part in (self.head, self.notice, self.bases):
            lines.addWidget(part)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.entries_title)
        lines.addWidget(self.entries_table, 1)
        in_order(self.table, self.entries_table, self.refresh_button)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_records())
        self.entries_table.doubleClicked.connect(self._open_at)
        for keys in ("Return", "Enter", "F2"):
            shortcut(self.table, keys, self.entries_table.setFocus)
            shortcut(self.entries_table, keys, self.open_record)
        shortcut(self, "F5", self.ask)
        self._session.changed.connect(lambda _changed: self.ask() if self.isVisible() else None)

    def enter(self) -> None:
        """Count anew and put the focus on the figures."""
        self.ask()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Count everything anew."""
        self.head.tell(texts.READING)
        self._session.ask(self, board, self._show, self._fail)

    def _fail(self, error: Exception) -> bool:
        self.head.tell("")
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _show(self, told: Board) -> None:
        place = max(0, self.table.currentIndex().row())
        self._board = told
        self.notice.tell("")
        self.head.tell(texts.AS_OF.format(day=chinese_date(told.figures.day)))
        self.bases.setText(told.bases)
        self.model.show([(one.label, one.words, one.unclear) for one in told.lines])
        self.table.selectRow(min(place, len(told.lines) - 1))

    @property
    def line(self) -> Line | None:
        """Return the figure under the ring."""
        place = self.table.currentIndex().row()
        return self._board.lines[place] if self._board and 0 <= place < len(self._board.lines) else None

    def _show_records(self) -> None:
        """Show the records behind the figure under the ring."""
        line = self.line
        if line is None or self._board is None:
            return
        self.records = self._board.records(line)
        self.entries_title.setText(texts.ENTRIES_TITLE.format(label=line.label))
        tones = {n: "good" if one.counts else "warn" for n, one in enumerate(self.records)}
        self.entries.show([one.words for one in self.records], tones)
        if self.records:
            self.entries_table.selectRow(0)

    def _open_at(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self.open_record()

    def open_record(self) -> None:
        """Ask for the record under the ring."""
        place, line = self.entries_table.currentIndex().row(), self.line
        if line and 0 <= place < len(self.records) and (key := self.records[place].key):
            self.record_asked.emit(line.ledger, key)
