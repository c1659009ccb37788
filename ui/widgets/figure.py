"""A number with its word, for the head of a preview."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.widgets.basic import label, restyle


class Figure(QFrame):
    """Shows a count in a tone."""

    def __init__(self, word: str, unit: str, tone: str) -> None:
        """Begin with nothing counted."""
        super().__init__()
        self.setProperty("role", "card")
        self._word, self._unit, self._tone = word, unit, tone
        self.number = label("0", "figure")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(6)
        line.addWidget(label(word, "muted"), 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch()
        line.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(label(unit, "muted"), 0, Qt.AlignmentFlag.AlignBottom)

    def tell(self, count: int) -> None:
        """Show a count; nothing to tell stays grey."""
        self.number.setText(f"{count:,}")
        restyle(self.number, tone=self._tone if count else "")
        self.setAccessibleName(f"{self._word} {count} {self._unit}")
