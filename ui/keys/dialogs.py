"""The windows in which keys are changed, backed up and brought back; each says before what it will do."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk import sync
from ipdesk.actions import keys as deeds
from ipdesk.actions.keys import KeyLook
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.store import Store
from ui.keys.deeds import Keys
from ui.session import Session
from ui.texts import common
from ui.texts import keys as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice

WIDTH = 560


class KeyDialog(QDialog):
    """What they share: an explanation, the recovery key where it is needed, one deed; ``told`` says it is done."""

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session, title: str, text: str, deed: str) -> None:
        """Say what the deed does."""
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title.removesuffix("…"))
        self.setMinimumWidth(WIDTH)
        self.recovery = QLineEdit()
        self.recovery_box = Labelled(texts.RECOVERY, self.recovery, texts.RECOVERY_HELP)
        self.revokes = QCheckBox(texts.REVOKES)
        self.revokes.setAccessibleDescription(texts.REVOKES_HELP)
        self.notice = Notice()
        self.do_button = button(deed, kind="primary", clicked=self.go, hint="Ctrl+Enter")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(24, 20, 24, 16)
        self.lines.setSpacing(10)
        self.lines.addWidget(label(self.windowTitle(), "lead"))
        self.text = label(text, "body", wrap=True)
        for part in (self.text, self.notice):
            self.lines.addWidget(part)
        shortcut(self, "Ctrl+Return", self.go)

    def end_with(self, *parts: QWidget) -> None:
        """Put the parts below, and the buttons."""
        for part in parts:
            self.lines.addWidget(part)
        self.lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))

    def go(self) -> None:
        """Do the deed, as far as what is typed allows."""

    @property
    def needs_recovery(self) -> bool:
        """Tell whether the printed recovery key is asked for."""
        return self.session.is_city and self.session.office.locked

    def lacks_recovery(self) -> bool:
        """Say that the recovery key is missing, where it is; tell whether."""
        lacks = not self.recovery_box.isHidden() and not self.recovery.text().strip()
        if self.recovery_box.refused(texts.RECOVERY_EMPTY if lacks else ""):
            self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        return lacks

    def hold(self) -> None:
        """Let nothing be asked twice while it is under way."""
        self.do_button.setEnabled(False)
        self.notice.tell("")

    def refused(self, error: Exception) -> bool:
        """Say what stood in the way."""
        self.do_button.setEnabled(True)
        self.notice.tell(self.session.reason(error), "bad")
        self.adjustSize()
        return True

    def finish(self, words: str) -> None:
        """Close, and let the page say what was done."""
        self.accept()
        self.told.emit(words)


class RotateDialog(KeyDialog):
    """Changes this workspace's keys."""

    def __init__(self, parent: QWidget, session: Session, keys: Keys) -> None:
        """Say what changes for whom."""
        city = session.is_city
        title = texts.ROTATE_CITY if city else texts.ROTATE_COUNTY
        text = texts.ROTATE_CITY_TEXT if city else texts.ROTATE_COUNTY_TEXT
        told = text.format(fingerprint=keys.own.fingerprint, count=len(keys.partners))
        super().__init__(parent, session, title, told, texts.ROTATE)
        self.revokes_help = label(texts.REVOKES_HELP, "small", wrap=True)
        self.end_with(self.recovery_box, self.revokes, self.revokes_help)
        self.recovery_box.setVisible(self.needs_recovery)
        for part in (self.revokes, self.revokes_help):
            part.setVisible(city)
        (self.recovery if self.needs_recovery else self.do_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Change the keys after a question."""
        if not self.do_button.isEnabled() or self.lacks_recovery():
            return
        if not self.session.dialogs.ask(self, texts.ROTATE_ASK, texts.ROTATE_ASK_TEXT, texts.ROTATE):
            return
        recovery = self.recovery.text() if self.needs_recovery else ""
        revokes = self.revokes.isChecked()

        def op(store: Store) -> str:
            return sync.rotate(store, recovery, store.folder / KEY_BACKUP, revokes=revokes)

        self.hold()
        words = texts.ROTATED_CITY if self.session.is_city else texts.ROTATED_COUNTY
        self.session.ask(self, op, lambda told: self.finish(words.format(fingerprint=told)), self.refused)


class BackUpDialog(KeyDialog):
    """Writes the city's key backup to another place."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        """Ask for the recovery key under which it is written."""
        super().__init__(parent, session, texts.BACK_UP_TITLE, texts.BACK_UP_TEXT, texts.BACK_UP_DO)
        self.end_with(self.recovery_box)
        self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Ask where, and write it."""
        if not self.do_button.isEnabled() or self.lacks_recovery():
            return
        chosen = self.session.dialogs.save_file(
            self, texts.BACK_UP_TITLE, texts.BACK_UP_NAME, texts.BACK_UP_FILTER
        )
        if chosen:
            recovery, out = self.recovery.text(), chosen
            self.hold()
            self.session.ask(
                self,
                lambda store: deeds.back_up(store, recovery, out),
                lambda _none: self.finish(texts.BACKED_UP.format(name=out)),
                self.refused,
            )


class RecoverDialog(KeyDialog):
    """Goes on with the keys of a backup, shown before anything is taken."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        """Ask for the file and its recovery key."""
        super().__init__(parent, session, texts.RECOVER_TITLE, texts.RECOVER_TEXT, texts.RECOVER_LOOK)
        self.found: KeyLook | None = None
        self.file = QLineEdit()
        self.file_box = Labelled(texts.RECOVER_FILE, self.file)
        self.choose_button = button(texts.RECOVER_CHOOSE, "folder", clicked=self.choose)
        self.file_box.add_beside(self.choose_button)
        self.revokes_help = label(texts.REVOKES_HELP, "small", wrap=True)
        self.end_with(self.file_box, self.recovery_box, self.revokes, self.revokes_help)
        for edit in (self.file, self.recovery):
            edit.textEdited.connect(lambda _words: self._forget())
        self._forget()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Let the file be chosen."""
        chosen = self.session.dialogs.open_files(self, texts.RECOVER_TITLE, texts.BACK_UP_FILTER)
        if chosen:
            self.file.setText(str(chosen[0]))
            self._forget()
            self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Look again before anything is done: file or key are other ones."""
        self.found = None
        self.notice.tell("")
        self._name(texts.RECOVER_LOOK)
        for part in (self.revokes, self.revokes_help):
            part.hide()

    def _name(self, words: str) -> None:
        self.do_button.setText(words)
        self.do_button.setAccessibleName(words)
        self.do_button.setEnabled(True)

    def go(self) -> None:
        """Look into the backup; once it was looked into, go on with its keys."""
        if not self.do_button.isEnabled():
            return
        name = self.file.text().strip()
        if self.file_box.refused("" if name else texts.RECOVER_FILE_EMPTY):
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.lacks_recovery():
            self._recover(Path(name)) if self.found else self._look(Path(name))

    @property
    def _typed(self) -> tuple[str, str]:
        return self.file.text(), self.recovery.text()

    def _look(self, file: Path) -> None:
        recovery, asked = self.recovery.text(), self._typed

        def show(found: KeyLook) -> None:
            if asked == self._typed:  # else another file or key was typed meanwhile
                self._show(found)

        self.hold()
        self.session.ask(self, lambda store: deeds.look_into(store, file, recovery), show, self.refused)

    def _show(self, found: KeyLook) -> None:
        if found.known:
            self.do_button.setEnabled(True)
            self.notice.tell(texts.RECOVER_KNOWN.format(fingerprint=found.fingerprint), "good")
            return
        self.found = found
        older = texts.RECOVER_OLDER.format(count=found.older) if found.older else ""
        self.notice.tell(texts.RECOVER_FOUND.format(fingerprint=found.fingerprint, older=older), "warn")
        self._name(texts.RECOVER_DO)
        for part in (self.revokes, self.revokes_help):
            part.show()
        self.adjustSize()
        self.do_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recover(self, file: Path) -> None:
        if not self.session.dialogs.ask(self, texts.RECOVER_ASK, texts.ROTATE_ASK_TEXT, texts.RECOVER_DO):
            return
        recovery, revokes = self.recovery.text(), self.revokes.isChecked()

        def op(store: Store) -> str:
            return sync.recover(store, file, recovery, store.folder / KEY_BACKUP, revokes=revokes)

        self.do_button.setEnabled(False)
        self.session.ask(
            self, op, lambda told: self.finish(texts.RECOVERED.format(fingerprint=told)), self.refused
        )
