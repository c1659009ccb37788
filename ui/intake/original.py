"""The beginning of the clerk's own sheet: its heads, its first rows, and above each column what it is taken for."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from ipdesk.intake import ColumnMatch, IntakePlan, SheetPlan
from ipdesk.intake.cells import Cell, column_name
from ipdesk.kinds.declare import Ledger
from ipdesk.text import hidden, mask
from ui.intake.columns import state
from ui.intake.telling import fields_of, label_of, words_of
from ui.ledger.delegate import CellDelegate
from ui.ledger.model import TONE
from ui.style import sized, tokens
from ui.texts import intake as texts
from ui.widgets.basic import row
from ui.widgets.choice import PlainBox

ROWS, NUMBER = 12, 48
LEAST, MOST, PILL = 100, 280, 42  # logical pixels: of a column, and what a pill takes beside its words
TONES = {texts.CERTAIN: "good", texts.DOUBTFUL: "warn", texts.UNKNOWN: "warn"}
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Line = tuple[str, ...]


class OriginalModel(QAbstractTableModel):
    """The first rows of a table as they stand in the sheet; the first line says what each column is taken for."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin without a table."""
        super().__init__()
        self._ledger = ledger
        self._columns: Sequence[ColumnMatch] = ()
        self._lines: list[Line] = []
        self._tones: list[str] = []

    def show(self, plan: IntakePlan, table: SheetPlan) -> None:
        """Show a table of a plan: its heads and the rows below them."""
        self.beginResetModel()
        self._columns = table.columns
        sheet = next(s for s in plan.book.sheets if s.name == table.name)
        last = min(len(sheet.rows), table.header_rows[-1] + ROWS)
        rows = range(table.header_rows[0], last + 1)
        self._tones = [TONES.get(state(c, self._ledger), "idle") for c in self._columns]
        self._lines = [("", *map(self._taken, self._columns))]
        for number in rows:
            head = number in table.header_rows
            cells = (self._shown(c, sheet.at(number - 1, c.index), head) for c in self._columns)
            self._lines.append((str(number), *cells))
        self.endResetModel()

    def _taken(self, column: ColumnMatch) -> str:
        told, label = state(column, self._ledger), label_of(column, self._ledger)
        return texts.SHEET_TAKEN.format(state=told, label=label) if label else told

    def _shown(self, column: ColumnMatch, cell: Cell, head: bool) -> str:
        words, fields = words_of(cell), fields_of(column, self._ledger)
        if head or not words:
            return words
        if fields:
            return mask(words, 3, 4) if any(f.personal for f in fields) else words
        return hidden(words)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns, that of the row numbers included."""
        return 0 if parent.isValid() else len(self._columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words, or the tone of what its column is taken for."""
        if not index.isValid():
            return None
        words = self._lines[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        taken = index.row() == 0 and index.column() > 0
        return self._tones[index.column() - 1] if role == TONE and taken else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the letter of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        named = texts.POINT_ROW if section == 0 else column_name(self._columns[section - 1].index)
        return named if role == Qt.ItemDataRole.DisplayRole else None


class Original(QWidget):
    """Shows one table of the workbook at a time."""

    def __init__(self, ledger: Ledger) -> None:
        """Lay the page out; ``show_plan`` fills it."""
        super().__init__()
        from ui.widgets.listing import ListingTable

        self._plan: IntakePlan | None = None
        self.model = OriginalModel(ledger)
        self.box = PlainBox()
        self.box.setAccessibleName(texts.SHEET_BOX)
        self.box.setMinimumContentsLength(24)
        self.box.activated.connect(self._show)
        self.table = ListingTable(self.model, texts.SHEET_NAME)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.verticalHeader().setDefaultSectionSize(tokens().size["row"])
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 8, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(row(self.box, None))
        lines.addWidget(self.table, 1)

    def show_plan(self, plan: IntakePlan) -> None:
        """Show the tables of a plan, the one looked at before staying in front."""
        before, self._plan = self.box.currentIndex(), plan
        self.box.clear()
        for table in plan.sheets:
            rows = "、".join(map(str, table.header_rows))
            self.box.addItem(texts.SHEET_OF.format(name=table.name, rows=rows))
        if plan.sheets:
            place = before if 0 <= before < len(plan.sheets) else 0
            self.box.setCurrentIndex(place)
            self._show(place)

    def _show(self, place: int) -> None:
        if self._plan:
            self.model.show(self._plan, self._plan.sheets[place])
            self.table.setColumnWidth(0, NUMBER)
            self.table.fit(1, LEAST, MOST)
            self._make_room_for_pills()

    def _make_room_for_pills(self) -> None:
        """Let what each column is taken for be read whole."""
        metrics = QFontMetrics(sized("small", self.table.font()))
        for column in range(1, self.model.columnCount()):
            wanted = metrics.horizontalAdvance(str(self.model.index(0, column).data())) + PILL
            self.table.setColumnWidth(column, max(self.table.columnWidth(column), wanted))
