"""Set or change the password, and try whether the printed recovery key is the right one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ipdesk.actions.workspace import KEY_BACKUP, change_password, set_password
from ipdesk.codes import code_table
from ipdesk.problems import Refusal
from ipdesk.store import Office, Store
from ui.session import Session
from ui.settings.recovery import RecoveryDialog
from ui.start.strength import strength
from ui.texts import settings as texts
from ui.texts import start
from ui.widgets.basic import button, card, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class Lock:
    """The card about the password: set where there is none, else changed."""

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
        self.title, self.about = label("", "lead"), label(texts.SET_TEXT, "muted", wrap=True)
        lines.addWidget(self.title)
        lines.addWidget(self.about)
        abreast = QHBoxLayout()
        abreast.setSpacing(12)
        for field in (self.old_field, self.new_field, self.again_field):
            abreast.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(abreast)
        lines.addLayout(row(self.change_button, None))
        self.recovery_field.add_beside(self.try_button)
        lines.addWidget(self.recovery_field)
        lines.addWidget(self.notice)
        self._tell_locked()

    def _tell_locked(self) -> None:
        """Show what can be done: a password set where there is none, else changed."""
        office = self._session.office
        self.title.setText(texts.LOCK_TITLE if office.locked else texts.SET_TITLE)
        words = texts.CHANGE if office.locked else texts.SET
        self.change_button.setText(words)
        self.change_button.setAccessibleName(words)
        self.about.setVisible(not office.locked)
        for field in (self.old_field, self.recovery_field):
            field.setVisible(office.locked)

    def _tell_strength(self) -> None:
        step = strength(self.new.text())
        told = start.STRENGTH[step] if self.new.text() else ""
        self.new_field.say(told, ("wrong", "remind", "small", "good")[step])

    def change(self) -> None:
        """Let a password open the workspace, or say what is wrong and go there."""
        locked = self._session.office.locked
        old, new, again = self.old.text(), self.new.text(), self.again.text()
        wrong = [
            field
            for field, message in (
                (self.old_field, "" if old or not locked else texts.OLD_EMPTY),
                (self.new_field, "" if strength(new) else start.PASSWORD_SHORT),
                (self.again_field, "" if new == again else start.PASSWORD_DIFFERS),
            )
            if field.refused(message)
        ]
        if wrong:
            wrong[0].widget.setFocus()
            return
        self.change_button.setEnabled(False)
        if locked:
            self._session.ask(
                self.frame, lambda store: change_password(store, old, new), self._changed, self._refused
            )
        else:
            self._session.ask(self.frame, lambda store: _set(store, new), self._set, self._refused)

    def _changed(self, _none: None) -> None:
        self._done(texts.CHANGED)

    def _set(self, told: tuple[Office, str]) -> None:
        office, key = told
        self._session.rename(office)
        self._tell_locked()
        written = (self._session.folder / KEY_BACKUP).is_file()
        self._done(texts.SET_DONE + (texts.SET_DONE_CITY if written else ""))
        unit = office.office_name or code_table("regions").label(office.unit_code)
        dialogs = self._session.dialogs
        dialogs.show(RecoveryDialog(self.frame, dialogs, key, unit, self._session.folder))

    def _done(self, words: str) -> None:
        self.change_button.setEnabled(True)
        for edit in (self.old, self.new, self.again):
            edit.clear()
        self.notice.tell(words, "good")

    def _refused(self, error: Exception) -> bool:
        self.change_button.setEnabled(True)
        if not isinstance(error, Refusal):
            return False
        field, edit = (
            (self.old_field, self.old) if self._session.office.locked else (self.new_field, self.new)
        )
        field.mark(error.message)
        edit.setFocus()
        edit.selectAll()
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


def _set(store: Store, new: str) -> tuple[Office, str]:
    key = set_password(store, new)
    return store.office, key


def _hidden() -> QLineEdit:
    return QLineEdit(echoMode=QLineEdit.EchoMode.Password)
