"""The cells pasted, as a table that can be mended: what becomes of each row, and which cells are wrong."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ipdesk.actions.paste import Pasted
from ipdesk.intake import ColumnMatch, IntakePlan
from ipdesk.intake.cells import Cell
from ipdesk.text import on_one_line
from ui.style import tokens
from ui.texts import many as texts
from ui.widgets.listing import dot

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_TONES = {"added": "good", "updated": "busy", "unchanged": "idle"}


class PasteModel(QAbstractTableModel):
    """Rows of a pasted block behind a column that says what becomes of them; a cell edited is told by ``mended``."""

    mended = Signal(object)

    def __init__(self, pasted: Pasted) -> None:
        """Show a block that is yet to be checked."""
        super().__init__()
        self.pasted = pasted
        self._first = 1
        self._heads: dict[int, str] = {}
        self._states: dict[int, tuple[str, str]] = {}
        self._why: dict[int, list[str]] = {}
        self._wrong: set[tuple[int, int]] = set()

    def show_plan(self, plan: IntakePlan) -> None:
        """Say what a plan would do with each row."""
        below = max((table.header_rows[-1] for table in plan.sheets), default=1 if self.pasted.headed else 0)
        if below != self._first:
            self.beginResetModel()
            self._first = below
            self.endResetModel()
        columns = [column for table in plan.sheets for column in table.columns]
        self._heads = {c.index: _head(plan, c) for c in columns}
        self._states = {row.row: (texts.PASTE_STATES[row.outcome], _TONES[row.outcome]) for row in plan.rows}
        self._wrong = {(row, column) for _sheet, row, column in plan.wrong}
        self._why = {}
        for problem in (*(p for row in plan.rows for p in row.problems), *plan.refused):
            self._why.setdefault(problem.row, []).append(problem.message)
        self._states |= {p.row: (texts.PASTE_REFUSED, "bad") for p in plan.refused}
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def place(self, row: int) -> int:
        """Return a row as Excel would number it in the block."""
        return row + self._first + 1

    def number(self, place: int) -> int:
        """Return which of the rows pasted a place is, from 1."""
        return place - self._first

    def why(self, row: int) -> str:
        """Return what is wrong or doubtful about a row."""
        return "；".join(dict.fromkeys(self._why.get(self.place(row), ())))

    def first_wrong(self) -> QModelIndex:
        """Return the first cell that is wrong, if any."""
        row, column = min(self._wrong, default=(0, 0))
        return self.index(self.number(row) - 1, column + 1) if row else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows below the heads."""
        return 0 if parent.isValid() else max(0, len(self.pasted.sheet.rows) - self._first)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns, what becomes of a row being the first."""
        return 0 if parent.isValid() else self.pasted.sheet.width + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be mended, not what became of it."""
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words, red where it is wrong."""
        if not index.isValid():
            return None
        row, column = self.place(index.row()), index.column() - 1
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.why(index.row())
        if column < 0:
            return self._state(row, role)
        words = _words(self.pasted.sheet.at(row - 1, column))
        if role == Qt.ItemDataRole.EditRole:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return on_one_line(words)
        if (row, column) not in self._wrong:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return dot("bad")
        paints = {Qt.ItemDataRole.BackgroundRole: "bad-soft", Qt.ItemDataRole.ForegroundRole: "bad"}
        return tokens().paint(paints[Qt.ItemDataRole(role)]) if role in paints else None

    def _state(self, row: int, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        words, tone = self._states.get(row, (texts.PASTE_PASSED if self._heads else "", "idle"))
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.DecorationRole and words:
            return dot(tone)
        return tokens().paint(tone) if role == Qt.ItemDataRole.ForegroundRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Take what was typed into a cell; it is to be checked anew."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not index.column():
            return False
        if str(value) != index.data(Qt.ItemDataRole.EditRole):
            self.pasted = self.pasted.with_cell(self.place(index.row()), index.column() - 1, str(value))
            self.dataChanged.emit(index, index)
            self.mended.emit(self.pasted)
        return True

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the field a column is taken for."""
        if orientation != Qt.Orientation.Horizontal:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads.get(section - 1, "") if section else texts.PASTE_STATE


def _head(plan: IntakePlan, column: ColumnMatch) -> str:
    field = plan.ledger.by_name.get(column.taken or "")
    return field.label if field else texts.PASTE_LEFT.format(head=column.head)


def _words(cell: Cell) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
