"""What shows while something takes its time: words, a bar, and the way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.texts import intake as texts
from ui.widgets.basic import button, label, row


class Waiting(QWidget):
    """Shows progress; without a total the bar only moves."""

    def __init__(self, give_up: Callable[[], None]) -> None:
        """``give_up`` is what the button does."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words = label("", "lead")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(360)
        self.stop_button = button(texts.GIVE_UP, clicked=give_up)
        lines = QVBoxLayout(self)
        lines.setSpacing(16)
        lines.addStretch(2)
        lines.addWidget(self.words)
        lines.addLayout(row(None, self.bar, None))
        lines.addLayout(row(None, self.stop_button, None))
        lines.addStretch(3)

    def begin(self, words: str) -> None:
        """Start again, with an end not yet known."""
        self.tell(words, 0, 0)
        self.stop_button.setVisible(True)

    def tell(self, words: str, done: int, total: int) -> None:
        """Say how far it is."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleName(words)

    def forbid_giving_up(self) -> None:
        """Take the button away where the deed must end by itself."""
        self.stop_button.setVisible(False)

    @property
    def may_give_up(self) -> bool:
        """Tell whether the deed can be stopped."""
        return not self.stop_button.isHidden()

    def focus(self) -> None:
        """Put the focus here, a Tab from the button: a second Enter at a file chooser must stop nothing."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
