"""The indicators of a unit, as cards and as a table: what is chosen in one is chosen in the other."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTabWidget

from ui.overview.cards import CardModel, CardView
from ui.overview.telling import Card
from ui.texts import overview as texts
from ui.widgets.basic import shortcut
from ui.widgets.listing import Listing, ListingTable

WIDTHS = (178, 104, 76, 64, 92)
Index = QModelIndex | QPersistentModelIndex


class Board(QTabWidget):
    """Shows the indicators; says which is chosen, and when its records are asked for."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        """Put cards and table behind one another."""
        super().__init__()
        self.setAccessibleName(texts.VIEWS)
        self.cards, self.rows = CardModel(), Listing(texts.TABLE_HEADS, state=4)
        self.view = CardView(self.cards)
        self.table = ListingTable(self.rows, texts.TABLE_NAME, WIDTHS)
        self.addTab(self.view, texts.CARDS)
        self.addTab(self.table, texts.TABLE)
        self._place = 0
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.currentChanged.connect(lambda _tab: self.choose(self._place))
        for view in self._views:
            view.doubleClicked.connect(lambda _index: self.opened.emit())
            for keys in ("Return", "Enter"):
                shortcut(view, keys, self.opened.emit)

    @property
    def _views(self) -> tuple[QAbstractItemView, ...]:
        return (self.view, self.table)

    @property
    def card(self) -> Card | None:
        """Return the card that is chosen."""
        return self.cards.cards[self._place] if self._place < len(self.cards.cards) else None

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards, staying at the indicator that was chosen."""
        code = self.card.figure.indicator.code if self.card else ""
        self.cards.show(cards)
        self.rows.show([one.cells for one in cards], {n: one.tone for n, one in enumerate(cards)})
        codes = [one.figure.indicator.code for one in cards]
        self.choose(codes.index(code) if code in codes else 0)

    def choose(self, place: int) -> None:
        """Choose an indicator by its place."""
        self._place = place
        for view in self._views:
            view.setCurrentIndex(view.model().index(place, 0))
        self.chosen.emit()

    def _moved(self, now: Index, _before: Index) -> None:
        if now.isValid() and now.row() != self._place:
            self.choose(now.row())

    def focus(self) -> None:
        """Put the focus on what is shown."""
        self._views[self.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)
