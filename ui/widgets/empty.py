"""What stands in an empty place: what is missing and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.widgets.basic import label, row


class Empty(QWidget):
    """A picture, a title, a sentence and the buttons that help."""

    def __init__(self, picture: str, title: str, text: str, *buttons: QPushButton) -> None:
        """Lay the words out in the middle."""
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.setSpacing(8)
        mark = QLabel()
        mark.setPixmap(pixmap(picture, "field", 40, 2.0))
        self.title, self.text = label(title, "lead"), label(text, "muted", wrap=True)
        lines.addStretch(2)
        for part in (mark, self.title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(part)
        lines.addSpacing(8)
        lines.addLayout(row(None, *buttons, None))
        lines.addStretch(3)
