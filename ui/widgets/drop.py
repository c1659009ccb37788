"""A place to drop files and folders on."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from ui.icons import pixmap
from ui.widgets.basic import label, restyle


class DropPlace(QFrame):
    """Says which files and folders were dropped."""

    dropped = Signal(object)

    def __init__(self, words: str, name: str) -> None:
        """Show what may be dropped."""
        super().__init__()
        self.setProperty("role", "drop")
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        mark = QLabel()
        mark.setPixmap(pixmap("inbox", "field", 28, 2.0))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 14, 16, 14)
        lines.setSpacing(6)
        for part in (mark, label(words, "muted", wrap=True)):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(part)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files."""
        if event.mimeData().hasUrls():
            restyle(self, over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Look as before."""
        restyle(self, over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Say what was dropped."""
        restyle(self, over=False)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.dropped.emit(files)
