"""A field with its label above it and what is wrong or helpful below it, for small forms."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.basic import label, restyle, row, warned


class Labelled(QWidget):
    """Puts a label above a widget and a line of words below it."""

    def __init__(self, text: str, widget: QWidget, help_text: str = "") -> None:
        """Name the widget by its label."""
        super().__init__()
        self.widget, self._help = widget, help_text
        above = label(text, "label")
        above.setBuddy(widget)
        self._below = label(help_text, "small", wrap=True)
        if not widget.accessibleName():
            widget.setAccessibleName(text)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(3)
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = row(widget)
        lines.addWidget(above)
        lines.addLayout(self._line)
        lines.addWidget(self._below)
        self._below.setVisible(bool(help_text))

    def add_beside(self, other: QWidget) -> None:
        """Put another widget, such as a button, at the field's end."""
        self._line.addWidget(other)

    def mark(self, message: str) -> None:
        """Say what is wrong; an empty message brings the help back."""
        self.say(warned(message) if message else self._help, "wrong" if message else "small")
        restyle(self.widget, wrong=bool(message))
        self.widget.setAccessibleDescription(message)

    def refused(self, message: str) -> bool:
        """Say what is wrong, if anything is; tell whether."""
        self.mark(message)
        return bool(message)

    def say(self, words: str, role: str) -> None:
        """Say something below the field."""
        self._below.setText(words)
        self._below.setVisible(bool(words))
        restyle(self._below, role=role)

    @property
    def words(self) -> str:
        """Return what stands below the field."""
        return self._below.text()
