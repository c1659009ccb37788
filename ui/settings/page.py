"""The settings page: the office, the workspace, a check of the data."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipdesk import __version__, sync
from ipdesk.actions.backups import make
from ipdesk.actions.workspace import counts
from ipdesk.codes import code_table
from ipdesk.store import Office, Store
from ui.session import Session
from ui.settings.counting import Counting
from ui.settings.lock import Lock
from ui.settings.office import OfficeName
from ui.settings.rekey import Rekey
from ui.texts import common
from ui.texts import settings as texts
from ui.widgets.basic import button, card, label, row
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page


class SettingsPage(Page):
    """Shows whose workspace it is and how it is; a few things can be set."""

    backups_asked, keys_asked, channel_asked = Signal(), Signal(), Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out."""
        super().__init__()
        self._session = session
        self.office = OfficeName(session, QFrame())
        self.fingerprint, self.counts = label("", "code"), label("", "body", wrap=True)
        self.check_button = button(texts.CHECK, "check", clicked=self.check)
        self.backup_button = button(texts.BACKUP, "export", clicked=self.back_up)
        self.backups_button = button(texts.BACKUPS, "history", clicked=self.backups_asked.emit)
        self.keys_button = button(texts.KEYS, "lock", clicked=self.keys_asked.emit)
        channel = texts.CHANNEL_CITY if session.is_city else texts.CHANNEL_COUNTY
        self.channel_button = button(channel, "outbox", clicked=self.channel_asked.emit)
        self.check_notice = Notice()
        self.lock, self.rekey, self.counting = Lock(session), Rekey(session), Counting(session)
        session.office_changed.connect(self._tell_office)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(12)
        cards = (self._office_card(), self._workspace_card(), self._links_card(), self.counting.frame)
        for part in (*cards, self.lock.frame, self.rekey.frame, self._check_card(), self._about_card()):
            lines.addWidget(part)
        lines.addStretch()
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 11, 16, 12)
        page.setSpacing(11)
        page.addWidget(PageHead(texts.TITLE))
        page.addWidget(area, 1)

    def _office_card(self) -> QFrame:
        office = self._session.office
        unit = label(code_table("regions").label(office.unit_code), "body")
        role = label(texts.CITY if office.role == "city" else texts.COUNTY, "body")
        frame = _card(texts.OFFICE_TITLE, (texts.UNIT, unit), (texts.ROLE, role))
        inside = frame.layout()
        if isinstance(inside, QGridLayout):
            inside.addWidget(self.office.frame, inside.rowCount(), 0, 1, 2)
        return frame

    def _workspace_card(self) -> QFrame:
        folder = label(str(self._session.folder), "body", wrap=True)
        self.locked = label(_locked(self._session.office), "body")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame = _card(
            texts.WORKSPACE_TITLE,
            (texts.FOLDER, folder),
            (texts.LOCK, self.locked),
            (texts.FINGERPRINT, self.fingerprint),
            (texts.COUNTS, self.counts),
        )
        inside = frame.layout()
        if isinstance(inside, QGridLayout):
            opening = button(texts.OPEN_FOLDER, "folder", clicked=self._open_folder)
            inside.addLayout(row(opening, None), inside.rowCount(), 0, 1, 2)
        return frame

    def _links_card(self) -> QFrame:
        city = self._session.is_city
        frame = _card(texts.LINKS_TITLE)
        inside = frame.layout()
        if isinstance(inside, QGridLayout):
            about = texts.LINKS_CITY if city else texts.LINKS_COUNTY
            inside.addWidget(label(about, "muted", wrap=True), 1, 0, 1, 2)
            inside.addLayout(row(self.keys_button, self.channel_button, None), 2, 0, 1, 2)
        return frame

    def _check_card(self) -> QFrame:
        frame = _card(texts.CHECK_TITLE)
        inside = frame.layout()
        if isinstance(inside, QGridLayout):
            inside.addWidget(label(texts.CHECK_TEXT, "muted", wrap=True), 1, 0, 1, 2)
            inside.addLayout(
                row(self.backup_button, self.backups_button, self.check_button, None), 2, 0, 1, 2
            )
            inside.addWidget(self.check_notice, 3, 0, 1, 2)
        return frame

    def _about_card(self) -> QFrame:
        told = texts.ABOUT.format(program=common.PROGRAM, version=__version__, secrecy=common.NON_SECRET_HELP)
        frame = _card(texts.ABOUT_TITLE)
        inside = frame.layout()
        if isinstance(inside, QGridLayout):
            inside.addWidget(label(told, "body", wrap=True), 1, 0, 1, 2)
        return frame

    def enter(self) -> None:
        """Ask for what changes, and put the focus on the office's name."""
        self._session.ask(self, _facts, self._tell_facts)
        self.counting.ask()
        self.office.edit.setFocus()

    def may_leave(self) -> bool:
        """Tell whether the page may be left: not while the workspace is encrypted anew."""
        return not self.rekey.is_busy

    def _tell_facts(self, told: tuple[str, Mapping[str, int]]) -> None:
        fingerprint, numbers = told
        self.fingerprint.setText(fingerprint)
        kinds = self._session.catalogue.kinds
        self.counts.setText(
            "，".join(texts.COUNT.format(label=kinds[n].label, count=c) for n, c in numbers.items())
        )

    def _tell_office(self, office: Office) -> None:
        self.office.edit.setText(office.office_name)
        self.locked.setText(_locked(office))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.folder)))

    def check(self) -> None:
        """Have the whole store checked."""
        self.check_button.setEnabled(False)
        self.check_notice.tell(texts.CHECKING, "busy")
        self._session.ask(self, lambda store: store.check(), self._tell_check, self._check_failed)

    def back_up(self) -> None:
        """Write a copy of the store beside it."""
        self.backup_button.setEnabled(False)
        self.check_notice.tell(texts.BACKING_UP, "busy")
        self._session.ask(self, lambda store: make(store).path, self._tell_backup, self._check_failed)

    def _tell_backup(self, copy: Path) -> None:
        self.backup_button.setEnabled(True)
        self.check_notice.tell(texts.BACKED_UP.format(name=copy.name), "good")

    def _tell_check(self, found: list[str]) -> None:
        self.check_button.setEnabled(True)
        words = texts.CHECK_BAD.format(count=len(found), told="；".join(found)) if found else texts.CHECK_GOOD
        self.check_notice.tell(words, "bad" if found else "good")

    def _check_failed(self, _error: Exception) -> bool:
        for made in (self.check_button, self.backup_button):
            made.setEnabled(True)
        self.check_notice.tell("")
        return False


def _locked(office: Office) -> str:
    return texts.LOCKED if office.locked else texts.UNLOCKED


def _facts(store: Store) -> tuple[str, Mapping[str, int]]:
    return sync.fingerprint(store), counts(store)


def _card(title: str, *lines: tuple[str, QLabel]) -> QFrame:
    frame = card()
    grid = QGridLayout(frame)
    grid.setContentsMargins(20, 14, 20, 14)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 80)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(title, "lead"), 0, 0, 1, 2)
    for place, (name, value) in enumerate(lines, 1):
        grid.addWidget(label(name, "muted"), place, 0)
        grid.addWidget(value, place, 1)
    return frame
