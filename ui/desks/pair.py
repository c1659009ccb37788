"""One pair beside the list: why it is suspected, and what is decided of it."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ipdesk.fields import Value
from ipdesk.kinds.declare import Field
from ipdesk.sync.pairs import OPEN, Pair
from ui.desks.panel import SidePanel
from ui.desks.words import unit_words, when
from ui.texts import desks
from ui.texts import duplicates as texts
from ui.widgets.basic import button, clear, label, radio, shortcut, warned


def compared(pair: Pair) -> list[tuple[str, ...]]:
    """Return both records field by field, as anyone may read them; whether they differ is seen on the full values."""
    links = pair.kind.references
    return list(_compared(pair, [field for field in pair.kind.fields if field not in links]))


def _compared(pair: Pair, fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    for field in fields:
        one, other = pair.first.values.get(field.name), pair.second.values.get(field.name)
        if one is not None or other is not None:
            shown = [field.type.show(field.type.mask(value)) for value in (one, other)]
            yield (_difference(one, other), field.label, *shown)


def _difference(one: Value, other: Value) -> str:
    if one is None or other is None:
        return texts.ONE_SIDE
    return texts.SAME_VALUE if one == other else texts.DIFFERENT_VALUE


class PairPanel(SidePanel):
    """Shows a pair; says what is decided (pair, outcome, unit awarded, reason)."""

    decided = Signal(object, str, str, str)

    def __init__(self) -> None:
        """Lay the panel out, empty."""
        super().__init__(texts.PANEL, texts.PANEL_NONE)
        self.item: Pair | None = None
        self.why, self.score = label("", "body", wrap=True), label("", "small")
        self.same, self.different = radio(texts.SAME), radio(texts.DIFFERENT)
        self.choices = {"same": self.same, "different": self.different}
        self._group, self._unit_group = QButtonGroup(self), QButtonGroup(self)
        for made in self.choices.values():
            self._bind(self._group, made)
        self.units: dict[str, QRadioButton] = {}
        self._belongs = QWidget()
        self._unit_lines = QVBoxLayout()
        self._lay_belongs()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(texts.REASON_HINT)
        self.reason.setAccessibleName(desks.REASON)
        self.reason.returnPressed.connect(self._go_to_button)
        self.wrong, self.by = label("", "wrong", wrap=True), label("", "small", wrap=True)
        self.first_button = button(texts.FIRST, kind="link")
        self.second_button = button(texts.SECOND, kind="link")
        self.decide_button = button(texts.DECIDE, kind="primary", clicked=self.ask, hint="Ctrl+Enter")
        head = label(desks.REASON, "label")
        parts = (self.why, self.score, self.same, self._belongs, self.different, head, self.reason)
        self.put(*parts, self.wrong, self.by)
        self.put_below(self.first_button, self.second_button, None, self.decide_button)
        shortcut(self, "Esc", self.left.emit)
        self.show_item(None)

    def _bind(self, group: QButtonGroup, made: QRadioButton) -> None:
        group.addButton(made)
        made.toggled.connect(lambda _on: self._tell_choice())
        for keys in ("Return", "Enter"):
            shortcut(made, keys, partial(self._take, made))

    def _lay_belongs(self) -> None:
        lines = QVBoxLayout(self._belongs)
        lines.setContentsMargins(24, 0, 0, 4)
        lines.setSpacing(0)
        self._unit_lines.setSpacing(0)
        lines.addWidget(label(texts.BELONGS, "label"))
        lines.addLayout(self._unit_lines)
        lines.addWidget(label(texts.BELONGS_HELP, "small", wrap=True))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, as far as it does not depend on the pair."""
        buttons = (self.first_button, self.second_button, self.decide_button)
        return (self.same, self.different, self.reason, *buttons)

    # ------------------------------------------------------------ showing
    def show_item(self, pair: Pair | None) -> None:
        """Show a pair; what was begun on another goes."""
        if pair and pair == self.item:
            return
        self.item = pair
        names = dict.fromkeys((pair.first_name, pair.second_name)) if pair else {}
        self.show_name(" ／ ".join(names))
        if pair:
            self._show(pair)

    def _show(self, pair: Pair) -> None:
        self.why.setText(pair.why)
        self.score.setText(texts.SCORE.format(score=pair.score))
        self._offer_units(pair)
        self._group.setExclusive(False)
        for name, made in self.choices.items():
            made.setChecked(name == pair.state)
        self._group.setExclusive(True)
        self.reason.setText(pair.reason)
        self.by.setText(texts.BY.format(by=pair.decided_by, at=when(pair.decided_at)))
        self.by.setVisible(pair.state != OPEN)
        words = texts.DECIDE if pair.state == OPEN else texts.DECIDE_AGAIN
        self.decide_button.setText(words)
        self.decide_button.setAccessibleName(words)
        self._tell_choice()

    def _offer_units(self, pair: Pair) -> None:
        clear(self._unit_lines)
        for made in self.units.values():
            self._unit_group.removeButton(made)
        self.units = {}
        before: QWidget = self.same
        for unit in pair.units if pair.needs_unit else ():
            made = radio(texts.BELONGS_TO.format(unit=unit_words(unit)))
            self._bind(self._unit_group, made)
            made.setChecked(unit == pair.owner)
            self.units[unit] = made
            self._unit_lines.addWidget(made)
            QWidget.setTabOrder(before, made)
            before = made
        QWidget.setTabOrder(before, self.different)

    def _tell_choice(self) -> None:
        self._belongs.setVisible(bool(self.units) and self.same.isChecked())
        self.wrong.setText("")
        self.wrong.hide()
        self.decide_button.setEnabled(bool(self.outcome))

    @property
    def outcome(self) -> str:
        """Return what is chosen: same, different or nothing."""
        return next((name for name, made in self.choices.items() if made.isChecked()), "")

    @property
    def unit(self) -> str:
        """Return whose it is, where that is to be said."""
        chosen = next((unit for unit, made in self.units.items() if made.isChecked()), "")
        return chosen if self.same.isChecked() else ""

    # ------------------------------------------------------------ deciding
    def enter(self) -> None:
        """Go on from the list to what can be chosen."""
        if self.item:
            self.choices.get(self.outcome, self.same).setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, choice: str) -> None:
        """Choose "same" or "different" and go on."""
        if self.item:
            self._take(self.choices[choice])

    def _take(self, made: QRadioButton) -> None:
        made.setChecked(True)
        asks = made is self.same and self.units
        after = next(iter(self.units.values())) if asks else self.reason
        after.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_button(self) -> None:
        if self.decide_button.isEnabled():
            self.decide_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.ask()

    def ask(self) -> None:
        """Say what is decided, or what is not chosen yet."""
        if self.item is None:
            return
        if not self.outcome:
            self.refuse(texts.NO_CHOICE)
        elif self.units and self.same.isChecked() and not self.unit:
            self.refuse(texts.NO_UNIT)
            next(iter(self.units.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.decided.emit(self.item, self.outcome, self.unit, self.reason.text())

    def hold(self, *, held: bool) -> None:
        """Let nothing be decided twice while it is being written."""
        self.decide_button.setEnabled(not held)

    def refuse(self, words: str) -> bool:
        """Say why it was not decided."""
        self.wrong.setText(warned(words))
        self.wrong.show()
        return True
