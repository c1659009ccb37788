"""A table that holds keys only and fetches the rows around what is painted, block by block."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ipdesk.records import RecordKey, Row
from ui.ledger.columns import Column
from ui.ledger.keys import Keys
from ui.texts import ledger as texts

BLOCK = 32  # more than a screen shows
KEPT = 80
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[RecordKey], Callable[[list[Row]], None], Callable[[], None]], object]
TONE = Qt.ItemDataRole.UserRole + 1
MISSING = Qt.ItemDataRole.UserRole + 2
NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """The rows of a ledger; one block is fetched at a time, the one painted last first."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        """Take the function that brings rows (called on this thread, answering on this thread: rows, or failed)."""
        super().__init__(parent)
        self._fetch = fetch
        self._keys = self._former = Keys()
        self._columns: list[Column] = []
        self._blocks: dict[int, list[Row | None]] = {}
        self._wanted: list[int] = []
        self._failed: set[int] = set()
        self._generation = 0
        self._fetching = False
        self._order: tuple[str, bool] | None = None

    @property
    def keys(self) -> Sequence[RecordKey]:
        """Return the keys in order."""
        return self._keys

    @property
    def columns(self) -> Sequence[Column]:
        """Return the columns shown."""
        return self._columns

    def set_keys(self, keys: Sequence[RecordKey], rows: Sequence[Row] = ()) -> None:
        """Show other rows; those that came with the keys need not be fetched."""
        if len(self._keys) > BLOCK:
            self._former = self._keys  # to let go of many takes longer than a frame: see ``extend``
        self.beginResetModel()
        self._keys = keys if isinstance(keys, Keys) else Keys(keys)
        self._forget()
        if rows:
            found = {row.key: row for row in rows}
            self._blocks[0] = [found.get(key) for key in self._keys[:BLOCK]]
        self.endResetModel()

    def extend(self, keys: Sequence[RecordKey]) -> bool:
        """Add the rows that follow those shown; tell whether the keys begin with those."""
        self._former = Keys()
        held = len(self._keys)
        if list(keys[:held]) != self._keys[:] or (held % BLOCK and len(keys) > held):
            return False
        if len(keys) > held:
            self.beginInsertRows(NOWHERE, held, len(keys) - 1)
            self._keys = keys if isinstance(keys, Keys) else Keys(keys)
            self.endInsertRows()
        return True

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        if [c.label for c in columns] == [c.label for c in self._columns]:
            return
        self.beginResetModel()
        self._columns = list(columns)
        self.endResetModel()

    def set_order(self, order: tuple[str, bool] | None) -> None:
        """Mark the head that the rows are sorted by (field, downwards)."""
        self._order = order
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self._columns) - 1))

    def refresh(self) -> None:
        """Fetch the rows shown anew, the keys being the same."""
        self._forget()
        if self._keys and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self._columns) - 1))

    def _forget(self) -> None:
        self._blocks.clear()
        self._wanted.clear()
        self._failed.clear()
        self._generation += 1
        self._fetching = False

    def key_at(self, row: int) -> RecordKey | None:
        """Return the key of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: RecordKey) -> int:
        """Return where a key stands, -1 when it is not shown."""
        return self._keys.place(key)

    def row_at(self, row: int) -> Row | None:
        """Return a row that has been fetched; one that has not is asked for."""
        block, place = divmod(row, BLOCK)
        if block in self._blocks:
            return self._blocks[block][place]
        if block not in self._failed:
            self._want(block)
        return None

    def _want(self, block: int) -> None:
        if block in self._wanted:
            self._wanted.remove(block)
        self._wanted.append(block)
        if not self._fetching:
            self._fetch_next()

    def _fetch_next(self) -> None:
        self._fetching = bool(self._wanted)
        if self._wanted:
            block, generation = self._wanted.pop(), self._generation
            keys = self._keys[block * BLOCK : (block + 1) * BLOCK]
            self._fetch(
                keys,
                lambda rows: self._take(generation, block, keys, rows),
                lambda: self._fail(generation, block, len(keys)),
            )

    def _fail(self, generation: int, block: int, size: int) -> None:
        """Ask no more for a block that could not be read, until ``refresh``."""
        if generation == self._generation:
            self._failed.add(block)
            self._tell(block, size)
            self._fetch_next()

    def _tell(self, block: int, size: int) -> None:
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + size - 1, len(self._columns) - 1))

    def _take(self, generation: int, block: int, keys: Sequence[RecordKey], rows: Sequence[Row]) -> None:
        if generation != self._generation:
            return
        found = {row.key: row for row in rows}
        self._blocks[block] = [found.get(key) for key in keys]
        for old in list(self._blocks)[:-KEPT]:
            del self._blocks[old]
        self._tell(block, len(keys))
        self._fetch_next()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words, tone and alignment."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self._columns[index.column()].right
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        row = self.row_at(index.row()) if role in _SHOWN else None
        if row:
            return _SHOWN[role](self._columns[index.column()], row)
        unread = index.row() // BLOCK in self._failed and index.column() == 0
        return texts.UNREAD if unread and role == Qt.ItemDataRole.DisplayRole else None

    def look(self, row: int, column: int) -> tuple[str, str, bool, bool]:
        """Return a cell's words, tone, whether it is missing and whether it stands at the right edge, to paint."""
        found, shown = self.row_at(row), self._columns[column]
        if found is None:
            unread = column == 0 and row // BLOCK in self._failed
            return texts.UNREAD if unread else "", "", False, shown.right
        return shown.show(found), shown.tone(found), shown.is_missing(found), shown.right

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a head, with an arrow where the list is sorted by it."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._head(self._columns[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def _head(self, column: Column) -> str:
        if not self._order or self._order[0] != column.name:
            return column.label
        return (texts.SORTED_DOWN if self._order[1] else texts.SORTED_UP).format(label=column.label)


def _spoken(column: Column, row: Row) -> str:
    return f"{column.label} {column.show(row)}"


_SHOWN: dict[int, Callable[[Column, Row], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.show(row),
    Qt.ItemDataRole.ToolTipRole: lambda column, row: column.show(row),
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    TONE: lambda column, row: column.tone(row),
    MISSING: lambda column, row: column.is_missing(row),
}
