"""One conflict beside the list: base and both values with who and when, and what is decided."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ipdesk.fields import Context
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.corrections import Correction
from ipdesk.sync.decided import Conflict
from ui.desks.panel import SidePanel
from ui.desks.words import life_words, unit_words, value_words, when
from ui.form.editors import AnyEditor, editor_for
from ui.texts import conflicts as texts
from ui.texts import desks
from ui.widgets.basic import button, label, radio, restyle, row, shortcut, warned

BELOW = 30  # logical pixels from the edge to the word of a choice


class ConflictPanel(SidePanel):
    """Shows a conflict; says what is decided (conflict, choice, reason)."""

    decided = Signal(object, str, str)

    def __init__(self) -> None:
        """Lay the panel out, empty."""
        super().__init__(texts.PANEL, texts.PANEL_NONE)
        self.item: Conflict | None = None
        self.whose, self.base = label("", "small", wrap=True), _value(texts.BASE)
        self.ours, self.theirs = radio(texts.OURS), radio(texts.THEIRS)
        self.other = radio(texts.VALUE)
        self.ours_value, self.theirs_value = _value(texts.OURS), _value(texts.THEIRS)
        self.ours_who, self.theirs_who = label("", "small", wrap=True), label("", "small", wrap=True)
        self._make_choice()
        self.editor: AnyEditor | None = None
        self._place = QVBoxLayout()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(texts.REASON_HINT)
        self.reason.setAccessibleName(desks.REASON)
        self.reason.returnPressed.connect(self._go_to_button)
        self.wrong = label("", "wrong", wrap=True)
        self.verdict, self.fate = label("", "strong", wrap=True), label("", "small", wrap=True)
        self.correction_button = button(texts.SEE_CORRECTION, kind="link")
        self.record_button = button(desks.OPEN_RECORD, kind="link")
        self.decide_button = button(texts.DECIDE, kind="primary", clicked=self.ask, hint="Ctrl+Enter")
        self._fill()
        shortcut(self, "Esc", self.left.emit)

    def _make_choice(self) -> None:
        self.choices = {"ours": self.ours, "theirs": self.theirs, "value": self.other}
        self._group = QButtonGroup(self)
        for made in self.choices.values():
            self._group.addButton(made)
            made.toggled.connect(lambda _on: self._tell_choice())
            for keys in ("Return", "Enter"):
                shortcut(made, keys, partial(self._take, made))

    def _fill(self) -> None:
        self._deciding = QWidget()
        choose = QVBoxLayout(self._deciding)
        choose.setContentsMargins(0, 0, 0, 0)
        choose.setSpacing(3)
        choose.addWidget(self.ours)
        choose.addLayout(_below(self.ours_value, self.ours_who))
        choose.addWidget(self.theirs)
        choose.addLayout(_below(self.theirs_value, self.theirs_who))
        choose.addWidget(self.other)
        choose.addLayout(self._place)
        self._place.setContentsMargins(BELOW, 0, 0, 6)
        choose.addWidget(label(desks.REASON, "label"))
        choose.addWidget(self.reason)
        choose.addWidget(self.wrong)
        self._closed = QWidget()
        closed = QVBoxLayout(self._closed)
        closed.setContentsMargins(0, 0, 0, 0)
        for part in (label(texts.VERDICT, "label"), self.verdict, self.fate):
            closed.addWidget(part)
        closed.addLayout(row(self.correction_button, None))
        self.put(self.whose, self._closed, label(texts.BASE, "label"), self.base, self._deciding)
        self.put_below(self.record_button, None, self.decide_button)
        self.show_item(None, None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, as far as it does not depend on the field."""
        return (self.ours, self.theirs, self.other, self.reason, self.record_button, self.decide_button)

    # ------------------------------------------------------------ showing
    def show_item(self, conflict: Conflict | None, correction: Correction | None) -> None:
        """Show a conflict, with what became of the correction it led to; what was begun on another goes."""
        if conflict and conflict == self.item:
            self._tell_fate(conflict, correction)
            return
        self.item = conflict
        self.show_name(conflict.name if conflict else "", conflict.message if conflict else "")
        if conflict:
            self._show(conflict)
            self._tell_fate(conflict, correction)

    def _show(self, conflict: Conflict) -> None:
        unit, row_ = unit_words(conflict.unit), conflict.row
        self.whose.setText(texts.WHOSE.format(unit=unit, kind=conflict.kind.label, field=conflict.label))
        known = row_.get("base") is not None
        self.base.setText(value_words(conflict.shown(conflict.base)) if known else texts.BASE_UNKNOWN)
        sides = (
            (self.ours, self.ours_value, self.ours_who, conflict.ours, "held", conflict.ours_at),
            (self.theirs, self.theirs_value, self.theirs_who, conflict.theirs, "other", conflict.theirs_at),
        )
        for choice, shown, who, value, side, at in sides:
            words = value_words(conflict.shown(value))
            shown.setText(words)
            choice.setAccessibleName(f"{choice.text()}“{words}”")
            life = life_words(str(row_.get(f"{side}_version") or ""))
            who.setText(texts.WROTE.format(unit=unit, life=life, at=when(at)))
        is_open = conflict.state == OPEN
        self._deciding.setVisible(True)
        self._offer(conflict, is_open=is_open)
        self._closed.setVisible(not is_open)
        self.decide_button.setVisible(is_open)

    def _offer(self, conflict: Conflict, *, is_open: bool) -> None:
        """Begin to decide anew: nothing is chosen beforehand, for that would be half a decision."""
        self._group.setExclusive(False)
        for name, made in self.choices.items():
            made.setChecked(name == conflict.state)
            made.setEnabled(is_open)
        self._group.setExclusive(True)
        self.reason.setText(conflict.reason)
        self.reason.setReadOnly(not is_open)
        self._make_editor(conflict, is_open=is_open)
        self._tell_choice()

    def _make_editor(self, conflict: Conflict, *, is_open: bool) -> None:
        if self.editor:
            self._place.removeWidget(self.editor.widget)
            self.editor.widget.hide()
            self.editor.widget.deleteLater()
        self.editor = editor_for(conflict.type, Context(conflict.unit))
        self.editor.widget.setAccessibleName(texts.VALUE_NAME)
        self.editor.edited.connect(lambda: self.wrong.setText(""))
        self.editor.entered.connect(lambda: self.reason.setFocus(Qt.FocusReason.TabFocusReason))
        self.other.setVisible(is_open)
        self._place.addWidget(self.editor.widget)
        QWidget.setTabOrder(self.other, self.editor.widget)
        QWidget.setTabOrder(self.editor.widget, self.reason)

    def _tell_fate(self, conflict: Conflict, correction: Correction | None) -> None:
        self.verdict.setText(value_words(conflict.shown(conflict.decision)))
        by = texts.BY.format(by=conflict.decided_by, at=when(conflict.decided_at))
        self.fate.setText(f"{by}\n{_fate(correction)}")
        self.correction_button.setVisible(correction is not None)

    # ------------------------------------------------------------ deciding
    def enter(self) -> None:
        """Go on from the list to what can be chosen."""
        chosen = next((made for made in self.choices.values() if made.isChecked()), self.ours)
        if self.item:
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, choice: str) -> None:
        """Choose "ours", "theirs" or "value" and go on."""
        if self.item and self.item.state == OPEN:
            self._take(self.choices[choice])

    def _take(self, made: QRadioButton) -> None:
        made.setChecked(True)
        editor = self.editor.widget if self.editor and made is self.other else self.reason
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.reason))

    def _tell_choice(self) -> None:
        if self.editor:
            self.editor.widget.setVisible(self.other.isChecked() and not self.other.isHidden())
        self.wrong.setText("")
        self.wrong.hide()
        restyle(self.reason, wrong=False)
        self.decide_button.setEnabled(any(made.isChecked() for made in self.choices.values()))

    def _go_to_button(self) -> None:
        if self.decide_button.isEnabled():
            self.decide_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.ask()

    def ask(self) -> None:
        """Say what is decided, or that nothing is chosen yet."""
        chosen = next((name for name, made in self.choices.items() if made.isChecked()), "")
        if self.item is None or self.item.state != OPEN:
            return
        if not chosen:
            self.refuse(texts.NO_CHOICE)
            self.ours.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        entry = self.editor.entry if self.editor and chosen == "value" else chosen
        self.decided.emit(self.item, entry, self.reason.text())

    def hold(self, *, held: bool) -> None:
        """Let nothing be decided twice while it is being written."""
        self.decide_button.setEnabled(not held)

    def refuse(self, words: str) -> bool:
        """Say why it was not decided."""
        self.wrong.setText(warned(words))
        self.wrong.show()
        return True


def _value(name: str) -> QLabel:
    made = label("", "strong", wrap=True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _below(*parts: QWidget) -> QVBoxLayout:
    """Return parts that stand below a choice, in line with its word."""
    lines = QVBoxLayout()
    lines.setContentsMargins(BELOW, 0, 0, 6)
    lines.setSpacing(2)
    for part in parts:
        lines.addWidget(part)
    return lines


def _fate(correction: Correction | None) -> str:
    if correction is None:
        return texts.FATE_NONE
    return texts.FATE[correction.state].format(answer=correction.answer or texts.NO_ANSWER)
