"""A section of a form: a head that folds it, short fields two abreast; built when first unfolded."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ipdesk.kinds.declare import Field
from ui.form.field import FieldBox, is_short
from ui.icons import icon
from ui.texts import ledger as texts
from ui.widgets.basic import button


class Section(QWidget):
    """Some fields under a common head."""

    built = Signal()

    def __init__(self, name: str, fields: Sequence[Field], make: Callable[[Field], FieldBox]) -> None:
        """Begin folded; ``make`` makes the box of a field and fills it."""
        super().__init__()
        self.name, self.fields, self._make = name, fields, make
        self.boxes: dict[str, FieldBox] = {}
        self.head = button(name, kind="section", clicked=self.toggle)
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed on a heading would be lost
        self._body = QWidget()
        self._body.hide()
        self._lines = lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self.head)
        lines.addWidget(self._body)
        self._lead: QWidget | None = None
        self._part: QWidget | None = None
        self._lead_stops: tuple[QWidget, ...] = ()
        self._tell_folded()

    def lead_in(self, part: QWidget, stops: Sequence[QWidget] = ()) -> None:
        """Put something of its own above the fields; Tab stops in it where told."""
        self._lead_stops = tuple(stops)
        self._lead, self._part = QWidget(), part
        inner = QVBoxLayout(self._lead)
        inner.setContentsMargins(0, 0, 0, 3)
        inner.addWidget(part)
        self._lines.insertWidget(1, self._lead)
        part.installEventFilter(self)
        self._show_lead()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave no gap where what stands above the fields has nothing to say."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_lead()
        return super().eventFilter(watched, event)

    def _show_lead(self) -> None:
        if self._lead and self._part:
            self._lead.setVisible(self.is_open and not self._part.isHidden())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops while it is open."""
        boxes = (box for box in self.boxes.values() if not box.isHidden())
        return (*self._lead_stops, *(stop for box in boxes for stop in box.stops))

    @property
    def is_open(self) -> bool:
        """Tell whether its fields show."""
        return not self._body.isHidden()

    def toggle(self) -> None:
        """Fold or unfold."""
        self.fold() if self.is_open else self.unfold()

    def fold(self) -> None:
        """Hide the fields."""
        self._body.hide()
        self._tell_folded()

    def unfold(self) -> None:
        """Show the fields, making them the first time."""
        if not self.boxes:
            self._build()
            self.built.emit()
        self._body.show()
        self._tell_folded()

    def _tell_folded(self) -> None:
        self._show_lead()
        self.head.setIcon(icon("chevron-down", "muted", 14, 0 if self.is_open else -90))

    def tell_filled(self, filled: int) -> None:
        """Say in the head how many fields say something."""
        told = texts.SECTION_FILLED.format(name=self.name, filled=filled, all=len(self.fields))
        self.head.setText(f" {told if filled else self.name}")
        self.head.setAccessibleName(told)

    def _build(self) -> None:
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for field in self.fields:
            box = self.boxes[field.name] = self._make(field)
            short = is_short(field)
            if column and not short:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 1 if short else 2, Qt.AlignmentFlag.AlignTop)
            row, column = (row, 1) if short and not column else (row + 1, 0)
