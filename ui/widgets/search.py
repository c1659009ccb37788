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
        """Show the hint while empty; ``pause`` is told in milliseconds."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Esc clear what is looked for, and leave where nothing is."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
            self._ask()
        else:
            self.left.emit()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.text().strip())
