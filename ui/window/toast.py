"""A word in passing at the bottom of the page, gone after a while, with the way back while it shows."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.texts import common
from ui.widgets.basic import button, label

SHOWN = 6000  # milliseconds
ABOVE = 98  # logical pixels: the status line and the buttons below a list stay free


class Toast(QFrame):
    """Floats above the lower edge of its parent; never takes the focus."""

    def __init__(self, parent: QWidget, undo: Callable[[], None]) -> None:
        """``undo`` is what the button does."""
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.words = label("")
        self.undo_button = button(common.UNDO, clicked=undo)
        self.undo_button.clicked.connect(self.hide)
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(14)
        line.addWidget(self.words)
        line.addWidget(self.undo_button)
        self._end = QTimer(self, singleShot=True, interval=SHOWN)
        self._end.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, words: str, can_undo: bool) -> None:
        """Say something, with or without the way back."""
        self.words.setText(words)
        self.undo_button.setVisible(can_undo)
        self.show()
        self._place()
        self.raise_()
        self._end.start()
        self.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _place(self) -> None:
        self.adjustSize()
        parent = self._over
        self.setFixedWidth(min(self.sizeHint().width(), parent.width() - 48))
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - ABOVE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
