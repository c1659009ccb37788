"""The table in which a period is filled in: a line for each figure, what was told last beside it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ipdesk.actions.filling import FIELDS, Line, Place
from ui.style import tokens
from ui.texts import common
from ui.texts import reporting as texts
from ui.widgets.listing import ListingTable

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Edits = dict[Place, dict[str, str]]
LABEL, LAST, FIRST, LACKS = 0, 1, 2, 7
WIDTHS = (248, 110, 92, 84, 84, 110, 150, 90)
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)


class Lines(QAbstractTableModel):
    """The lines of a period and what was typed into them and is not saved yet."""

    edited = Signal()

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.edits: Edits = {}
        self.is_open = False

    def show(self, lines: Sequence[Line], edits: Edits, *, is_open: bool) -> None:
        """Show other lines; ``edits`` is what was typed before, and takes what is typed now."""
        self.beginResetModel()
        self.lines, self.edits, self.is_open = lines, edits, is_open
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(texts.FILL_HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what belongs to a line be edited while the period is open."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return plain | Qt.ItemFlag.ItemIsEditable if self.is_open and self._field(index) else plain

    def _field(self, index: Index) -> str:
        """Return the field of a cell, empty where nothing is to be filled in."""
        column = index.column() - FIRST
        name = FIELDS[column] if 0 <= column < len(FIELDS) else ""
        return name if name in self.lines[index.row()].fields else ""

    def _is_unused(self, index: Index) -> bool:
        """Tell whether a cell is one that this line does not fill in."""
        return FIRST <= index.column() < LACKS and not self._field(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words; what is typed and not saved stands in the colour of what is under way."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole and self._is_unused(index):
            return common.NONE
        if role in _SHOWN:
            return self._words(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head, words = texts.FILL_HEADS[index.column()], self._words(index)
            unused = texts.UNUSED if self._is_unused(index) else ""
            return texts.FILL_CELL.format(
                line=self.lines[index.row()].label, head=head, words=words or unused
            )
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index)
        return None

    def _words(self, index: Index) -> str:
        line = self.lines[index.row()]
        if name := self._field(index):
            return self.edits.get(line.place, {}).get(name, line.shown(name, line.record))
        return {LABEL: line.label, LAST: line.last, LACKS: line.lacks}.get(index.column(), "")

    def _colour(self, index: Index) -> Any:  # noqa: ANN401 - Qt's variant
        name = self._field(index)
        if name and name in self.edits.get(self.lines[index.row()].place, {}):
            return tokens().paint("primary")
        return tokens().paint({LAST: "muted", LACKS: "warn"}.get(index.column(), "ink"))

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Keep what was typed; the source told last time goes along with a first figure."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        line, name, words = self.lines[index.row()], self._field(index), str(value or "").strip()
        if words == self._words(index):
            return True
        self._keep(line, name, words)
        if name in FIELDS[:3] and words and not self._words(index.sibling(index.row(), FIRST + 3)):
            self._keep(line, "source", line.shown("source", line.before))
        row = index.row()
        self.dataChanged.emit(self.index(row, FIRST), self.index(row, LACKS))
        self.edited.emit()
        return True

    def _keep(self, line: Line, name: str, words: str) -> None:
        own = self.edits.setdefault(line.place, {})
        own[name] = words
        if words == line.shown(name, line.record):
            del own[name]
        if not own:
            del self.edits[line.place]

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a head."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(texts.FILL_HEADS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return texts.FILL_HEADS[section] if shown else None


class LinesTable(ListingTable):
    """Shows ``Lines`` cell by cell; a key begins to edit, as in a sheet."""

    def __init__(self, lines: Lines) -> None:
        """Lay the table out over its model."""
        super().__init__(lines, texts.FILL, WIDTHS, empty=texts.FILL_NONE)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def begin(self) -> None:
        """Take the focus, standing on the first cell that is to be filled in."""
        model = self.model()
        cells = (
            model.index(r, c) for r in range(model.rowCount()) for c in range(FIRST, model.columnCount())
        )
        editable = (c for c in cells if model.flags(c) & Qt.ItemFlag.ItemIsEditable)
        first = next((c for c in editable if not c.data()), model.index(0, FIRST))
        if not self.currentIndex().isValid():
            self.setCurrentIndex(first)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
