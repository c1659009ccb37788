"""The records behind a figure: those that could not be counted first, each one key from its form."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.plan.overview import Named, unit_name
from ui.texts import common
from ui.texts import overview as texts
from ui.widgets.basic import label, shortcut
from ui.widgets.listing import Listing, ListingTable

WIDTHS = (70, 200, 76)


class Records(QWidget):
    """Lists the records behind what is chosen; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self) -> None:
        """Begin with nothing listed."""
        super().__init__()
        self.told: Sequence[Named] = ()
        self.title, self.model = label("", "label"), Listing(texts.RECORD_HEADS, state=0)
        self.table = ListingTable(self.model, texts.RECORDS_TABLE, WIDTHS, empty=texts.NO_RECORDS)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.title)
        lines.addWidget(self.table, 1)
        self.table.doubleClicked.connect(self._open_at)
        for keys in ("Return", "Enter", "F2"):
            shortcut(self.table, keys, self.open)

    def show_records(self, title: str, told: Sequence[Named], empty: str = texts.NO_RECORDS) -> None:
        """List other records; ``empty`` is said where there are none."""
        self.told, self.table.empty = told, empty
        self.title.setText(title)
        self.model.show(
            [_cells(one) for one in told],
            {place: "good" if one.counts else "warn" for place, one in enumerate(told)},
        )
        if told:
            self.table.selectRow(0)

    def _open_at(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self.open()

    def open(self) -> None:
        """Ask for the record under the ring."""
        place = self.table.currentIndex().row()
        record = self.told[place].record if 0 <= place < len(self.told) else None
        if record:
            self.record_asked.emit(record.ledger, record.key)


def _cells(one: Named) -> tuple[str, ...]:
    name = one.record.name if one.record else ""
    unit = unit_name(one.unit) if one.unit else ""
    return (texts.COUNTED if one.counts else texts.UNCLEAR, name or common.NONE, unit, one.said)
