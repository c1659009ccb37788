"""A box for several codes: the last word typed narrows the list, whose entries carry check marks."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QIdentityProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate

from ui.icons import icon
from ui.texts import ledger as texts
from ui.widgets.choice import Option, keeps_esc
from ui.widgets.initials import Matches

MARK = "、"
BESIDE = 48  # logical pixels of a box that no text takes: its frame and the arrow
_WORD = re.compile(r"(?:[(（][^()（）]*[)）]|[^、，,；;])+")  # signs within brackets part nothing
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_GO_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Ticks(QIdentityProxyModel):
    """Names with a check mark before those that are chosen."""

    def __init__(self, names: QAbstractItemModel, is_chosen: Callable[[str], bool], parent: QObject) -> None:
        """Show the names of another model."""
        super().__init__(parent)
        self.setSourceModel(names)
        self._is_chosen = is_chosen

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a name or its check mark; a sentence that there is none has no mark."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsSelectable:
            return super().data(index, role)
        chosen = self._is_chosen(str(super().data(index, Qt.ItemDataRole.DisplayRole)))
        return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked


class _Completer(QCompleter):
    """Leaves the line as it stands: what is taken from the list goes through the box."""

    def pathFromIndex(self, _index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return what stands in the line."""
        line = self.widget()
        return line.text() if isinstance(line, QLineEdit) else ""


class SeveralBox(QLineEdit):
    """Names joined by 、; part of a name or its pinyin initials narrows the list, the space bar ticks in it.

    ``entry`` is what is typed; Enter and Tab take what is meant and go on.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        """Offer the options."""
        super().__init__()
        self._names = dict(options)
        self._matches = Matches(self)
        self._matches.offer(list(self._names.values()))
        self.ticks = Ticks(self._matches.model, self.is_chosen, self)
        self.setPlaceholderText(texts.CHOOSE_SEVERAL)
        self.setToolTip(texts.SEVERAL_HINT)
        opened = self.addAction(icon("chevron-down", "body"), QLineEdit.ActionPosition.TrailingPosition)
        opened.setText(texts.SEVERAL_OPEN)
        opened.triggered.connect(lambda _checked: self.open())
        self._make_list()
        self.textEdited.connect(self._narrow)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def _make_list(self) -> None:
        self._completer = _Completer(self.ticks, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        self.setCompleter(self._completer)
        popup = self.popup
        popup.setProperty("role", "popup")
        popup.setItemDelegate(QStyledItemDelegate(popup))
        popup.installEventFilter(self)
        self._viewport = popup.viewport()
        self._viewport.installEventFilter(self)

    @property
    def popup(self) -> QListView:
        """Return the list."""
        popup = self._completer.popup()
        assert isinstance(popup, QListView)
        return popup

    # ------------------------------------------------------------ what is chosen
    @property
    def words(self) -> list[str]:
        """Return the words in the line."""
        return [word.strip() for word in _WORD.findall(self.text()) if word.strip()]

    @property
    def entry(self) -> str:
        """Return the words as they would stand in a cell."""
        return MARK.join(self.words)

    @property
    def overflow(self) -> str:
        """Return what the line holds where it holds more than shows."""
        return self.entry if self.fontMetrics().horizontalAdvance(self.text()) > self.width() - BESIDE else ""

    def is_chosen(self, name: str) -> bool:
        """Tell whether a name is among the words."""
        return name in self.words

    def set_entry(self, words: str) -> None:
        """Show other words, from their beginning."""
        self.setText(words)
        self.setCursorPosition(0)

    def toggle(self, name: str) -> None:
        """Take a name, or give it up; whatever else was begun to be typed goes."""
        chosen = [word for word in self.words if word in self._names.values() and word != name]
        self._put(chosen if self.is_chosen(name) else [*chosen, name])
        if len(self.matches) < len(self._names):  # else the mark stays where it is
            self._matches.narrow("")
        self._viewport.update()

    def _put(self, chosen: Sequence[str]) -> None:
        self.setText("".join(f"{name}{MARK}" for name in chosen))

    def _settle(self) -> None:
        """Take the only option that each word can mean; the words then stand in the order of the options."""
        meant = {self._meant(word): None for word in self.words}
        places = list(self._names.values())
        told = sorted(meant, key=lambda word: places.index(word) if word in places else len(places))
        if MARK.join(told) != self.text():
            self.setText(MARK.join(told))

    def _meant(self, word: str) -> str:
        return word if word in self._names.values() else self._matches.only(word) or word

    # ------------------------------------------------------------ the list
    @property
    def matches(self) -> list[str]:
        """Return the names offered for the word being typed."""
        return self._matches.shown

    def _narrow(self, text: str) -> None:
        begun = [found for found in _WORD.finditer(text) if found.end() == len(text)]
        typed = begun[0][0].strip() if begun else ""
        self._matches.narrow("" if typed in self._names.values() else typed)

    def open(self) -> None:
        """Show the whole list."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._matches.narrow("")
        self._completer.complete()
        select = self.popup.selectionModel()
        select.select(select.currentIndex(), select.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the list with the keys that open other boxes."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a click and the space bar tick and leave the list open; Enter and Tab take and go on."""
        if watched is self.popup and keeps_esc(event):
            return True
        if watched is self.popup and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(Qt.Key(event.key())) or super().eventFilter(watched, event)
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if watched is self._viewport and released:
            self._tick(self.popup.indexAt(event.position().toPoint()))  # type: ignore[attr-defined]  # a mouse event
            return True
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        """Do what a key does in the open list; tell whether it does anything."""
        if key == Qt.Key.Key_Space:
            self._tick_marked()
        elif key in _GO_ON:
            self._take_and_go_on(key)
        return key == Qt.Key.Key_Space or key in _GO_ON

    def _tick(self, index: QModelIndex) -> None:
        if index.isValid() and self.matches:
            self.toggle(str(index.data()))

    def _tick_marked(self) -> None:
        """Tick the entry marked, or the only one there; of several the first is marked."""
        popup, shown = self.popup, self.matches
        if popup.currentIndex().isValid():
            self._tick(popup.currentIndex())
        elif len(shown) == 1:
            self.toggle(shown[0])
        else:
            popup.setCurrentIndex(popup.model().index(0, 0))

    def _take_and_go_on(self, key: Qt.Key) -> None:
        marked = self.popup.currentIndex()
        self.popup.hide()
        if marked.isValid() and self.matches and not self.is_chosen(str(marked.data())):
            self.toggle(str(marked.data()))
        self._settle()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        else:
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Settle on leaving for another field."""
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._settle()
            self.left.emit()
