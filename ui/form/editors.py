"""One editor for each sort of field type: what is typed goes out as text, values come in as the type shows them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ipdesk.fields import Bool, Coded, Codes, Context, Date, FieldType, Text, Value
from ui.form.several import SeveralBox
from ui.texts import ledger as texts
from ui.widgets.choice import ChoiceBox, Option

LONG_HEIGHT = 74


class Editor(Protocol):
    """What a form asks of an editor; ``edited`` and ``left`` are signals."""

    @property
    def widget(self) -> QWidget:
        """Return what stands in the form."""

    @property
    def entry(self) -> str:
        """Return what is typed, a code where one was chosen."""

    @property
    def is_locked(self) -> bool:
        """Tell whether it is read only."""

    def show(self, value: Value) -> None:
        """Show a value."""

    def lock(self, locked: bool) -> None:
        """Let it be read only, or edited."""

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other codes."""


class _Signals(QObject):
    """What every editor says: each change, leaving, and Enter."""

    edited = Signal()
    left = Signal()
    entered = Signal()


class _Editor(_Signals):
    """The common half: watches the focus of the widget."""

    def __init__(self, kind: FieldType) -> None:
        super().__init__()
        self.kind = kind

    def offer(self, _options: Sequence[Option]) -> None:
        """Free values have no codes."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say when the focus leaves for another field."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in passing:
                self.left.emit()
        return super().eventFilter(watched, event)


class LineEditor(_Editor):
    """One line; a date, a figure, a code or a name as it would be typed."""

    def __init__(self, kind: FieldType) -> None:
        """Edit values of a field type."""
        super().__init__(kind)
        self.widget = QLineEdit()
        if isinstance(kind, Date):
            hint = texts.MONTH_HINT if kind.month else texts.DATE_HINT
            self.widget.setPlaceholderText(hint.split("，")[0])
            self.widget.setToolTip(hint)
        self.widget.textEdited.connect(lambda _text: self.edited.emit())
        self.widget.returnPressed.connect(self.entered)
        self.widget.installEventFilter(self)

    @property
    def entry(self) -> str:
        """Return what is typed."""
        return self.widget.text()

    @property
    def is_locked(self) -> bool:
        """Tell whether it is read only."""
        return self.widget.isReadOnly()

    def show(self, value: Value) -> None:
        """Show a value from its beginning."""
        self.widget.setText(self.kind.edit(value))
        self.widget.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        """Let it be read only, or edited."""
        self.widget.setReadOnly(locked)


class LongEditor(_Editor):
    """Several lines; Tab and Enter go on to the next field, Enter with Shift or Alt begins a line."""

    def __init__(self, kind: FieldType) -> None:
        """Edit values of a field type."""
        super().__init__(kind)
        self.widget = _LongText()
        self.widget.setToolTip(texts.LONG_HINT)
        self.widget.textChanged.connect(self._tell)
        self.widget.entered.connect(self.entered)
        self.widget.installEventFilter(self)
        self._shown = ""

    def _tell(self) -> None:
        if self.widget.toPlainText() != self._shown:
            self.edited.emit()

    @property
    def entry(self) -> str:
        """Return what is typed."""
        return self.widget.toPlainText()

    @property
    def is_locked(self) -> bool:
        """Tell whether it is read only."""
        return self.widget.isReadOnly()

    def show(self, value: Value) -> None:
        """Show a value."""
        self._shown = self.kind.edit(value)
        self.widget.setPlainText(self._shown)

    def lock(self, locked: bool) -> None:
        """Let it be read only, or edited."""
        self.widget.setReadOnly(locked)


class _LongText(QPlainTextEdit):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(LONG_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on at Enter as every other field does; with Shift or Alt it begins a line."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            self.insertPlainText("\n")
        else:
            self.entered.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more width than there is."""
        return QSize(80, LONG_HEIGHT)


class ChoiceEditor(_Editor):
    """Codes to choose from, narrowed down while typing."""

    def __init__(self, kind: FieldType, options: Sequence[Option]) -> None:
        """Offer the codes of a field type."""
        super().__init__(kind)
        self.widget = ChoiceBox(options)
        free = isinstance(kind, Text) or (isinstance(kind, Coded) and kind.open)
        self.widget.line.setPlaceholderText(texts.OPEN_CHOOSE if free else texts.CHOOSE)
        if free:
            self.widget.setToolTip(texts.OPEN_HINT)
            self.widget.keeps_words()
        self.widget.edited.connect(self.edited)
        self.widget.line.returnPressed.connect(self.entered)
        self.widget.left.connect(self.left)

    @property
    def entry(self) -> str:
        """Return the code chosen, or what is typed."""
        return self.widget.entry

    @property
    def is_locked(self) -> bool:
        """Tell whether it is read only."""
        return not self.widget.isEnabled()

    def show(self, value: Value) -> None:
        """Show the name of a value."""
        code = str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)
        self.widget.blockSignals(True)
        self.widget.set_code(code)
        self.widget.blockSignals(False)

    def lock(self, locked: bool) -> None:
        """Let it be read only, or edited."""
        self.widget.setEnabled(not locked)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other codes."""
        self.widget.offer(options)


class SeveralEditor(_Editor):
    """Several codes of one table, ticked in a list that narrows down while typing."""

    def __init__(self, kind: FieldType, options: Sequence[Option]) -> None:
        """Offer the codes of a field type."""
        super().__init__(kind)
        self.widget = SeveralBox(options)
        self.widget.edited.connect(self.edited)
        self.widget.returnPressed.connect(self.entered)
        self.widget.left.connect(self.left)

    @property
    def entry(self) -> str:
        """Return the names chosen, or the words as typed."""
        return self.widget.entry

    @property
    def is_locked(self) -> bool:
        """Tell whether it is read only."""
        return not self.widget.isEnabled()

    def show(self, value: Value) -> None:
        """Show the names of the codes."""
        self.widget.blockSignals(True)
        self.widget.set_entry(self.kind.edit(value))
        self.widget.blockSignals(False)

    def lock(self, locked: bool) -> None:
        """Let it be read only, or edited."""
        self.widget.setEnabled(not locked)


AnyEditor = LineEditor | LongEditor | ChoiceEditor | SeveralEditor


def editor_for(kind: FieldType, context: Context) -> AnyEditor:
    """Return an editor for a field type."""
    if isinstance(kind, Codes):
        return SeveralEditor(kind, kind.options(context))
    if isinstance(kind, Text) and kind.long:
        return LongEditor(kind)
    if isinstance(kind, (Coded, Bool)) or (isinstance(kind, Text) and kind.offered):
        return ChoiceEditor(kind, kind.options(context))
    return LineEditor(kind)
