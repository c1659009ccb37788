"""The cards of the indicators: a list that the arrow keys walk, each painted by a delegate."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.overview import painting
from ui.overview.telling import Card
from ui.style import tokens
from ui.texts import overview as texts

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LEAST, HIGH, GAP, BESIDE = 190, 84, 3, 18  # logical pixels


class CardModel(QAbstractListModel):
    """The cards of one unit; what is read aloud is all of a card's words."""

    def __init__(self) -> None:
        """Begin without cards."""
        super().__init__()
        self._cards: list[Card] = []

    def show(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self._cards = list(cards)
        self.endResetModel()

    @property
    def cards(self) -> Sequence[Card]:
        """Return the cards shown."""
        return self._cards

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a card's words."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        return self._cards[index.row()].words if index.isValid() and role in wanted else None


class _Painter(QStyledItemDelegate):
    """Paints a card; the one chosen has a ring."""

    def __init__(self, model: CardModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of every card."""
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card."""
        shown: Any = option  # PySide6's stubs leave the attributes out
        area = QRectF(shown.rect).adjusted(GAP, GAP, -GAP, -GAP)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens().paint("focus" if chosen else "edge"), 2 if chosen else 1))
        painter.setBrush(tokens().paint("select" if chosen else "surface"))
        painter.drawRoundedRect(area, 6, 6)
        painting.card(painter, area, self._model.cards[index.row()], shown.font)
        painter.restore()


class CardView(QListView):
    """Shows the cards in as many columns as there is room for."""

    def __init__(self, model: CardModel) -> None:
        """Take the model over."""
        super().__init__()
        self.setModel(model)
        model.setParent(self)
        self.setAccessibleName(texts.CARDS_NAME)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(model, self))
        self._fit()

    def _fit(self) -> None:
        room = self.width() - BESIDE
        self.setGridSize(QSize(room // max(1, room // LEAST), HIGH + 2 * GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Make the columns as wide as they can be."""
        self._fit()
        super().resizeEvent(event)
