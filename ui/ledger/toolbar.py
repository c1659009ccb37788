"""The search box and filters above a list."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ipdesk.fields import Context, Value
from ipdesk.kinds.declare import Field, Ledger
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import button
from ui.widgets.choice import FilterBox
from ui.widgets.search import SearchBox

GAP = 8
LEAST = 180 + 2 * 12 + 2 * GAP  # what the search box and the margins take at least


class Toolbar(QWidget):
    """Says what to list: words to search for and field values that must match."""

    changed = Signal()

    def __init__(
        self,
        filters: Sequence[Field],
        context: Context,
        hint: str = texts.SEARCH,
        buttons: Sequence[QPushButton] = (),
    ) -> None:
        """Offer a box for each field to filter by; ``hint`` says what can be searched for.

        ``buttons`` stand at the end and never leave.
        """
        super().__init__()
        self._buttons = tuple(buttons)
        self.search = SearchBox(hint, texts.SEARCH_NAME, pause=0)
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(320)
        self.boxes = {field.name: _box(field, context) for field in filters}
        self._ranks = {self.boxes[field.name]: field.column for field in filters}
        self.clear_button = button(common.CLEAR, kind="link")
        self._narrowed = False
        self._lay_out()
        self.search.asked.connect(lambda _words: self._tell())
        for box in self.boxes.values():
            box.currentIndexChanged.connect(lambda _index: self._tell())
        self._tell_state()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(GAP)
        line.addWidget(self.search, 3)
        for box in self.boxes.values():
            line.addWidget(box, 1)
        line.addWidget(self.clear_button)
        line.addStretch(1)
        for made in self._buttons:
            line.addWidget(made)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let filters that do not fit leave, the least important first; one that is set stays."""
        super().resizeEvent(event)
        held = (self.clear_button, *self._buttons)
        room = self.width() - LEAST - sum(made.sizeHint().width() + GAP for made in held) + GAP
        for box in sorted(self.boxes.values(), key=lambda b: (b.code is None, self._ranks[b])):
            room -= box.minimumWidth() + GAP
            box.setVisible(room >= 0 or box.code is not None)

    def _tell(self) -> None:
        self._tell_state()
        self.changed.emit()

    def tell_narrowed(self, narrowed: bool) -> None:
        """Hear whether something else narrows the list, which clearing would clear as well."""
        self._narrowed = narrowed
        self._tell_state()

    def _tell_state(self) -> None:
        self.clear_button.setEnabled(self.is_set or self._narrowed)

    @property
    def is_set(self) -> bool:
        """Tell whether anything narrows the list."""
        return bool(self.words or self.where)

    @property
    def words(self) -> str:
        """Return what is searched for."""
        return self.search.text().strip()

    @property
    def where(self) -> tuple[tuple[str, Value], ...]:
        """Return the field values that must match."""
        return tuple((name, box.code) for name, box in self.boxes.items() if box.code is not None)

    def reset(self) -> None:
        """Search and filter for nothing."""
        self.show_asked("", ())
        self._tell()

    def show_asked(self, words: str, where: Sequence[tuple[str, Value]]) -> None:
        """Show what is searched and filtered for; who asked knows."""
        asked = dict(where)
        self.search.show_words(words)
        for box in self.boxes.values():
            box.blockSignals(True)
        for name, box in self.boxes.items():
            box.setCurrentIndex(max(0, box.findData(asked.get(name))) if asked.get(name) is not None else 0)
        for box in self.boxes.values():
            box.blockSignals(False)
            box.tell_chosen()
        self._tell_state()


def _box(field: Field, context: Context) -> FilterBox:
    box = FilterBox(field.label, field.type.options(context))
    box.setAccessibleName(texts.FILTER_NAME.format(label=field.label))
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    box.setMaximumWidth(150)
    return box


def context_of(ledger: Ledger, unit: str | None) -> Context:
    """Return what codes are offered with: within the unit of a county, all of them in the city."""
    return Context(unit) if unit and ledger.unit_field in ledger.by_name else Context()
