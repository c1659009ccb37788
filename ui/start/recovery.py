"""The page that shows a new workspace's recovery key, once."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from ipdesk.files import write_bytes
from ipdesk.problems import Refusal
from ui.dialogs import Dialogs
from ui.texts import common
from ui.texts import start as texts
from ui.widgets.basic import button, card, in_order, label, row
from ui.widgets.notice import Notice


class RecoveryPage(QWidget):
    """Goes on only when the clerk says the key is kept."""

    done = Signal()

    def __init__(
        self, dialogs: Dialogs, text: str = texts.RECOVERY_TEXT, go: str = texts.RECOVERY_GO
    ) -> None:
        """Lay the page out with what it says and where it leads; ``enter`` brings the key."""
        super().__init__()
        self._text = text
        self._dialogs, self._key, self._unit, self._folder = dialogs, "", "", Path()
        self.key_label = QLabel()
        self.key_label.setProperty("role", "code")
        self.key_label.setWordWrap(True)
        self.key_label.setAccessibleName(texts.RECOVERY_NAME)
        self.key_label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.notice = Notice()
        self.kept = QCheckBox(texts.RECOVERY_DONE)
        self.go_button = button(go, kind="primary", clicked=self.done.emit)
        self.kept.toggled.connect(self.go_button.setEnabled)
        self.save_button = button(texts.RECOVERY_SAVE, "export", clicked=self.save)
        self.print_button = button(texts.RECOVERY_PRINT, "print", clicked=self.print)
        self._lay_out()
        in_order(self.key_label, self.print_button, self.save_button, self.kept, self.go_button)

    def _lay_out(self) -> None:
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(self.key_label)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 32, 32, 24)
        lines.setSpacing(12)
        lines.addWidget(label(texts.RECOVERY, "title"))
        lines.addWidget(label(self._text, "body", wrap=True))
        lines.addWidget(frame)
        lines.addLayout(row(self.print_button, self.save_button, None))
        lines.addWidget(self.notice)
        lines.addStretch()
        lines.addLayout(row(self.kept, None))
        lines.addLayout(row(self.go_button, None))

    def enter(self, key: str, unit: str, folder: Path) -> None:
        """Show the key of a workspace."""
        self._key, self._unit, self._folder = key, unit, folder
        self.key_label.setText("  ".join(key.split("-")))
        self.kept.setChecked(False)
        self.go_button.setEnabled(False)
        self.print_button.setFocus()

    def may_leave(self) -> bool:
        """Tell whether the key is kept, or the clerk gives it up."""
        text, yes, no = texts.RECOVERY_LEAVE_TEXT, texts.RECOVERY_LEAVE_YES, texts.RECOVERY_LEAVE_NO
        return self.kept.isChecked() or self._dialogs.ask(self, texts.RECOVERY_LEAVE, text, yes, no)

    @property
    def sheet(self) -> str:
        """Return the words to print or keep."""
        day = date.today().isoformat()
        return texts.RECOVERY_SHEET.format(
            program=common.PROGRAM, unit=self._unit, folder=self._folder, day=day, key=self._key
        )

    def print(self) -> None:
        """Print the sheet."""
        if self._dialogs.print_text(self, self.sheet):
            self.notice.tell(texts.RECOVERY_PRINTED, "good")

    def save(self) -> None:
        """Write the sheet to a file that the clerk names."""
        name = texts.RECOVERY_FILE.format(unit=self._unit)
        out = self._dialogs.save_file(self, texts.RECOVERY, name, texts.TEXT_FILE)
        if not out:
            return
        try:
            write_bytes(out, self.sheet.encode("utf-8-sig"))
        except Refusal as refusal:
            self.notice.tell(refusal.message, "bad")
            return
        self.notice.tell(texts.RECOVERY_SAVED.format(name=out.name), "good")
