"""Let the clerk point at the row that names the columns, where none was recognised."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from ipdesk.intake import IntakePlan
from ipdesk.intake.cells import Sheet, column_name
from ipdesk.text import quoted
from ui.texts import intake as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.listing import Listing, ListingTable

ROWS, COLUMNS = 40, 30  # of a sheet to look at; heads stand above its rows
NUMBER, LEAST, MOST = 56, 90, 260  # widths in logical pixels


class HeadChooser(QWidget):
    """Shows the beginning of each sheet; says which row (as Excel numbers it) of which sheet names the columns."""

    pointed = Signal(str, int)

    def __init__(self) -> None:
        """Lay the page out; ``show_plan`` fills it."""
        super().__init__()
        self._sheets: list[Sheet] = []
        self.sheet_box = PlainBox()
        self.sheet_box.setAccessibleName(texts.POINT_SHEET)
        self.sheet_box.setMinimumContentsLength(14)
        self.sheet_box.activated.connect(self._show_sheet)
        self.listing = Listing([texts.POINT_ROW, *map(column_name, range(COLUMNS))])
        self.table = ListingTable(self.listing, texts.POINT_NAME, (NUMBER,))
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.doubleClicked.connect(lambda _index: self.point())
        for keys in ("Return", "Enter"):
            shortcut(self.table, keys, self.point)
        self.point_button = button(texts.POINT, kind="primary", clicked=self.point)
        self.words = label("", "body", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.words)
        lines.addLayout(row(self.sheet_box, None))
        lines.addWidget(self.table, 1)

    def show_plan(self, plan: IntakePlan) -> None:
        """Show the sheets of a workbook, the one already pointed at, or refused, first."""
        self._sheets = [sheet for sheet in plan.book.sheets if sheet.rows and not sheet.hidden]
        self.words.setText(texts.POINT_TEXT)
        self.sheet_box.clear()
        self.sheet_box.addItems([sheet.name for sheet in self._sheets])
        self.sheet_box.setVisible(len(self._sheets) > 1)
        wanted = next(iter(plan.heads), next((p.sheet for p in plan.refused), ""))
        place = max(self.sheet_box.findText(wanted), 0)
        self.sheet_box.setCurrentIndex(place)
        self._show_sheet(place)

    def _show_sheet(self, place: int) -> None:
        cells = [_line(number, row) for number, row in enumerate(self._sheets[place].rows[:ROWS], 1)]
        self.listing.show(cells)
        width = 1 + min(self._sheets[place].width, COLUMNS)
        for column in range(COLUMNS + 1):
            self.table.setColumnHidden(column, column >= width)
        self.table.fit(1, LEAST, MOST)
        fullest = max(range(len(cells)), key=lambda i: sum(map(bool, cells[i])), default=0)
        self.table.selectRow(fullest)

    def focus(self) -> None:
        """Put the focus on the rows."""
        self.table.setFocus()

    def point(self) -> None:
        """Take the chosen row for the one that names the columns."""
        chosen = self.table.currentIndex().row()
        if chosen >= 0:
            self.pointed.emit(self._sheets[self.sheet_box.currentIndex()].name, chosen + 1)


def _line(number: int, cells: tuple[object, ...]) -> list[str]:
    shown = ["" if cell is None else quoted(str(cell)) for cell in cells[:COLUMNS]]
    return [str(number), *shown, *[""] * (COLUMNS - len(shown))]
