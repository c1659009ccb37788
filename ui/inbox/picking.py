"""Ask which of two workspaces of a county is in use (sync rule 6)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QPushButton, QVBoxLayout, QWidget

from ui.desks.words import unit_words, when
from ui.inbox.received import File, life_of
from ui.texts import common
from ui.texts import inbox as texts
from ui.widgets.basic import button, label, row


class PickDialog(QDialog):
    """Offers the lives of a county that report, each by its newest package."""

    def __init__(self, parent: QWidget, unit: str, lives: Sequence[File]) -> None:
        """Offer a life for each of the packages; none is chosen beforehand."""
        super().__init__(parent)
        title = texts.PICK_TITLE.format(unit=unit_words(unit))
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._group = QButtonGroup(self)
        self.choices = {str(life["epoch"]): self._choice(life) for life in lives}
        self.take_button = button(texts.PICK_DO, kind="primary", clicked=self.accept)
        self.take_button.setEnabled(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        lines.addWidget(label(title, "lead"))
        lines.addWidget(label(texts.PICK_TEXT.format(unit=unit_words(unit)), "body", wrap=True))
        for made in self.choices.values():
            lines.addWidget(made)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.take_button))
        next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choice(self, life: File) -> QPushButton:
        made = when(str(life.get("made_at") or life.get("at") or ""))
        words = texts.PICK_LIFE.format(life=life_of(life), number=life["sequence"], made=made)
        choice = button(words, kind="choice")
        choice.setCheckable(True)
        choice.setAccessibleName(words.replace("\n", "，"))
        choice.toggled.connect(lambda _on: self.take_button.setEnabled(bool(self.epoch)))
        self._group.addButton(choice)
        return choice

    @property
    def epoch(self) -> str:
        """Return the life chosen, empty for none."""
        return next((epoch for epoch, made in self.choices.items() if made.isChecked()), "")
