"""The page of devices and keys: this one's fingerprint, who is enrolled, and what can be done about both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout

from ipdesk import sync
from ipdesk.actions.keys import LIVE, OPEN, OWN, Enrolled, spoken
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.kinds.sync import PACKAGE
from ui.desks.table import DeskTable
from ui.keys.deeds import Keys, look
from ui.keys.dialogs import BackUpDialog, KeyDialog, RecoverDialog, RotateDialog
from ui.ledger.history import moment
from ui.session import Session
from ui.texts import keys as texts
from ui.texts import sync as sync_texts
from ui.widgets.basic import button, card, in_order, label, row, shortcut
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page

WIDTHS = (150, 140, 260, 136)
DEVICE_SHOWN = 8  # letters of a device's number: enough to tell two of a unit apart


class KeysPage(Page):
    """Lists devices with their state; the city accepts, takes back, changes and backs up keys, a county asks."""

    left, accept_asked, request_asked, install_asked = Signal(), Signal(), Signal(), Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session = session
        self.keys: Keys | None = None
        self._make_parts()
        self._lay_out()
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self.compare)
        for keys, deed in (("F5", self.refresh), ("Esc", self.left.emit)):
            shortcut(self, keys, deed)
        shortcut(self.table, "Delete", self.revoke)

    def _make_parts(self) -> None:
        city = self._session.is_city
        self.back_button = button(texts.BACK, clicked=self.left.emit, hint="Esc")
        self.head = PageHead(texts.TITLE, self.back_button, *self._head_buttons())
        self.notice = Notice()
        self.own = _fingerprint(texts.OWN_CITY if city else texts.OWN)
        self.spoken = label("", "muted", wrap=True)
        self.backup = label("", "body", wrap=True)
        self.table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, state=1, leaves=(3,))
        self.chosen = _fingerprint(texts.TABLE)
        self.chosen_name, self.chosen_spoken = label("", "muted"), label("", "muted", wrap=True)
        self.compare_button = button(texts.COMPARE, "check", clicked=self.compare, hint="Enter")
        self.revoke_button = button(texts.REVOKE, "lock", clicked=self.revoke, hint="Delete")
        self.back_up_button = button(texts.BACK_UP, "export", clicked=self.back_up)
        self.done_button = button(texts.BACKUP_DONE, clicked=self.confirm_backup)
        self.recover_button = button(texts.RECOVER, "history", clicked=self.recover)
        self.rotate_button = button(
            texts.ROTATE_CITY if city else texts.ROTATE_COUNTY, "sync", clicked=self.rotate
        )

    def _head_buttons(self) -> tuple[QPushButton, ...]:
        if self._session.is_city:
            return (button(texts.ACCEPT, "unlock", kind="primary", clicked=self.accept_asked.emit),)
        install = button(texts.INSTALL, "import", clicked=self.install_asked.emit)
        return (install, button(texts.REQUEST, "export", kind="primary", clicked=self.request_asked.emit))

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(10)
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(self.own.accessibleName(), "muted"), 0, 0)
        grid.addWidget(self.own, 0, 1)
        grid.addWidget(self.spoken, 1, 1)
        if self._session.is_city:
            grid.addWidget(label(texts.BACKUP, "muted"), 2, 0)
            grid.addWidget(self.backup, 2, 1)
        city = (self.done_button, self.back_up_button, self.recover_button)
        own = (*(city if self._session.is_city else ()), self.rotate_button)
        grid.addLayout(row(None, *own), 3, 0, 1, 2)
        for part in (self.head, self.notice, frame):
            lines.addWidget(part)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(self.chosen_name, self.chosen, None, self.compare_button, self.revoke_button))
        lines.addWidget(self.chosen_spoken)
        self.chosen_spoken.hide()
        self.revoke_button.setVisible(self._session.is_city)
        in_order(self.table, self.compare_button, self.revoke_button, *own)

    # ------------------------------------------------------------ how things stand
    def enter(self) -> None:
        """Read how things stand and put the focus on the list."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read anew how things stand."""
        self._session.ask(self, look, self._show)

    def _show(self, keys: Keys) -> None:
        self.keys = keys
        told = keys.devices
        self.own.setText(keys.own.fingerprint)
        whom = texts.OWN_HELP_CITY if self._session.is_city else texts.OWN_HELP_COUNTY
        self.spoken.setText(f"{texts.SPOKEN.format(words=spoken(keys.own.fingerprint))}。{whom}")
        self.backup.setText(self._backup_words(keys))
        self.back_up_button.setEnabled(self._session.office.locked)
        self.done_button.setVisible(self._session.is_city and keys.has_backup and not keys.is_kept)
        self.table.show_lines(
            [f"{one.unit} {one.device}" for one in told],
            [_line(one) for one in told],
            {place: texts.TONES[one.state] for place, one in enumerate(told)},
        )
        counts = {state: sum(one.state == state for one in told) for state in (LIVE, OPEN)}
        self.head.tell(texts.ABOUT.format(**counts))
        self._show_chosen()

    def _backup_words(self, keys: Keys) -> str:
        if not self._session.office.locked:
            return texts.BACKUP_UNLOCKED
        if keys.trouble:
            return keys.trouble
        words = texts.BACKUP_KEPT if keys.is_kept else texts.BACKUP_OPEN
        return words.format(file=self._session.folder / KEY_BACKUP) if keys.has_backup else texts.BACKUP_NONE

    @property
    def device(self) -> Enrolled | None:
        """Return the device under the ring."""
        place = self.table.place
        return self.keys.devices[place] if self.keys and 0 <= place < len(self.keys.devices) else None

    def _show_chosen(self) -> None:
        one = self.device
        other = one if one and one.state != OWN else None
        name = texts.CHOSEN.format(name=other.name, state=texts.STATES[other.state]) if other else ""
        self.chosen_name.setText(name)
        self.chosen.setText(other.fingerprint if other else "")
        self.chosen.setAccessibleName(name or texts.TABLE)
        self.chosen_spoken.setText(texts.SPOKEN.format(words=spoken(other.fingerprint)) if other else "")
        self.chosen_spoken.setVisible(other is not None)
        self.compare_button.setEnabled(bool(other and other.state == OPEN))
        self.revoke_button.setEnabled(bool(other and other.is_living))

    # ------------------------------------------------------------ deeds
    def compare(self) -> None:
        """Note that the fingerprint of the device under the ring was compared over the phone."""
        one, keys = self.device, self.keys
        if one is None or keys is None or one.state != OPEN:
            return
        text = sync_texts.COMPARED_TEXT.format(
            unit=one.name, fingerprint=one.fingerprint, own=keys.own.fingerprint
        )
        dialogs, title, yes = self._session.dialogs, sync_texts.COMPARED_TITLE, sync_texts.COMPARED_YES
        if dialogs.ask(self, title, text, yes, tone="info"):
            self._session.ask(
                self,
                lambda store: sync.confirm(store, one.unit),
                lambda _none: self._done(sync_texts.CONFIRMED.format(unit=one.name)),
            )

    def revoke(self) -> None:
        """Refuse what the device under the ring sends from now on, after a question."""
        one = self.device
        if one is None or not self.revoke_button.isEnabled() or not self._session.is_city:
            return
        text = texts.REVOKE_TEXT.format(name=one.name, fingerprint=one.fingerprint)
        if self._session.dialogs.ask(self, texts.REVOKE_TITLE.format(name=one.name), text, texts.REVOKE_YES):
            self._session.ask(
                self,
                lambda store: sync.revoke(store, one.unit),
                lambda _gone: self._done(texts.REVOKED.format(name=one.name)),
            )

    def rotate(self) -> None:
        """Change this workspace's keys."""
        if self.keys:
            self._ask(RotateDialog(self, self._session, self.keys))

    def back_up(self) -> None:
        """Write the key backup to another place."""
        self._ask(BackUpDialog(self, self._session))

    def recover(self) -> None:
        """Go on with the keys of a backup."""
        self._ask(RecoverDialog(self, self._session))

    def confirm_backup(self) -> None:
        """Note that the key backup lies in a safe place, after a question: a slip would hide that it does not."""
        words = (sync_texts.KEPT_TITLE, sync_texts.KEPT_TEXT, sync_texts.KEPT_YES)
        if not self._session.dialogs.ask(self, *words):
            return
        self._session.ask(self, sync.confirm_backup, lambda _none: self._done(texts.BACKUP_CONFIRMED))

    def _ask(self, dialog: KeyDialog) -> None:
        dialog.told.connect(self._done)
        self._session.dialogs.show(dialog)

    def _done(self, words: str) -> None:
        self.notice.tell(words, "good")
        self._session.report(words, PACKAGE)
        self.refresh()


def _line(one: Enrolled) -> tuple[str, ...]:
    since = moment(one.since) if one.since else ""
    return (one.name, texts.STATES[one.state], one.fingerprint, since, one.device[-DEVICE_SHOWN:])


def _fingerprint(name: str) -> QLabel:
    made = label("", "code")
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
