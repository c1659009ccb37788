"""The password page."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.texts import start as texts
from ui.widgets.basic import button, label, row
from ui.widgets.labelled import Labelled


class UnlockPage(QWidget):
    """Asks for the password of one workspace."""

    entered = Signal(object, str)
    other_asked = Signal()

    def __init__(self) -> None:
        """Lay the page out; ``enter`` names the workspace."""
        super().__init__()
        self._folder = Path()
        self._where = label("", "muted", wrap=True)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(texts.PASSWORD_HINT)
        self.field = Labelled(texts.PASSWORD, self.password, texts.RECOVERY_HELP)
        self.enter_button = button(texts.ENTER, kind="primary", clicked=self._enter)
        self.other_button = button(texts.OTHER, kind="link", clicked=self.other_asked.emit)
        self.password.returnPressed.connect(self._enter)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 32, 32, 24)
        lines.setSpacing(12)
        lines.addWidget(label(texts.UNLOCK, "title"))
        lines.addWidget(self._where)
        lines.addSpacing(4)
        lines.addWidget(self.field)
        lines.addLayout(row(self.enter_button, self.other_button, None))
        lines.addStretch()

    def enter(self, folder: Path) -> None:
        """Ask for a workspace's password."""
        self._folder = folder
        self._where.setText(str(folder))
        self.password.clear()
        self.field.mark("")
        self.wait(False)

    def wait(self, waiting: bool) -> None:
        """Show that the workspace is being opened, or that it is the clerk's turn again."""
        self.enter_button.setText(texts.OPENING if waiting else texts.ENTER)
        for part in (self.password, self.enter_button, self.other_button):
            part.setEnabled(not waiting)
        if not waiting:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, message: str) -> None:
        """Say why it could not be opened."""
        self.wait(False)
        self.field.mark(message)
        self.password.selectAll()

    def _enter(self) -> None:
        if self.password.text():
            self.entered.emit(self._folder, self.password.text())
        else:
            self.field.mark(texts.PASSWORD_EMPTY)
