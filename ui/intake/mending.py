"""The refused rows, each mended in place: its wrong cells first, what is wrong beside each, then read again."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ipdesk.intake import IntakePlan
from ipdesk.intake.cells import Cell
from ipdesk.intake.rows import Draft
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Problem
from ipdesk.text import mask
from ui.intake.telling import problem_line, words_of
from ui.texts import intake as texts
from ui.widgets.basic import button, in_order, label, line, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.listing import Listing, ListingTable

WIDTHS, PANEL = (76, 48, 132), 330
Place = tuple[str, int, int]


class CellEdit(QLineEdit):
    """One cell of the clerk's sheet as text; a personal one is not shown, but may be written anew."""

    left = Signal()

    def __init__(self, place: Place, cell: Cell, personal: bool) -> None:
        """Show a cell: sheet, row as Excel numbers it, column from 0."""
        super().__init__("" if personal else words_of(cell))
        self.place = place
        if personal and cell is not None:
            self.setPlaceholderText(texts.MEND_HIDDEN.format(shown=mask(words_of(cell), 3, 4)))
        self._before = self.text()

    def event(self, event: QEvent) -> bool:
        """Keep Esc, which leads back to the list here and away from the whole page elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @property
    def is_changed(self) -> bool:
        """Tell whether the cell was mended."""
        return self.text() != self._before


class Mender(QFrame):
    """Edits the cells of one refused row; says what was mended (place → text).

    The cells scroll; the button that reads the row again stays in view below them.
    """

    mended = Signal(object)
    left = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Begin without a row."""
        super().__init__()
        self._ledger = ledger
        self.edits: list[CellEdit] = []
        self.again_button = button(texts.MEND, clicked=self.give)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "card")
        self.setFixedWidth(PANEL)
        lines, foot = QVBoxLayout(self), row(self.again_button)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        foot.setContentsMargins(12, 8, 12, 10)
        lines.addWidget(self.area, 1)
        lines.addWidget(line())
        lines.addLayout(foot)

    def show_row(self, plan: IntakePlan, problems: Sequence[Problem]) -> None:
        """Show the row that problems concern, the wrong cells first."""
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.edits = []
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(12, 10, 12, 10)
        lines.setSpacing(8)
        for part in self._parts(plan, problems):
            lines.addWidget(part)
        self.again_button.setEnabled(bool(self.edits))
        lines.addStretch()
        self.area.setWidget(inner)

    def _parts(self, plan: IntakePlan, problems: Sequence[Problem]) -> Iterator[QWidget]:
        first = problems[0]
        title = texts.MEND_TITLE_SHEET if first.sheet else texts.MEND_TITLE
        yield label(title.format(sheet=first.sheet, row=first.row), "lead", wrap=True)
        columns = columns_of_row(plan, first)
        wrong = [p for p in problems if p.field in columns]
        for problem in problems:
            if problem in wrong:
                yield self._box(plan, problem, columns[problem.field], problem.field, problem.message)
            else:
                yield label(self._without_column(problem), "wrong", wrap=True)
        named = {p.field for p in wrong}
        if columns.keys() - named:
            yield label(texts.MEND_OTHERS, "muted")
        for name, column in sorted(columns.items(), key=lambda held: held[1]):
            if name not in named:
                yield self._box(plan, first, column, name, "")

    def _without_column(self, problem: Problem) -> str:
        field = self._ledger.by_name.get(problem.field)
        told = texts.MEND_NO_COLUMN.format(
            label=field.label if field else problem.field, message=problem.message
        )
        return told if field else problem.message

    def _box(self, plan: IntakePlan, at: Problem, column: int, name: str, message: str) -> Labelled:
        field: Field = self._ledger.field(name)
        sheet = next(s for s in plan.book.sheets if s.name == at.sheet)
        edit = CellEdit((at.sheet, at.row, column), sheet.at(at.row - 1, column), field.personal)
        for keys in ("Return", "Enter"):
            shortcut(edit, keys, lambda: self._go_on(edit))
        edit.left.connect(self.left)
        self.edits.append(edit)
        edit.setProperty("refused", bool(message))
        box = Labelled(field.label, edit)
        box.mark(message)
        return box

    def _go_on(self, edit: CellEdit) -> None:
        """Go to the next wrong cell; from the last one, and from any other cell, read the row again."""
        later = self.edits[self.edits.index(edit) + 1 :]
        onward = [e for e in later if e.property("refused")] if edit.property("refused") else []
        if onward:
            onward[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.give()

    def give(self) -> None:
        """Pass on what was mended, if anything was."""
        told = {edit.place: edit.text() for edit in self.edits if edit.is_changed}
        if told:
            self.mended.emit(told)

    def focus(self) -> None:
        """Put the focus on the first wrong cell."""
        for edit in self.edits[:1]:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.selectAll()
            self.area.ensureWidgetVisible(edit)


class RefusedRows(QWidget):
    """Lists what was refused and why, and lets the row be mended beside it."""

    def __init__(self, ledger: Ledger) -> None:
        """Lay the list and the mender out side by side."""
        super().__init__()
        self._ledger = ledger
        self._plan: IntakePlan | None = None
        self.listing = Listing(texts.REFUSED_HEADS)
        self.table = ListingTable(
            self.listing, texts.REFUSED_NAME, WIDTHS, wrap=True, empty=texts.REFUSED_NONE
        )
        self.mender = Mender(ledger)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._look(now.row()))
        self.table.clicked.connect(lambda _index: self.mender.focus())
        for keys in ("Return", "Enter", "F2"):
            shortcut(self.table, keys, self.mender.focus)
        self.mender.left.connect(self.focus)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addWidget(self.table, 1)
        body.addWidget(self.mender)

    def show_plan(self, plan: IntakePlan) -> None:
        """List what a plan refuses."""
        self._plan = plan
        self.listing.show([problem_line(self._ledger, p) for p in plan.refused])
        self.mender.setVisible(bool(plan.refused))
        if plan.refused:
            self.table.selectRow(0)

    def _look(self, row: int) -> None:
        if self._plan and 0 <= row < len(self._plan.refused):
            chosen = self._plan.refused[row]
            same = [p for p in self._plan.refused if (p.sheet, p.row) == (chosen.sheet, chosen.row)]
            self.mender.show_row(self._plan, [chosen, *(p for p in same if p is not chosen)])
            in_order(self.table, *self.mender.edits, self.mender.again_button)

    def stand(self, sheet: str, row: int) -> bool:
        """Go on after a row was mended: to its next wrong cell, else to the row after it; tell whether one is left."""
        refused = self._plan.refused if self._plan else []
        if not refused:
            return False
        again = next((i for i, p in enumerate(refused) if (p.sheet, p.row) == (sheet, row)), -1)
        after = next((i for i, p in enumerate(refused) if p.sheet == sheet and p.row > row), 0)
        self.table.selectRow(again if again >= 0 else after)
        self.mender.focus()
        return True

    def focus(self) -> None:
        """Put the focus on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def columns_of_row(plan: IntakePlan, problem: Problem) -> dict[str, int]:
    """Return field → column of the row a problem concerns; of two tables side by side, the one it is about."""
    drafts = [d for d in plan.drafts if (d.sheet, d.row) == (problem.sheet, problem.row)]
    found: Draft | None = next(
        (d for d in drafts if problem.field in d.columns), drafts[0] if drafts else None
    )
    return dict(found.columns) if found else {}
