"""One field of a form: label, editor, and below it what is wrong in the same words as in the summary."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.fields import Coded, Codes, Context, Text, Uscc, Value
from ipdesk.kinds.declare import Field
from ipdesk.problems import ValueProblem
from ui.dialogs import Dialogs
from ui.form.editors import editor_for
from ui.form.several import SeveralBox
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import button, label, restyle, warned
from ui.widgets.choice import ChoiceBox

SHORT = 150
LONGEST_CHOICE = 12
LONGEST_LABEL = 24  # half-width letters that stand above half a form


def is_short(field: Field) -> bool:
    """Tell whether two such fields stand side by side."""
    kind = field.type
    if sum(1 if letter.isascii() else 2 for letter in field.label) > LONGEST_LABEL:
        return False
    if isinstance(kind, Coded):
        return max((len(name) for _, name in kind.options()), default=0) <= LONGEST_CHOICE
    if isinstance(kind, (Uscc, Codes)) or (isinstance(kind, Text) and kind.long):
        return False
    return field.width < SHORT


class FieldBox(QWidget):
    """Edits one declared field of a record."""

    edited = Signal()
    checked = Signal()
    entered = Signal()
    reveal_asked = Signal(object)

    def __init__(self, field: Field, context: Context) -> None:
        """Make the editor that fits the field's type."""
        super().__init__()
        self.field, self._context = field, context
        self.editor = editor_for(field.type, context)
        self._value: Value = None
        self._hidden = self._locked = self._held = False
        self._barred = ""
        self._doubt = ""
        self.message, self._message_tone = "", ""
        self._make_labels()
        self._lay_out()
        self.editor.edited.connect(self._edit)
        self.editor.left.connect(self._leave)
        self.editor.entered.connect(self.entered)

    def _make_labels(self) -> None:
        self._label = label(self.field.label, "label")
        self._label.setBuddy(self.editor.widget)
        self._star = label("*", "wrong")
        self._to_fill = label(common.TO_FILL, "remind")
        self._reveal = button(texts.REVEAL, kind="reveal", clicked=lambda: self.reveal_asked.emit(self))
        self._reveal.setFixedHeight(
            self._label.sizeHint().height()
        )  # or the field stands lower than its neighbour
        self._reveal.setToolTip(texts.REVEAL_HELP)
        self._reveal.setAccessibleName(f"{texts.REVEAL}{self.field.label}")
        self._whole = label("", "small", wrap=True)
        self._whole.hide()
        self._below = label("", "wrong", wrap=True)
        self._below.hide()
        self._to_fill.hide()
        self._reveal.hide()
        required = texts.MARK_REQUIRED if self.field.required else "{label}"
        self.editor.widget.setAccessibleName(required.format(label=self.field.label))
        if self.field.help:
            self.editor.widget.setToolTip(self.field.help)
            self._label.setToolTip(self.field.help)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        for part in (self._label, self._star, self._to_fill):
            head.addWidget(part)
        head.addStretch()
        head.addWidget(self._reveal)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(3)
        lines.addLayout(head)
        lines.addWidget(self.editor.widget)
        lines.addWidget(self._whole)
        lines.addWidget(self._below)
        lines.addStretch()
        self._star.setVisible(
            self.field.required
        )  # not before it has a parent, or it is a window for a moment
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_value(self, value: Value, *, hidden: bool = False, locked: bool = False) -> None:
        """Show a stored value; a personal one stays hidden and read only until it is asked for."""
        self._value, self._hidden = value, hidden and value is not None and self.field.personal
        self._locked, self._held = locked, False
        self.editor.show(value)
        self._clean = self.editor.entry
        self._lock()
        self._tell_whole()
        self._reveal.setVisible(self._hidden)
        self._to_fill.setVisible(self.field.required and value is None)
        self.mark("")

    def type_in(self, value: Value) -> None:
        """Put a value in as if it were typed."""
        self.editor.show(value)
        self.mark("")
        self.edited.emit()

    def reveal(self, value: Value, *, locked: bool) -> None:
        """Show the value in full, to be edited from now on."""
        self.show_value(value, locked=locked)
        self.focus()

    def hold(self, held: bool) -> None:
        """Take no typing while what was typed is being saved, so that nothing typed meanwhile is lost."""
        self._held = held
        self._lock()

    def bar(self, why: str) -> None:
        """Take no typing as long as there is a reason, which stands below; what was typed and not saved goes."""
        if why == self._barred:
            return
        self._barred = why
        if why and self.is_changed:
            self.editor.show(self._value)
        self._lock()
        self.mark("")

    def _lock(self) -> None:
        self.editor.lock(self._locked or self._held or self._hidden or bool(self._barred))

    def within(self, context: Context) -> None:
        """Offer the codes of another unit."""
        if isinstance(self.field.type, Coded) and self.field.type.scoped:
            self._context = context
            self.editor.offer(self.field.type.options(context))

    @property
    def entry(self) -> str:
        """Return what is typed."""
        return self.editor.entry

    @property
    def value(self) -> Value:
        """Return what is typed as a value, nothing where it cannot be read."""
        try:
            return self.field.type.parse(self.editor.entry, self._context)
        except ValueProblem:
            return None

    @property
    def is_changed(self) -> bool:
        """Tell whether what is typed differs from what is stored."""
        return not self._hidden and self.editor.entry.strip() != self._clean.strip()

    @property
    def takes_typing(self) -> bool:
        """Tell whether something can be typed here now."""
        return not self.editor.is_locked

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops in the field."""
        return (self._reveal, self.editor.widget)

    def focus(self) -> None:
        """Put the focus into the editor."""
        self.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, message: str, tone: str = "wrong", *, doubtful: bool = False) -> None:
        """Say below the editor what is wrong or worth a look; an empty message takes the mark away.

        What is ``doubtful`` may stand once a reason is given.
        """
        self.message, self._message_tone = message, tone if message else ""
        self._doubt = message if doubtful else ""
        told = message or self._barred
        self._below.setText(warned(message) if message else self._barred)
        self._below.setVisible(bool(told))
        restyle(self._below, role=tone if message else "small")
        restyle(self.editor.widget, wrong=bool(message) and tone == "wrong")
        self.editor.widget.setAccessibleDescription(told)

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a reason would let the value stand."""
        return bool(self._doubt)

    def excuse(self, given: bool) -> None:
        """Let a doubtful value stand once its reason is given."""
        doubt = self._doubt
        if doubt and self.is_wrong == given:
            self.mark(texts.EXCUSED if given else doubt, "remind" if given else "wrong")
            self._doubt = doubt

    @property
    def is_wrong(self) -> bool:
        """Tell whether the field stops the form from being saved."""
        return self._message_tone == "wrong"

    def _edit(self) -> None:
        if self._message_tone == "wrong":
            self.mark("")
            self.checked.emit()
        self._tell_whole()
        self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See anew what fits."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Say below the box what was chosen, as long as it does not fit in."""
        box = self.editor.widget
        told = box.overflow if isinstance(box, (SeveralBox, ChoiceBox)) else ""
        self._whole.setText(told)
        self._whole.setVisible(bool(told))

    def _leave(self) -> None:
        """Show what was typed in its normal form, or what is wrong with it."""
        if self.is_changed:
            self.check()
            self.checked.emit()

    def check(self) -> None:
        """Read what is typed; mark it when it cannot be read."""
        try:
            value = self.field.type.parse(self.editor.entry, self._context)
        except ValueProblem as problem:
            self._tell_unread(problem)
            return
        self.mark("")
        box = self.editor.widget
        if isinstance(box, ChoiceBox) and (found := box.doubtful):
            self.mark(texts.WHICH.format(typed=self.entry, names="、".join(found[:3])))
            return
        if value is not None:
            self.editor.show(value)
        self._to_fill.setVisible(self.field.required and value is None)

    def _tell_unread(self, problem: ValueProblem) -> None:
        """Say why it cannot be read; where a reason would excuse it, ask for that."""
        if self.field.excused_by and problem.kept:
            self.mark(texts.EXCUSE.format(message=problem.message), doubtful=True)
        else:
            self.mark(problem.message)


def may_reveal(dialogs: Dialogs, parent: QWidget, label: str) -> bool:
    """Ask whether a personal value is to be shown: that it was looked at stays in the log."""
    title = texts.REVEAL_TITLE.format(label=label)
    return dialogs.ask(parent, title, texts.REVEAL_ASK, texts.REVEAL, common.CANCEL, "info")
