"""Encrypt the workspace anew under another key: what it is for, how far it is, and the new recovery key, once."""

from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout

from ipdesk.actions.workspace import rekey
from ipdesk.codes import code_table
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Office
from ui.session import Session
from ui.settings.recovery import RecoveryDialog
from ui.texts import rekey as texts
from ui.widgets.basic import button, card, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class Rekey:
    """The card about the key of the workspace; a locked one asks for its password first."""

    def __init__(self, session: Session) -> None:
        """Lay the card out."""
        self._session = session
        self.frame: QFrame = card()
        self.is_busy = False
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.field = Labelled(texts.PASSWORD, self.password)
        self.do_button = button(texts.DO, clicked=self.begin)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)  # the one statement that encrypts tells nothing of how far it is
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.BUSY)
        self.bar.hide()
        self.notice = Notice()
        self._lay_out()
        self.password.returnPressed.connect(self.begin)
        session.office_changed.connect(self._tell_locked)
        self._tell_locked(session.office)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self.frame)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(8)
        about = texts.ABOUT_CITY if self._session.is_city else texts.ABOUT
        lines.addWidget(label(texts.TITLE, "lead"))
        lines.addWidget(label(about, "muted", wrap=True))
        lines.addWidget(self.field)
        lines.addLayout(row(self.do_button, None))
        lines.addWidget(self.bar)
        lines.addWidget(self.notice)

    def _tell_locked(self, office: Office) -> None:
        self.field.setVisible(office.locked)

    def begin(self) -> None:
        """Encrypt anew after a question; nothing is asked twice."""
        locked, password = self._session.office.locked, self.password.text()
        lacks = locked and not password
        if self.is_busy or self.field.refused(texts.PASSWORD_EMPTY if lacks else ""):
            self.password.setFocus()
            return
        text = texts.ASK_TEXT if locked else texts.ASK_TEXT_OPEN
        if self._session.dialogs.ask(self.frame, texts.ASK, text, texts.YES):
            self._hold(held=True)
            secret = password if locked else None
            self._session.work(
                self.frame,
                lambda store, _report: rekey(store, secret),
                self._done,
                self._refused,
                _no_progress,
            )

    def _hold(self, *, held: bool) -> None:
        self.is_busy = held
        self.do_button.setEnabled(not held)
        self.password.setEnabled(not held)
        self.bar.setVisible(held)
        self.notice.tell(texts.BUSY if held else "", "busy")

    def _done(self, key: str) -> None:
        self._hold(held=False)
        self.do_button.setFocus()  # it was taken away while the button was held
        self.password.clear()
        city = self._session.is_city and key
        self.notice.tell(texts.DONE_CITY if city else texts.DONE, "good")
        self._session.report(texts.DONE, PACKAGE)
        if key:
            office, dialogs = self._session.office, self._session.dialogs
            unit = office.office_name or code_table("regions").label(office.unit_code)
            folder = self._session.folder
            dialogs.show(RecoveryDialog(self.frame, dialogs, key, unit, folder, texts.RECOVERY_TEXT))

    def _refused(self, error: Exception) -> bool:
        self._hold(held=False)
        if not isinstance(error, Refusal):
            return False
        if self._session.office.locked:
            self.field.mark(error.message)
            self.password.setFocus()
            self.password.selectAll()
        else:
            self.notice.tell(error.message, "bad")
        return True


def _no_progress(_done: int, _total: int) -> None:
    """Nothing is told on the way; that it reports at all lets the window ask before it is closed."""
