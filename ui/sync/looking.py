"""What files would change, before any of them is taken in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Catalogue
from ipdesk.sync import Preview, Received, RowPreview
from ui.sync.receipts import brings
from ui.texts import common
from ui.texts import sync as texts
from ui.widgets.basic import label
from ui.widgets.listing import Listing, ListingTable

_RECEIPT = ("accepted", "returned", "duplicate", "conflict")
_TONES = {
    "returned": "bad",
    "conflict": "warn",
    "duplicate": "warn",
}


class Looking(QWidget):
    """Shows a trial of taking receipts in: per file what it tells, its records, what is refused."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Begin without files."""
        super().__init__()
        self.catalogue = catalogue
        self.lay_out()

    def lay_out(self) -> None:
        """Put the files above, and what they tell below."""
        self.files = Listing(texts.RECEIPT_HEADS[:-1])
        self.rows, self.refused = Listing(texts.ROWS_HEADS, state=1), Listing(texts.REFUSED_HEADS, state=0)
        self.files_table = ListingTable(
            self.files, texts.LOOK_NAME, (260, 150, 80, 80, 80, 80), empty=texts.LOOK_NONE
        )
        self.files_table.setMaximumHeight(200)
        self.brings = label("", "strong", wrap=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(
            ListingTable(self.rows, texts.ROWS_NAME, (120, 90, 90, 240), wrap=True, empty=texts.ROWS_NONE), ""
        )
        self.tabs.addTab(
            ListingTable(self.refused, texts.REFUSED_NAME, (280,), wrap=True, empty=texts.REFUSED_NONE), ""
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(label(texts.LOOK_TITLE, "lead"))
        lines.addWidget(self.files_table)
        lines.addWidget(self.brings)
        lines.addWidget(self.tabs, 1)

    def show_trial(self, told: Received) -> None:
        """Show what receiving would do."""
        self.files.show([self._file_line(p) for p in told.previews])
        rows = [(p.unit, row) for p in told.previews for row in p.rows]
        tones = {i: _TONES[row.deed] for i, (_, row) in enumerate(rows) if row.deed in _TONES}
        self.rows.show([self._row_line(unit, row) for unit, row in rows], tones)
        self.refused.show(refused_lines(told.refused), dict.fromkeys(range(len(told.refused)), "bad"))
        self.tabs.setTabText(0, texts.TAB_ROWS.format(count=len(rows)))
        self.tabs.setTabText(1, texts.TAB_REFUSED.format(count=len(told.refused)))
        self.tabs.setCurrentIndex(1 if told.refused else 0)
        self.brings.setText(brings([p.carried for p in told.previews if p.carried]))
        self.files_table.setFocus()

    def _file_line(self, preview: Preview) -> tuple[str, ...]:
        sums = [sum(count[deed] for count in preview.counts.values()) for deed in _RECEIPT]
        sums[-1] += (
            preview.conflicts
        )  # those that the receipt brings about here, beside those that the city told of
        return (Path(preview.file).name, str(preview.sequence), *map(str, sums))

    def _row_line(self, unit: str, row: RowPreview) -> tuple[str, ...]:
        changes = "；".join(change_words(*change) for change in row.changes)
        kind = self.catalogue.kind(row.kind).label
        return (unit_label(unit), texts.DEEDS.get(row.deed, row.deed), kind, row.name, changes)


def change_words(named: str, before: str, after: str) -> str:
    """Return how a value changes, as people read it."""
    if not before:
        return texts.TOLD.format(label=named, value=after)
    return texts.CHANGE.format(label=named, before=before, after=after or common.NONE)


def refused_lines(refused: Sequence[tuple[Path, str]]) -> list[tuple[str, str]]:
    """Return the refused files with their reasons."""
    return [(file.name, reason) for file, reason in refused]


def unit_label(unit: str) -> str:
    """Return what people call a unit."""
    return code_table("regions").label(unit)
