"""The window that asks for a reason before something is done that others will see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.texts import common
from ui.texts import reporting as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled


class ReasonDialog(QDialog):
    """Asks for a sentence; without one it does not close."""

    def __init__(self, parent: QWidget, title: str, text: str, what: str, yes: str) -> None:
        """Say what is about to be done, and what the sentence is to tell."""
        super().__init__(parent)
        self._what = what
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.edit = QLineEdit()
        self.edit.setMaxLength(500)
        self.box = Labelled(what, self.edit)
        self.yes_button = button(yes, kind="primary", clicked=self.take)
        self.no_button = button(common.CANCEL, clicked=self.reject)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        for part in (label(title, "lead"), label(text, "body", wrap=True), self.box):
            lines.addWidget(part)
        lines.addLayout(row(None, self.no_button, self.yes_button))
        shortcut(self, "Ctrl+Return", self.take)
        self.edit.returnPressed.connect(lambda: self.yes_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        """Return what was typed."""
        return self.edit.text().strip()

    def take(self) -> None:
        """Accept the sentence."""
        if self.reason:
            self.accept()
            return
        self.box.mark(texts.REASON_NEEDED.format(what=self._what))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
