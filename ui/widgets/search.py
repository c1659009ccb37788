"""A search box that answers while typing, once the typing pauses."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.icons import icon

PAUSE = 120  # milliseconds without a key that count as a pause


class SearchBox(QLineEdit):
    """Says what is looked for after a short pause, at once on Enter."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, hint: str, name: str, pause: int = PAUSE) -> None:
        """Show the hint while empty; ``pause`` is told in milliseconds, 0 asks with every key."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(self._ask)
        self._is_told = False
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._ask)

    def show_words(self, words: str) -> None:
        """Show what somebody else asks for; with its signals blocked the box would keep the old cross."""
        self._is_told = True
        self.setText(words)
        self._is_told = False

    def _changed(self, _text: str) -> None:
        if self._is_told:
            self._pause.stop()
        elif self._pause.interval():
            self._pause.start()
        else:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Esc clear what is looked for, and leave where nothing is."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
            if self._pause.isActive():
                self._ask()
        else:
            self.left.emit()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.text().strip())
