"""The table of all periods at the city: a row for each unit, a column for each period, a word of state in each cell."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ipdesk.periods import Period
from ipdesk.reporting.filings import STATES, Filing
from ui.style import tokens
from ui.texts import reporting as texts
from ui.widgets.listing import ListingTable, dot

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TONES = {
    "empty": "idle",
    "filling": "idle",
    "submitted": "warn",
    "returned": "warn",
    "accepted": "good",
    "overdue": "bad",
}
_UNIT_WIDTH, _PERIOD_WIDTH = 96, 124


def state_words(one: Filing) -> str:
    """Return how a period stands, in words."""
    words = STATES[one.state]
    return f"{words}（{texts.ZERO}）" if one.is_zero else words


class Matrix(QAbstractTableModel):
    """How each unit's periods stand, the newest period first."""

    def __init__(self) -> None:
        """Begin without units."""
        super().__init__()
        self.units: list[tuple[str, str]] = []
        self.periods: list[Period] = []
        self._cells: dict[tuple[str, Period], Filing] = {}

    def show(self, told: Sequence[Filing]) -> None:
        """Show other units and periods."""
        self.beginResetModel()
        self.units = list(dict.fromkeys((one.unit, one.unit_name) for one in told))
        self.periods = list(dict.fromkeys(one.period for one in told))
        self._cells = {(one.unit, one.period): one for one in told}
        self.endResetModel()

    def filing(self, index: Index) -> Filing | None:
        """Return what a cell shows; nothing where it names a unit."""
        if not index.isValid() or index.column() == 0:
            return None
        return self._cells.get((self.units[index.row()][0], self.periods[index.column() - 1]))

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of units."""
        return 0 if parent.isValid() else len(self.units)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of periods, and one for the units' names."""
        return 0 if parent.isValid() else len(self.periods) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a unit's name, or a state as word, dot and colour."""
        if not index.isValid():
            return None
        one = self.filing(index)
        if one is None:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self.units[index.row()][1] if shown and index.column() == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return state_words(one)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts.CELL.format(unit=one.unit_name, period=one.period.label, state=state_words(one))
        if role == Qt.ItemDataRole.DecorationRole:
            return dot(TONES[one.state])
        return tokens().paint(TONES[one.state]) if role == Qt.ItemDataRole.ForegroundRole else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a head: a period, or that units stand here."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self.periods):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self.periods[section - 1].label if section else texts.UNIT_HEAD


class MatrixTable(ListingTable):
    """Shows a ``Matrix`` cell by cell; says which one the ring moved to."""

    chosen = Signal()

    def __init__(self) -> None:
        """Lay the table out over its model."""
        self.matrix = Matrix()
        super().__init__(self.matrix, texts.MATRIX, empty=texts.NONE)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_filings(self, told: Sequence[Filing]) -> None:
        """Show how periods stand, the ring staying on its unit and period."""
        held = self.filing
        self.matrix.show(told)
        heads = self.horizontalHeader()
        for section in range(self.matrix.columnCount()):
            heads.resizeSection(section, _PERIOD_WIDTH if section else _UNIT_WIDTH)
        if told:
            units = [code for code, _ in self.matrix.units]
            row = units.index(held.unit) if held and held.unit in units else 0
            known = held is not None and held.period in self.matrix.periods
            column = self.matrix.periods.index(held.period) + 1 if held and known else 1
            self.setCurrentIndex(self.matrix.index(row, column))
        self.chosen.emit()

    @property
    def filing(self) -> Filing | None:
        """Return what the cell under the ring shows."""
        return self.matrix.filing(self.currentIndex())
