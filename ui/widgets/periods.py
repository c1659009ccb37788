"""A table of units and periods: a row for each unit, a column for each period, a word of state in each cell."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ipdesk.periods import Period
from ui.style import tokens
from ui.texts import periods as texts
from ui.widgets.listing import ListingTable, dot

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_UNIT_WIDTH = 96


class OfPeriod(Protocol):
    """What stands in a cell: something of a unit for a period."""

    @property
    def unit(self) -> str:
        """Return the unit's code."""

    @property
    def unit_name(self) -> str:
        """Return the unit's name."""

    @property
    def period(self) -> Period:
        """Return the period."""


One = TypeVar("One", bound=OfPeriod)


class PeriodGrid(QAbstractTableModel, Generic[One]):
    """What stands for each unit and period, the newest period first."""

    def __init__(self, words: Callable[[One], str], tone: Callable[[One], str]) -> None:
        """Begin without units; ``words`` and ``tone`` tell what a cell says and in which colour."""
        super().__init__()
        self._words, self._tone = words, tone
        self.units: list[tuple[str, str]] = []
        self.periods: list[Period] = []
        self._cells: dict[tuple[str, Period], One] = {}

    def show(self, told: Sequence[One]) -> None:
        """Show other units and periods."""
        self.beginResetModel()
        self.units = list(dict.fromkeys((one.unit, one.unit_name) for one in told))
        self.periods = list(dict.fromkeys(one.period for one in told))
        self._cells = {(one.unit, one.period): one for one in told}
        self.endResetModel()

    def one(self, index: Index) -> One | None:
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
        one = self.one(index)
        if one is None:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self.units[index.row()][1] if shown and index.column() == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts.CELL.format(unit=one.unit_name, period=one.period.label, state=self._words(one))
        if role == Qt.ItemDataRole.DecorationRole:
            return dot(self._tone(one))
        return tokens().paint(self._tone(one)) if role == Qt.ItemDataRole.ForegroundRole else None

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


class PeriodTable(ListingTable, Generic[One]):
    """Shows a ``PeriodGrid`` cell by cell; says that the ring moved to another."""

    chosen = Signal()

    def __init__(self, grid: PeriodGrid[One], name: str, empty: str, width: int) -> None:
        """Lay the table out over its model; ``width`` is that of a period's column in logical pixels."""
        super().__init__(grid, name, empty=empty)
        self._grid, self._width = grid, width
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_all(self, told: Sequence[One]) -> None:
        """Show what there is, the ring staying on its unit and period."""
        held = self.one
        self._grid.show(told)
        heads = self.horizontalHeader()
        for section in range(self._grid.columnCount()):
            heads.resizeSection(section, self._width if section else _UNIT_WIDTH)
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
    def one(self) -> One | None:
        """Return what the cell under the ring shows."""
        return self._grid.one(self.currentIndex())
