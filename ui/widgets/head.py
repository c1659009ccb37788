"""The head of a page: title, a line about it, and the page's buttons."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style import tokens
from ui.widgets.basic import label


class PageHead(QWidget):
    """Shows a title and what it counts; buttons stand at the right."""

    def __init__(self, title: str, *buttons: QWidget) -> None:
        """Lay title and buttons out."""
        super().__init__()
        self.title, self.about = label(title, "title"), label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.title)
        line.addWidget(self.about)
        line.addStretch(1)
        self._place = line.count()
        for made in buttons:
            line.addWidget(made)
        self._line = line
        self.setMinimumHeight(
            tokens().size["control"]
        )  # titles of pages without buttons stand where the others do

    def add(self, button: QWidget) -> None:
        """Put a button before those there are."""
        self._line.insertWidget(self._place, button)

    def tell(self, about: str) -> None:
        """Say something about the page."""
        self.about.setText(about)
