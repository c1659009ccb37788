"""The things to do as the lines of a table: each group of urgency under a line of its own."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Catalogue
from ipdesk.todo import Item
from ui.ledger.model import TONE
from ui.texts import ledger as ledger_texts
from ui.texts import todo as texts

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
GROUP = Qt.ItemDataRole.UserRole + 3
TONES = {"urgent": "bad", "soon": "warn", "open": "idle"}
Line = Item | str


class TodoModel(QAbstractTableModel):
    """Lines of things to do, and the names of groups between them."""

    def __init__(self, catalogue: Catalogue, *, units: bool) -> None:
        """Begin without lines; ``units`` tells whose each thing is."""
        super().__init__()
        self.columns = [name for name in texts.HEADS if units or name != "unit"]
        self._ledgers = {n: ledger_texts.TITLE.get(n, made.label) for n, made in catalogue.ledgers.items()}
        self._lines: list[Line] = []

    def show(self, items: Sequence[Item]) -> None:
        """Show things to do, hardest first."""
        self.beginResetModel()
        self._lines = list(_grouped(items))
        self.endResetModel()

    @property
    def groups(self) -> list[int]:
        """Return the rows that name a group."""
        return [row for row, told in enumerate(self._lines) if isinstance(told, str)]

    def item(self, row: int) -> Item | None:
        """Return the thing to do of a row, none where it names a group."""
        told = self._lines[row] if 0 <= row < len(self._lines) else ""
        return None if isinstance(told, str) else told

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only things be chosen, no group."""
        held = index.isValid() and self.item(index.row())
        return super().flags(index) if held else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words, its tone, or the name of a group."""
        if not index.isValid():
            return None
        told, name = self._lines[index.row()], self.columns[index.column()]
        if isinstance(told, str):
            first = index.column() == 0
            return told if first and role in (Qt.ItemDataRole.DisplayRole, GROUP) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(told, name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return TONES[told.severity.value] if role == TONE and name == "state" else None

    def _words(self, item: Item, name: str) -> str:
        if name == "state":
            return days_left(item)
        if name == "unit":
            return code_table("regions").label(item.unit)
        if name == "ledger":
            return self._ledgers[item.ledger]
        return item.label if name == "sort" else str(getattr(item, name))

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a head."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return texts.HEADS[self.columns[section]] if role == Qt.ItemDataRole.DisplayRole else None


def _grouped(items: Sequence[Item]) -> Iterator[Line]:
    for severity, found in groupby(items, key=lambda item: item.severity.value):
        things = list(found)
        yield texts.GROUP.format(label=texts.GROUPS[severity], count=len(things))
        yield from things


def days_left(item: Item) -> str:
    """Return how long there is time, in words; how it presses where no day is known."""
    if item.days is None:
        return item.severity.label
    if item.days == 0:
        return texts.TODAY
    return texts.OVERDUE.format(days=-item.days) if item.days < 0 else texts.LEFT.format(days=item.days)
