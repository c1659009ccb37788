"""Boxes to choose from: one that filters while typing, one for filters."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QWidget,
)

from ui.texts import common
from ui.widgets.basic import restyle
from ui.widgets.initials import Matches

Option = tuple[str, str]
ARROW = 46  # what arrow and margins take
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)

BESIDE = 6  # logical pixels around the text of a line


def keeps_esc(event: QEvent) -> bool:
    """Keep Esc for the list that is open, which it closes, from what it means to the form around it."""
    asked = event.type() == QEvent.Type.ShortcutOverride
    is_esc = asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
    if is_esc:
        event.accept()
    return is_esc


class PlainBox(QComboBox):
    """A combo box that the mouse wheel changes only when it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page when the box has no focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class FilterBox(PlainBox):
    """A short list whose first entry asks for nothing; while it does, the box shows what it is about."""

    _about = ""  # asked for while the box is being made

    def __init__(self, about: str, options: Sequence[Option]) -> None:
        """Offer the options after the entry for all."""
        super().__init__()
        self._about, self._names = about, dict(options)
        self.addItem(common.ALL, None)
        for code, name in options:
            self.addItem(name, code)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(about) + ARROW)
        self.currentIndexChanged.connect(self._tell_chosen)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Show what the box is about while it asks for nothing."""
        super().initStyleOption(option)
        shown: Any = option  # PySide6's stubs leave the attribute out
        if self.currentIndex() <= 0:
            shown.currentText = self._about

    def _tell_chosen(self, index: int) -> None:
        """Mark a box that narrows the list; its word may be cut in a narrow bar, so it can be read as a hint."""
        restyle(self, active=index > 0)
        self.setToolTip(f"{self._about}：{self.currentText()}" if index > 0 else "")

    @property
    def about(self) -> str:
        """Return what the box is about."""
        return self._about

    def tell_counts(self, counts: Mapping[str, int]) -> None:
        """Say behind each name how many there are of it."""
        for place in range(1, self.count()):
            code = self.itemData(place)
            self.setItemText(place, common.COUNTED.format(name=self._names[code], count=counts.get(code, 0)))

    def tell_chosen(self) -> None:
        """Show whether the box narrows the list, where nobody heard of it."""
        self._tell_chosen(self.currentIndex())

    @property
    def code(self) -> str | None:
        """Return the chosen code, ``None`` for all."""
        chosen: str | None = self.currentData()
        return chosen

    def reset(self) -> None:
        """Ask for nothing."""
        self.setCurrentIndex(0)


class ChoiceBox(PlainBox):
    """An editable list of (code, name): part of a name or its pinyin initials narrows it down.

    What is typed stays as it stands; ``entry`` gives the code when it names one option.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option] = ()) -> None:
        """Offer the options."""
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(4)
        self.line = self._line()
        self._matches = Matches(self)
        self._completer = QCompleter(self._matches.model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = self._completer.popup()
        popup.setProperty("role", "popup")
        popup.installEventFilter(self)
        popup.setItemDelegate(QStyledItemDelegate(popup))  # the completer's own knows no padding
        self.setCompleter(self._completer)
        self.offer(options)
        self.line.textEdited.connect(self._matches.narrow)
        self.line.textChanged.connect(lambda _text: self.edited.emit())

    def _line(self) -> QLineEdit:
        line = QLineEdit(self)
        self.setLineEdit(line)
        return line

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other options, keeping the text."""
        text = self.currentText()
        self._codes = {name: code for code, name in reversed(options)}
        self._names = dict(options)
        self.blockSignals(True)
        self.clear()
        self.addItems([name for _, name in options])
        self.blockSignals(False)
        self._matches.offer([name for _, name in options])
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    @property
    def matches(self) -> list[str]:
        """Return the names offered for what is typed."""
        return self._matches.shown

    @property
    def entry(self) -> str:
        """Return the code of the option named, or the text as typed."""
        text = self.currentText().strip()
        return self._codes.get(text, text)

    @property
    def overflow(self) -> str:
        """Return the name shown where there is no room for the whole of it."""
        text = self.currentText().strip()
        return text if self.fontMetrics().horizontalAdvance(text) > self.line.width() - BESIDE else ""

    def set_code(self, code: str) -> None:
        """Show the name of a code; a word that is no code shows as it stands."""
        name = self._names.get(code, code)
        self.setCurrentIndex(self.findText(name))
        self.setEditText(name)
        self.line.setCursorPosition(0)

    @property
    def doubtful(self) -> list[str]:
        """Return the names that letters typed may mean, where they mean several and are none of them."""
        typed = self.currentText().strip()
        letters = typed.isascii() and typed.isalpha() and typed not in self._codes
        found = self._matches.matching(typed) if letters and not self._matches.only(typed) else []
        return found if len(found) > 1 else []

    def keeps_words(self) -> None:
        """Say that a word which is no option is kept as it stands."""
        self._matches.nothing = common.NO_OPTION_KEPT

    def _settle(self) -> None:
        """Take the only option that what was typed can mean."""
        typed = self.currentText().strip()
        if typed and typed not in self._codes and (only := self._matches.only(typed)):
            self.setEditText(only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Tab and Enter in the open list take what is meant and go on, and Esc close it and nothing else."""
        if watched is self._completer.popup() and keeps_esc(event):
            return True
        if (
            watched is self._completer.popup()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._take_offered()
                return self.focusNextPrevChild(key == Qt.Key.Key_Tab)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_offered()
                self.line.returnPressed.emit()
                return True
        return super().eventFilter(watched, event)

    def _take_offered(self) -> None:
        """Close the list and take the entry marked in it, else the only one that was meant."""
        popup = self._completer.popup()
        marked = popup.currentIndex()
        popup.hide()
        if marked.isValid() and self.matches:
            self.setEditText(str(marked.data()))
        self._settle()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Offer everything on entering."""
        if event.reason() not in _PASSING:
            self._matches.narrow("")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Settle on leaving for another field."""
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._completer.popup().hide()
            self._settle()
            self.left.emit()
