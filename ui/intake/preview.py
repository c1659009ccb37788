"""The preview of an intake: counts, refused rows, columns, rows, remarks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ipdesk.intake import IntakePlan, lacking, unknown_words
from ipdesk.kinds.declare import Ledger
from ui.intake.columns import ColumnList, columns_of, doubtful
from ui.intake.mending import RefusedRows
from ui.intake.original import Original
from ui.intake.sharing import SharedFields
from ui.intake.telling import refused_rows, remark_lines, row_lines
from ui.intake.words import WordList
from ui.texts import intake as texts
from ui.widgets.basic import in_order
from ui.widgets.figure import Figure
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice

PLACE = (90, 56, 150)


class Preview(QWidget):
    """Shows what a plan would do; nothing is written by looking."""

    def __init__(self, ledger: Ledger, unit: str | None = None) -> None:
        """Lay the preview out for a ledger's sheets; words are taken within a county's unit."""
        super().__init__()
        self._ledger = ledger
        self.figures = {
            "added": Figure(texts.ADDED, texts.ROWS, "good"),
            "updated": Figure(texts.UPDATED, texts.ROWS, "busy"),
            "unchanged": Figure(texts.UNCHANGED, texts.ROWS, ""),
            "refused": Figure(texts.REFUSED, texts.ROWS, "bad"),
        }
        self.notice = Notice()
        self.rows = Listing(texts.ROWS_HEADS, state=1)
        self.refusals, self.original, self.sharing = RefusedRows(ledger), Original(ledger), SharedFields()
        self.refused = self.refusals.listing
        self.remarks = Listing(texts.REMARKS_HEADS)
        self.columns, self.words = ColumnList(ledger), WordList(unit)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget in (
            ListingTable(self.rows, texts.ROWS_NAME, (60, 76, 250), empty=texts.ROWS_NONE),
            self.refusals,
            self.columns,
            self.words,
            ListingTable(self.remarks, texts.REMARKS_NAME, PLACE, wrap=True, empty=texts.REMARKS_NONE),
            self.original,
        ):
            self.tabs.addTab(widget, "")
        self._lay_out()

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(12)
        for figure in self.figures.values():
            counts.addWidget(figure, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addLayout(counts)
        lines.addWidget(self.notice)
        lines.addWidget(self.sharing)
        lines.addWidget(self.tabs, 1)

    def show_plan(self, plan: IntakePlan, *, turn: bool = True) -> None:
        """Show a plan; ``turn`` brings what needs the clerk to the front."""
        counts: dict[str, int] = {name: count for name, count in plan.counts.items()}
        counts["refused"] = refused_rows(plan)
        for name, figure in self.figures.items():
            figure.tell(counts.get(name, 0))
        self.rows.show(*row_lines(plan))
        self.refusals.show_plan(plan)
        self.original.show_plan(plan)
        self.sharing.show_lacking(lacking(plan))
        self.remarks.show(remark_lines(plan))
        self.columns.show_plan(plan)
        words = unknown_words(plan)
        self.words.show_words(words)
        in_order(self.tabs.tabBar(), *self.columns.stops, *self.words.boxes)
        self._name_tabs(plan, len(words))
        if turn:
            place = 2 if doubtful(plan) else 3 if words else 1 if plan.refused else 0
            self.tabs.setCurrentIndex(place)

    def _name_tabs(self, plan: IntakePlan, words: int) -> None:
        open_ones, columns = len(doubtful(plan)), len(list(columns_of(plan)))
        self.notice.tell(texts.NOTE_DOUBT.format(count=open_ones) if open_ones else "", "warn")
        told = (
            texts.TAB_COLUMNS_DOUBT.format(count=open_ones)
            if open_ones
            else texts.TAB_COLUMNS.format(count=columns)
        )
        names = (
            texts.TAB_ROWS.format(count=len(plan.rows)),
            texts.TAB_REFUSED.format(count=len({(p.sheet, p.row) for p in plan.refused})),
            told,
            texts.TAB_WORDS.format(count=words),
            texts.TAB_REMARKS.format(count=len(self.remarks.rows)),
            texts.TAB_SHEET,
        )
        for place, name in enumerate(names):
            self.tabs.setTabText(place, name)
        self.tabs.setTabVisible(3, bool(words))

    def go_on(self) -> bool:
        """Put the focus on what next waits for an answer in the list in front, if anything does."""
        front = self.tabs.currentWidget()
        waiting = (
            self.columns.open_boxes
            if front is self.columns
            else self.words.boxes
            if front is self.words
            else []
        )
        for box in waiting[:1]:
            box.setFocus(Qt.FocusReason.TabFocusReason)
        return bool(waiting)

    def focus(self) -> None:
        """Put the focus on what waits for an answer, else on what is in front."""
        if self.sharing.open:
            self.sharing.focus()
        else:
            self.tabs.tabBar().setFocus()
