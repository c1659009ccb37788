"""The columns of a sheet beside the fields they are taken for, to be confirmed or changed."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipdesk.intake import ColumnMatch, IntakePlan
from ipdesk.kinds.declare import Ledger
from ui.intake.telling import label_of, readings
from ui.texts import intake as texts
from ui.widgets.basic import button, label
from ui.widgets.choice import ChoiceBox, Option

NOWHERE = ""


class ColumnList(QScrollArea):
    """Says which head the clerk gave to which field (``None``: left out)."""

    decided = Signal(str, object)

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger whose fields are offered."""
        super().__init__()
        self._ledger = ledger
        self._options = _options(ledger)
        self.boxes: dict[str, ChoiceBox] = {}
        self.open_boxes: list[ChoiceBox] = []
        self.stops: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_plan(self, plan: IntakePlan) -> None:
        """Show the columns of every table, doubtful ones first."""
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.boxes.clear()
        self.open_boxes, parts = [], list[QWidget]()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(12, 10, 12, 10)
        lines.setSpacing(8)
        lines.addWidget(label(texts.COLUMNS_TEXT, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, column in enumerate(
            sorted(columns_of(plan), key=lambda c: state(c, self._ledger) not in _OPEN)
        ):
            parts += self._add(grid, place, column, readings(plan, column))
        lines.addLayout(grid)
        lines.addStretch()
        self.setWidget(inner)
        self.stops = [part for part in parts if part.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def _add(
        self, grid: QGridLayout, place: int, column: ColumnMatch, read: Sequence[str]
    ) -> tuple[QWidget, QWidget]:
        head = column.head or texts.NO_HEAD.format(index=column.index + 1)
        samples = "；".join(read)
        name = label(head, "strong")
        example = label(texts.SAMPLES.format(samples=samples) if samples else "", "small")
        example.setToolTip(samples)
        example.setMinimumWidth(40)
        box, mark = self._box(column), self._mark(column)
        for place_in_row, part in enumerate((name, example, box, mark)):
            grid.addWidget(part, place, place_in_row)
        return box, mark

    def _box(self, column: ColumnMatch) -> ChoiceBox:
        box = ChoiceBox(self._options_of(column))
        box.setAccessibleName(texts.COLUMN_NAME.format(head=column.head))
        box.setFixedWidth(230)
        box.set_code(column.taken or NOWHERE)
        box.activated.connect(lambda _index, head=column.head, made=box: self._decide(head, made))
        box.left.connect(lambda head=column.head, made=box: self._decide(head, made))
        box.line.returnPressed.connect(lambda: self._confirm(column.head, box))
        if state(column, self._ledger) in _OPEN:
            self.open_boxes.append(box)
        box.setEnabled(bool(column.head))
        self.boxes[column.head] = box
        box.setProperty("held", box.entry)
        return box

    def _options_of(self, column: ColumnMatch) -> list[Option]:
        """Name both fields of a column whose cells hold two values, under the first."""
        both = {column.field: label_of(column, self._ledger)} if column.pair else {}
        return [(code, both.get(code, label)) for code, label in self._options]

    def _decide(self, head: str, box: ChoiceBox) -> None:
        """Pass a decision on once it names a field and differs from what holds."""
        known = {code for code, _ in self._options}
        if box.entry not in known:
            box.set_code(str(box.property("held")))
        elif box.entry != box.property("held"):
            box.setProperty("held", box.entry)
            self.decided.emit(head, box.entry or None)

    def _confirm(self, head: str, box: ChoiceBox) -> None:
        """Pass on what Enter confirms: of a column that waits for a word, leaving it out as well."""
        if box in self.open_boxes and not box.entry:
            self.open_boxes.remove(box)
            self.decided.emit(head, None)
        else:
            self._decide(head, box)

    def _mark(self, column: ColumnMatch) -> QWidget:
        told = state(column, self._ledger)
        if told != texts.DOUBTFUL or not column.field:
            return _state_label(told)
        proposed = self._ledger.by_name[column.field]
        words = texts.TAKE.format(label=proposed.label)
        return button(words, kind="plain", clicked=lambda: self.decided.emit(column.head, column.field))


_OPEN = (texts.DOUBTFUL, texts.UNKNOWN)
_ROLES = {texts.CERTAIN: "good", texts.DOUBTFUL: "remind", texts.UNKNOWN: "remind"}


def _state_label(told: str) -> QLabel:
    return label(told, _ROLES.get(told, "small"))


def state(column: ColumnMatch, ledger: Ledger) -> str:
    """Return what is known of a column, in a word."""
    if column.field and column.field not in ledger.by_name:
        return texts.IGNORED
    if column.taken:
        return texts.CERTAIN
    return texts.DOUBTFUL if column.field else texts.LEFT_OUT if column.certain else texts.UNKNOWN


def columns_of(plan: IntakePlan) -> Iterator[ColumnMatch]:
    """Yield the columns of all tables, each head once; columns without any cell are passed over."""
    seen: set[str] = set()
    for sheet in plan.sheets:
        for column in sheet.columns:
            if column.head not in seen and (column.taken or column.samples):
                seen.add(column.head)
                yield column


def doubtful(plan: IntakePlan) -> Sequence[ColumnMatch]:
    """Return the columns that wait for a word of the clerk."""
    return [c for c in columns_of(plan) if state(c, plan.ledger) in _OPEN]


def _options(ledger: Ledger) -> list[Option]:
    ignored = [(name, heads[0]) for name, heads in ledger.ignored.items()]
    return [(NOWHERE, texts.LEFT_OUT), *((f.sheet_name, f.label) for f in ledger.fields), *ignored]
