"""The line at the bottom: saved, last sync, non-secret, offline, version."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ipdesk import __version__
from ui.icons import pixmap
from ui.session import Session
from ui.texts import common
from ui.texts import window as texts
from ui.widgets.basic import label


class Status(QFrame):
    """Shows how things stand."""

    def __init__(self, session: Session) -> None:
        """Listen to the session."""
        super().__init__()
        self.setObjectName("status")
        self.setAccessibleName(texts.STATUS)
        self.setFixedHeight(26)
        self._session = session
        self.saved, self.sync = label(texts.SAVED), label("")
        self.secrecy = label(common.NON_SECRET, "secrecy")
        self.secrecy.setFixedHeight(17)
        self.secrecy.setToolTip(common.NON_SECRET_HELP)
        self.unlocked = label(texts.UNLOCKED, "unlocked")
        self.unlocked.setToolTip(texts.UNLOCKED_HELP)
        self._saved_mark, self._unlocked_mark = _mark("check", "good"), _mark("unlock", "warn")
        self._lay_out()
        session.changed.connect(lambda _changed: self._tell_saved())
        session.worker.idle.connect(lambda idle: self._tell_saved() if idle else None)
        session.office_changed.connect(lambda _office: self._tell_locked())
        self._tell_locked()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(6)
        for part in (self._saved_mark, self.saved):
            line.addWidget(part)
        line.addSpacing(14)
        for part in (_mark("sync", "muted"), self.sync):
            line.addWidget(part)
        line.addStretch()
        for part in (self._unlocked_mark, self.unlocked):
            line.addWidget(part)
        line.addSpacing(8)
        line.addWidget(self.secrecy)
        line.addSpacing(8)
        line.addWidget(label(texts.OFFLINE))
        line.addSpacing(8)
        line.addWidget(label(texts.VERSION.format(version=__version__)))

    def _tell_saved(self) -> None:
        at = self._session.saved_at
        self.saved.setText(texts.SAVED_AT.format(at=f"{at:%H:%M}") if at else texts.SAVED)

    def _tell_locked(self) -> None:
        for part in (self._unlocked_mark, self.unlocked):
            part.setVisible(not self._session.office.locked)

    def tell_sync(self, words: str) -> None:
        """Say when the last package went or came."""
        self.sync.setText(words)


def _mark(picture: str, colour: str) -> QLabel:
    made = QLabel()
    made.setPixmap(pixmap(picture, colour, 14, 2.0))
    return made
