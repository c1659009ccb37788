"""The list of a desk: the ring stays on its thing when the list is read anew."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from ui.widgets.basic import shortcut
from ui.widgets.listing import Listing, ListingTable

LAST, SMALLEST = 100, 60  # logical pixels that the last column needs, and may be left with


class DeskTable(ListingTable):
    """Lines of words, each known by a key; says which one the ring moved to and which one is asked for."""

    chosen = Signal()
    opened = Signal()

    def __init__(
        self,
        heads: Sequence[str],
        name: str,
        widths: Sequence[int],
        *,
        state: int = 0,
        wrap: bool = False,
        empty: str = "",
        leaves: Sequence[int] = (),
    ) -> None:
        """Begin without lines; ``state`` is the place of the column that tells a state.

        Where the table is too narrow the columns ``leaves`` leave in this order.
        """
        self.listing = Listing(heads, state)
        super().__init__(self.listing, name, widths, wrap=wrap, empty=empty)
        self._keys: Sequence[str] = ()
        self._widths, self._leaves = tuple(widths), tuple(leaves)
        self._is_filling = False
        self.setColumnWidth(len(heads) - 1, SMALLEST)  # it stretches, but never below what it was given
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        for keys in ("Return", "Enter", "F2"):
            shortcut(self, keys, self.opened.emit)

    def show_lines(
        self, keys: Sequence[str], lines: Sequence[Sequence[str]], tones: Mapping[int, str] | None = None
    ) -> None:
        """Show other lines, the ring staying on its key, else on its row."""
        held, place = self.key, max(0, self.place)
        self._is_filling = True
        self._keys = list(keys)
        self.listing.show(lines, dict(tones or {}))
        if keys:
            self.selectRow(self._keys.index(held) if held in self._keys else min(place, len(keys) - 1))
        self._is_filling = False
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let columns leave where there is no room for them, and come back where there is."""
        super().resizeEvent(event)
        missing = sum(self._widths) + LAST - self.viewport().width()
        for column in self._leaves:
            self.setColumnHidden(column, missing > 0)
            missing -= self._widths[column] if missing > 0 else 0

    def _tell(self) -> None:
        if not self._is_filling:
            self.chosen.emit()

    @property
    def place(self) -> int:
        """Return the row under the ring, -1 for none."""
        return self.currentIndex().row()

    @property
    def key(self) -> str:
        """Return the key of the row under the ring, empty for none."""
        return self._keys[self.place] if 0 <= self.place < len(self._keys) else ""

    def stand(self, key: str) -> bool:
        """Put the ring on a key; tell whether it is there."""
        if key in self._keys:
            self.selectRow(self._keys.index(key))
        return key in self._keys
