"""The dialog that shows the recovery key made with a password set later, once."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.dialogs import Dialogs
from ui.start.recovery import RecoveryPage
from ui.texts import common, start
from ui.texts import settings as texts


class RecoveryDialog(QDialog):
    """Closes only when the clerk says the key is kept, or gives it up."""

    def __init__(
        self,
        parent: QWidget,
        dialogs: Dialogs,
        key: str,
        unit: str,
        folder: Path,
        text: str = texts.RECOVERY_TEXT,
    ) -> None:
        """Show the key of a workspace, and why there is one."""
        super().__init__(parent)
        self.setWindowTitle(start.RECOVERY)
        self.resize(640, 420)
        self.page = RecoveryPage(dialogs, text, common.CLOSE)
        self.page.done.connect(self.accept)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.page)
        self.page.enter(key, unit, folder)

    def reject(self) -> None:
        """Close after a question, where the key was not said to be kept."""
        if self.page.may_leave():
            super().reject()
