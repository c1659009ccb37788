"""Change the password, and try whether the printed recovery key is the right one."""

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from ipdesk.actions.workspace import change_password
from ipdesk.problems import Refusal
from ui.session import Session
from ui.start.strength import strength
from ui.texts import settings as texts
from ui.texts import start
from ui.widgets.basic import button, card, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class Lock:
    """The card about the password; one without a password has nothing to change."""

    def __init__(self, session: Session) -> None:
        """Lay the card out."""
        self._session = session
        self.frame: QFrame = card()
        self.old, self.new, self.again = (_hidden() for _ in range(3))
        self.old_field, self.new_field, self.again_field = (
            Labelled(texts.OLD, self.old),
            Labelled(texts.NEW, self.new),
            Labelled(texts.AGAIN, self.again),
        )
        self.change_button = button(texts.CHANGE, clicked=self.change)
        self.recovery = QLineEdit()
        self.recovery_field = Labelled(texts.RECOVERY, self.recovery, texts.RECOVERY_HELP)
        self.try_button = button(texts.TRY, clicked=self.try_recovery)
        self.notice = Notice()
        self._lay_out()
        self.again.returnPressed.connect(self.change)
        self.recovery.returnPressed.connect(self.try_recovery)
        self.new.textChanged.connect(lambda _text: self._tell_strength())

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self.frame)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(8)
        lines.addWidget(label(texts.LOCK_TITLE, "lead"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, field in enumerate((self.old_field, self.new_field, self.again_field)):
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, 1)
        lines.addLayout(grid)
        lines.addLayout(row(self.change_button, None))
        self.recovery_field.add_beside(self.try_button)
        lines.addWidget(self.recovery_field)
        lines.addWidget(self.notice)
        self.frame.setVisible(self._session.office.locked)

    def _tell_strength(self) -> None:
        step = strength(self.new.text())
        told = start.STRENGTH[step] if self.new.text() else ""
        self.new_field.say(told, ("wrong", "remind", "small", "good")[step])

    def change(self) -> None:
        """Let another password open the workspace, or say what is wrong and go there."""
        old, new, again = self.old.text(), self.new.text(), self.again.text()
        wrong = [
            field
            for field, message in (
                (self.old_field, "" if old else texts.OLD_EMPTY),
                (self.new_field, "" if strength(new) else start.PASSWORD_SHORT),
                (self.again_field, "" if new == again else start.PASSWORD_DIFFERS),
            )
            if field.refused(message)
        ]
        if wrong:
            wrong[0].widget.setFocus()
            return
        self.change_button.setEnabled(False)
        self._session.ask(
            self.frame, lambda store: change_password(store, old, new), self._changed, self._refused
        )

    def _changed(self, _none: None) -> None:
        self.change_button.setEnabled(True)
        for edit in (self.old, self.new, self.again):
            edit.clear()
        self.notice.tell(texts.CHANGED, "good")

    def _refused(self, error: Exception) -> bool:
        self.change_button.setEnabled(True)
        if not isinstance(error, Refusal):
            return False
        self.old_field.mark(error.message)
        self.old.setFocus()
        self.old.selectAll()
        return True

    def try_recovery(self) -> None:
        """Say whether what is typed is the recovery key; it is not kept."""
        secret = self.recovery.text()
        if not self.recovery_field.refused("" if secret.strip() else texts.RECOVERY_EMPTY):
            self._session.ask(self.frame, lambda store: store.is_recovery(secret), self._tried)

    def _tried(self, right: bool) -> None:
        self.notice.tell(texts.RECOVERY_RIGHT if right else texts.RECOVERY_WRONG, "good" if right else "bad")
        if right:
            self.recovery.clear()


def _hidden() -> QLineEdit:
    return QLineEdit(echoMode=QLineEdit.EchoMode.Password)
