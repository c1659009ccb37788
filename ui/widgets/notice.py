"""A coloured box with a sentence that concerns the page, and perhaps a button."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.icons import pixmap
from ui.widgets.basic import label, restyle

_PICTURES = {"bad": "error", "warn": "warning", "good": "check", "busy": "info"}


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, *buttons: QPushButton) -> None:
        """Take the buttons that stand at its end."""
        super().__init__()
        self.setProperty("role", "notice")
        self._mark = QLabel()
        self._mark.setFixedWidth(18)
        self.words = label("", "body", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 7, 10, 7)
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addWidget(self.words, 1)
        for made in buttons:
            line.addWidget(made)
        self.hide()

    def add(self, button: QPushButton) -> None:
        """Put another button at its end."""
        inside = self.layout()
        if inside:
            inside.addWidget(button)

    def tell(self, words: str, tone: str = "busy") -> None:
        """Say something in a tone: bad, warn, good or busy; nothing hides the box."""
        if not words and self.isHidden():  # told with every key of a search: its picture would be drawn anew
            return
        self.words.setText(words)
        self.setAccessibleName(words)
        self._mark.setPixmap(pixmap(_PICTURES[tone], tone, 16, 2.0))
        restyle(self, tone=tone)
        self.setVisible(bool(words))
