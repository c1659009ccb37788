"""The first page: a workspace opened before, another one, or a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.dialogs import Dialogs
from ui.icons import icon
from ui.texts import start as texts
from ui.widgets.basic import button, label, row
from ui.widgets.notice import Notice


class ChoosePage(QWidget):
    """Says which folder to open, or that a new workspace is wanted."""

    folder_chosen = Signal(object)
    new_asked = Signal()
    rescue_asked = Signal()

    def __init__(self, dialogs: Dialogs) -> None:
        """Lay the page out; ``enter`` fills in the recent ones."""
        super().__init__()
        self._dialogs = dialogs
        self.rescue_button = button(texts.RESCUE, "history", kind="link", clicked=self.rescue_asked.emit)
        self.notice = Notice(self.rescue_button)
        self.open_button = _big(texts.OPEN, texts.OPEN_TEXT, "folder", self._browse)
        self.new_button = _big(texts.NEW, texts.NEW_TEXT, "add", self.new_asked.emit)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        self._recent_label = label(texts.RECENT, "label")
        self.recent_buttons: list[QPushButton] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 32, 32, 24)
        lines.setSpacing(12)
        lines.addWidget(label(texts.WELCOME, "title"))
        lines.addWidget(label(texts.WELCOME_TEXT, "muted", wrap=True))
        lines.addWidget(self.notice)
        lines.addLayout(row(self.open_button, self.new_button, spacing=12))
        lines.addSpacing(8)
        lines.addWidget(self._recent_label)
        lines.addLayout(self._recent)
        lines.addStretch()

    def enter(self, recent: Sequence[Path], problem: str = "", *, can_rescue: bool = False) -> None:
        """Show the recent workspaces and what went wrong before, and put the focus on the likeliest button.

        ``can_rescue`` offers to bring back from a backup what could not be opened.
        """
        self.notice.tell(problem, "bad")
        self.rescue_button.setVisible(can_rescue)
        for old in self.recent_buttons:
            old.deleteLater()
        self.recent_buttons = [self._recent_button(folder) for folder in recent]
        for made in self.recent_buttons:
            self._recent.addWidget(made)
        self._recent_label.setVisible(bool(recent))
        (self.recent_buttons or [self.new_button])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _recent_button(self, folder: Path) -> QPushButton:
        made = button(folder.name, kind="choice", clicked=lambda: self.folder_chosen.emit(folder))
        made.setText(f"  {folder.name}    {folder.parent}")
        made.setIcon(icon("folder", "muted"))
        made.setToolTip(str(folder))
        return made

    def _browse(self) -> None:
        if folder := self._dialogs.choose_folder(self, texts.CHOOSE_WORKSPACE):
            self.folder_chosen.emit(folder)


def _big(title: str, text: str, picture: str, clicked: object) -> QPushButton:
    made = button(title, kind="choice", clicked=clicked)  # type: ignore[arg-type]
    made.setText(f"  {title}\n  {text}")
    made.setIcon(icon(picture, "primary", 24))
    made.setIconSize(QSize(24, 24))
    made.setMinimumHeight(76)
    made.setAccessibleDescription(text)
    return made
