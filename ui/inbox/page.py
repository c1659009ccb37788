"""The city's inbox: packages looked at before they are taken in, taken back, set aside and picked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QTabWidget, QVBoxLayout, QWidget

from ipdesk import sync
from ipdesk.drives import Drive
from ipdesk.kinds.declare import Kind
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync import Received
from ipdesk.sync.undoing import Later, built_on, undo_package
from ui.desks.finding import Found, find
from ui.desks.words import unit_words
from ui.inbox.outcome import BuiltOn, Outcome, outcome_words
from ui.inbox.picking import PickDialog
from ui.inbox.preview import PackagePreview
from ui.inbox.received import AsideTable, File, ReceivedTable, aside, taken
from ui.session import Session
from ui.sync.checking import check_digest
from ui.sync.deeds import Standing
from ui.sync.page import SyncPage
from ui.texts import desks, paper
from ui.texts import inbox as texts
from ui.texts import sync as sync_texts
from ui.widgets.basic import button, in_order, row, shortcut
from ui.widgets.drop import DropPlace


class InboxPage(SyncPage):
    """What came in from the counties, and what of it waits; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)
    conflicts_asked = Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        self.folder_button = button(texts.FOLDER, "folder", hint="Ctrl+Shift+O")
        self.folder_button.setProperty("menu", True)
        self.receive_button = button(
            texts.RECEIVE, "inbox", kind="primary", clicked=self.choose_files, hint="Ctrl+O"
        )
        self.check_button = button(
            paper.CHECK, clicked=lambda: check_digest(self, session), hint=paper.CHECK_HINT
        )
        super().__init__(session, texts.TITLE, self.check_button, self.folder_button, self.receive_button)
        self.folders = QMenu(self)
        self.folder_button.setMenu(self.folders)
        self.drop = DropPlace(texts.DROP, texts.DROP_NAME)
        self.drop.dropped.connect(self.look_at)
        self.received, self.aside = ReceivedTable(), AsideTable()
        self.undo_button = button(texts.UNDO, "undo", clicked=self.undo, hint="Delete")
        self.pick_button = button(texts.PICK, "check", clicked=self.pick, hint="Enter")
        self.outcome, self.built_on = Outcome(), BuiltOn()
        self.show_drives([])
        self._fill_home()
        self._connect()

    def make_looking(self) -> PackagePreview:
        """Return what shows a trial of receiving packages."""
        return PackagePreview(self._session.catalogue)

    def _fill_home(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(texts.TITLE)
        self.tabs.addTab(_with_foot(self.received, self.undo_button), "")
        self.tabs.addTab(_with_foot(self.aside, self.pick_button), "")
        lines = QVBoxLayout(self.home)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.drop)
        lines.addWidget(self.tabs, 1)
        for view in (self.outcome, self.built_on):
            self.pages.addWidget(view)
        in_order(self.tabs.tabBar(), self.received, self.undo_button)

    def _connect(self) -> None:
        self.received.chosen.connect(self._tell_deeds)
        self.aside.chosen.connect(self._tell_deeds)
        self.aside.opened.connect(self.pick)
        for view in (self.outcome, self.built_on):
            view.left.connect(self.go_home)
            view.record_asked.connect(self._open)
        self.outcome.conflicts_button.clicked.connect(self.conflicts_asked)
        shortcut(self.received, "Delete", self.undo)
        shortcut(self, "Ctrl+O", self.choose_files)
        shortcut(self, "Ctrl+Shift+O", self.folder_button.showMenu)

    def enter(self) -> None:
        """Ask how things stand and which drives are in; put the focus where work begins."""
        super().enter()
        self._session.ask(self, lambda _store: _drives(), self.show_drives)
        if self.pages.currentWidget() is self.home:
            self.receive_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.pages.currentWidget() is self.outcome:
            self.outcome.focus()

    # ------------------------------------------------------------ how things stand
    def show_standing(self, standing: Standing) -> None:
        """Show what was taken in and what was set aside."""
        came, waits = taken(standing.files), aside(standing.files)
        self.received.show_files(came)
        self.aside.show_files(waits)
        self.tabs.setTabText(0, texts.TAB_RECEIVED.format(count=len(came)))
        self.tabs.setTabText(1, texts.TAB_ASIDE.format(count=len(waits)))
        self.head.tell(texts.ABOUT.format(count=len(came), aside=len(waits)))

    def _tell_deeds(self) -> None:
        file, waits = self.received.file, self.aside.file
        self.undo_button.setEnabled(bool(file and file.get("batch")))
        self.pick_button.setEnabled(bool(waits and waits.get("forked")))

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer any folder, and each drive that is in."""
        self.folders.clear()
        self.folders.addAction(texts.FOLDER_ANY, self.choose_folder)
        self.folders.addSeparator()
        for drive in drives:
            words = texts.DRIVE.format(name=drive.name)
            self.folders.addAction(words, lambda folder=drive.folder: self.look_at([folder]))
        if not drives:
            self.folders.addAction(texts.NO_DRIVE).setEnabled(False)

    # ------------------------------------------------------------ receiving
    def choose_files(self) -> None:
        """Look at packages before they are taken in."""
        self.look_at(self._session.dialogs.open_files(self, texts.RECEIVE_CHOOSE, sync_texts.IPK))

    def choose_folder(self) -> None:
        """Look at every package in a folder before they are taken in."""
        folder = self._session.dialogs.choose_folder(self, texts.FOLDER_CHOOSE)
        self.look_at([folder] if folder else [])

    def take_words(self, count: int, aside: int) -> str:
        """Return what the button says that takes so many files in, and sets others aside."""
        words = texts.TAKE_ASIDE if aside and count else texts.ASIDE_ONLY if aside else texts.TAKE
        return words.format(count=count, aside=aside) if count or aside else texts.TAKE_NONE

    def taken(self, told: Received) -> None:
        """Show what receiving led to, with the doubts about what came in."""
        words = outcome_words(told)
        self._session.report(words, *self._session.catalogue.travelling)
        self.outcome.show_outcome(told)
        self.done(words)
        if told.doubts or told.refused or told.conflicts:
            self.notice.tell("")
            self.pages.setCurrentWidget(self.outcome)
            self.outcome.focus()

    # ------------------------------------------------------------ taking back
    def undo(self) -> None:
        """Take a package back after a question; where something builds on it, show what."""
        file = self.received.file
        if file is None or not self.undo_button.isEnabled():
            return
        digest = str(file["digest"])
        self.notice.tell("")
        self._session.ask(
            self, lambda store: built_on(store, digest), lambda later: self._ask_undo(file, later), self._fail
        )

    def _ask_undo(self, file: File, later: Sequence[Later]) -> None:
        unit, number = unit_words(str(file["unit"])), str(file["sequence"])
        if later:
            self.built_on.show_later(unit, number, later)
            self.pages.setCurrentWidget(self.built_on)
            self.built_on.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        title, text = (
            texts.UNDO_TITLE.format(unit=unit, number=number),
            texts.UNDO_TEXT.format(unit=unit, file=file["file_name"]),
        )
        if self._session.dialogs.ask(self, title, text, texts.UNDO):
            digest = str(file["digest"])

            def told(count: int) -> None:
                words = texts.UNDONE.format(unit=unit, number=number, count=count)
                self._session.report(words, *self._session.catalogue.travelling)
                self.done(words)
                self.received.setFocus(Qt.FocusReason.OtherFocusReason)

            self._session.ask(self, lambda store: undo_package(store, digest), told, self._fail)

    def _fail(self, error: Exception) -> bool:
        if not isinstance(error, Refusal):
            return False
        self.tell(error.message, "bad")
        return True

    # ------------------------------------------------------------ two workspaces of one county
    def pick(self) -> None:
        """Choose which of two workspaces of a county is in use, and take in what waited for that."""
        file = self.aside.file
        if file is None:
            return
        if not file.get("forked"):
            self.tell(texts.PICK_NONE.format(reason=file["quarantined"]), "busy")
            return
        dialog = PickDialog(self, str(file["unit"]), self._lives(file))
        epoch = dialog.choices and self._session.dialogs.show(dialog) and dialog.epoch
        if epoch:
            unit = str(file["unit"])
            self._session.ask(
                self, lambda store: sync.pick(store, unit, epoch), lambda done: self._picked(unit, len(done))
            )

    def _lives(self, file: File) -> list[File]:
        """Return the newest package of each of the two lives."""
        known = [f for f in (*self.received.files, *self.aside.files) if f["unit"] == file["unit"]]
        epochs = dict.fromkeys((str(file["forked"]), str(file["epoch"])))
        of = {epoch: [f for f in known if f["epoch"] == epoch] for epoch in epochs}
        return [max(files, key=lambda f: str(f.get("at"))) for files in of.values() if files]

    def _picked(self, unit: str, count: int) -> None:
        words = texts.PICKED.format(unit=unit_words(unit), count=count)
        self._session.report(words, *self._session.catalogue.travelling)
        self.done(words)

    # ------------------------------------------------------------ the way to a record
    def _open(self, kind: Kind, key: RecordKey, ledger: str) -> None:
        self._session.ask(self, lambda store: find(store, kind, key, ledger), self._show_record)

    def _show_record(self, found: Found | None) -> None:
        if found:
            self.record_asked.emit(found.ledger, found.key)
        else:
            self._session.tell(desks.NO_FORM)


def _with_foot(table: QWidget, made: QWidget) -> QWidget:
    """Return a list with the button of its deed below it."""
    page = QWidget()
    lines = QVBoxLayout(page)
    lines.setContentsMargins(0, 6, 0, 0)
    lines.setSpacing(8)
    lines.addWidget(table, 1)
    lines.addLayout(row(made, None))
    return page


def _drives() -> list[Drive]:
    from ipdesk.drives import drives

    return drives()
