"""The panel beside a desk's list: a name, what scrolls, and the buttons that stay in view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.style import tokens
from ui.widgets.basic import label, line, row
from ui.widgets.notice import Notice


class SidePanel(QFrame):
    """Shows the thing under the ring; ``left`` is said where the clerk goes back to the list."""

    left = Signal()

    def __init__(self, name: str, nothing: str) -> None:
        """``nothing`` is said while nothing is chosen."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setFixedWidth(tokens().size["form"])
        self.name = label("", "lead", wrap=True)
        self.nothing = label(nothing, "muted", wrap=True)
        self.message = Notice()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(5)
        self._foot = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._inner.setProperty("role", "scrolled")
        inside = QVBoxLayout(self._inner)
        inside.setContentsMargins(16, 12, 12, 12)
        inside.setSpacing(5)
        for part in (self.name, self.nothing, self.message):
            inside.addWidget(part)
        inside.addLayout(self._lines)
        inside.addStretch()
        self.area = QScrollArea()
        self.area.setWidget(self._inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addWidget(self.area, 1)
        self._above = line()
        lines.addWidget(self._above)
        lines.addWidget(self._foot)

    def put(self, *parts: QWidget) -> None:
        """Put parts below each other into what scrolls."""
        self._parts = parts
        for part in parts:
            self._lines.addWidget(part)

    def put_below(self, *parts: QWidget | None) -> None:
        """Put parts beside each other below what scrolls."""
        foot = row(*parts)
        foot.setContentsMargins(16, 8, 16, 10)
        self._foot.setLayout(foot)

    def show_name(self, name: str, message: str = "") -> None:
        """Show what the thing is called and what a person should know; without a name there is nothing to show."""
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.nothing.setVisible(not name)
        self.message.tell(message, "warn")
        for part in (*self._parts, self._above, self._foot):
            part.setVisible(bool(name))
        self.area.verticalScrollBar().setValue(0)
