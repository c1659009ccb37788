"""The table of who has reported: a row for each unit, a column for each period, a word of state in each cell."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ipdesk.periods import Period
from ipdesk.sync import Expected
from ipdesk.sync.completeness import STATES
from ui.style import tokens
from ui.texts import completeness as texts
from ui.widgets.listing import ListingTable, dot

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TONES = {"received": "good", "late": "warn", "aside": "warn", "awaited": "idle", "overdue": "bad"}
_UNIT_WIDTH, _PERIOD_WIDTH = 96, 144


class Grid(QAbstractTableModel):
    """What was expected of each unit for each period, the newest period first."""

    def __init__(self) -> None:
        """Begin without units."""
        super().__init__()
        self.units: list[tuple[str, str]] = []
        self.periods: list[Period] = []
        self._cells: dict[tuple[str, str], Expected] = {}

    def show(self, told: Sequence[Expected]) -> None:
        """Show other units and periods."""
        self.beginResetModel()
        self.units = list(dict.fromkeys((one.unit, one.unit_name) for one in told))
        self.periods = list(dict.fromkeys(one.period for one in told))
        self._cells = {(one.unit, one.period.code): one for one in told}
        self.endResetModel()

    def expected(self, index: Index) -> Expected | None:
        """Return what a cell shows; nothing where it names a unit."""
        if not index.isValid() or index.column() == 0:
            return None
        return self._cells.get((self.units[index.row()][0], self.periods[index.column() - 1].code))

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
        one = self.expected(index)
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


def state_words(one: Expected) -> str:
    """Return how a unit's report for a period stands, in words."""
    words = STATES[one.state]
    return texts.ZERO_CELL.format(state=words) if one.zero else words


class GridTable(ListingTable):
    """Shows a ``Grid`` cell by cell; says which one the ring moved to."""

    chosen = Signal()

    def __init__(self, grid: Grid) -> None:
        """Lay the table out over its model."""
        super().__init__(grid, texts.TABLE, empty=texts.NONE)
        self._grid = grid
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_expected(self, told: Sequence[Expected]) -> None:
        """Show what was expected, the ring staying on its unit and period."""
        held = self.expected
        self._grid.show(told)
        heads = self.horizontalHeader()
        for section in range(self._grid.columnCount()):
            heads.resizeSection(section, _PERIOD_WIDTH if section else _UNIT_WIDTH)
        if told:
            self.stand(held.unit if held else "", held.period if held else None)
        self.chosen.emit()

    def stand(self, unit: str, period: Period | None) -> None:
        """Put the ring on a unit and period, else on the first."""
        units = [code for code, _ in self._grid.units]
        row = units.index(unit) if unit in units else 0
        periods = self._grid.periods
        column = periods.index(period) + 1 if period in periods else 1
        self.setCurrentIndex(self._grid.index(row, column))

    @property
    def expected(self) -> Expected | None:
        """Return what the cell under the ring shows."""
        return self._grid.expected(self.currentIndex())
