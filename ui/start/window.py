"""The window before the main one: it leads from choosing a workspace to an open session."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.codes import code_table
from ipdesk.doors import Create
from ipdesk.problems import Absent, Damage, Refusal
from ipdesk.store import Office, Store
from ui.icons import logo
from ui.session import Desk, Session, explain
from ui.start.choose import ChoosePage
from ui.start.create import CreatePage, NewWorkspace
from ui.start.recovery import RecoveryPage
from ui.start.rescue import Door, Rescue
from ui.start.unlock import UnlockPage
from ui.texts import common
from ui.texts import start as texts
from ui.widgets.basic import label
from ui.worker import Worker

SLOW = 2000  # milliseconds of opening after which a page says what takes so long


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways into a workspace, all but ``is_locked`` used on a worker's thread only."""

    open: Callable[[Path, str | None], Store]
    create: Create
    is_locked: Callable[[Path], bool]
    rescue: Door | None = None


class StartWindow(QWidget):
    """Opens or makes a workspace and says so with a session."""

    opened = Signal(object)

    def __init__(self, desk: Desk, ways: Ways) -> None:
        """Lay the pages out; ``begin`` shows the first."""
        super().__init__()
        self.setWindowTitle(texts.TITLE)
        self.resize(880, 580)
        self._desk, self._ways = desk, ways
        self._worker: Worker | None = None
        self._made: Session | None = None
        self.choose, self.unlock = ChoosePage(desk.dialogs), UnlockPage()
        self.create_page, self.recovery = CreatePage(desk.dialogs), RecoveryPage(desk.dialogs)
        self._lost: tuple[Path, str | None] | None = None
        self.rescue = Rescue(desk, ways.rescue, self) if ways.rescue else None
        self.opening = _opening()
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self.pages = QStackedWidget()
        self.pages.setObjectName("canvas")
        for page in (self.choose, self.unlock, self.create_page, self.recovery, self.opening):
            self.pages.addWidget(page)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(_brand())
        line.addWidget(self.pages, 1)
        self._connect()

    def _connect(self) -> None:
        self.choose.folder_chosen.connect(self.approach)
        self.choose.new_asked.connect(lambda: self._show_create(None))
        self.unlock.entered.connect(self._open)
        self.unlock.other_asked.connect(self.show_choice)
        self.create_page.asked.connect(self._create)
        self.create_page.back_asked.connect(self.show_choice)
        self.recovery.done.connect(self._go)
        self.choose.rescue_asked.connect(self._rescue)
        if self.rescue:
            self.rescue.done.connect(self._open)
        self._slow.timeout.connect(lambda: self._turn_to(self.opening))

    # ------------------------------------------------------------ leading
    def begin(self, folder: Path | None, password: str | None) -> None:
        """Open a folder told from outside, else the only one known, else let the clerk choose."""
        if folder and password is not None:
            self.unlock.enter(folder)  # where a wrong password can be typed anew
            self._open(folder, password)
        elif folder and folder.is_dir() and any(folder.iterdir()):
            self.approach(folder)
        elif folder:
            self._show_create(folder) if not self._desk.preferences.recent() else self.show_choice()
        else:
            self.show_choice()

    def show_choice(self, problem: str = "", *, can_rescue: bool = False) -> None:
        """Show the first page, with what went wrong if something did."""
        self.choose.enter(self._desk.preferences.recent(), problem, can_rescue=can_rescue)
        self._turn_to(self.choose)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page, and the window if nothing needed it so far."""
        self.pages.setCurrentWidget(page)
        self.show()

    def _show_create(self, folder: Path | None) -> None:
        self.create_page.enter(folder)
        self._turn_to(self.create_page)

    def approach(self, folder: Path) -> None:
        """Open a workspace, asking for its password where it has one."""
        try:
            locked = self._ways.is_locked(folder)
        except Refusal as refusal:
            self.show_choice(refusal.message)
            return
        if locked:
            self.unlock.enter(folder)
            self._turn_to(self.unlock)
        else:
            self._open(folder, None)

    def _open(self, folder: Path, password: str | None) -> None:
        if password is not None:
            self.unlock.wait(True)

        def make() -> tuple[Store, Any]:
            store = self._ways.open(folder, password)
            return store, store.office

        worker = self._new_worker()
        self._slow.start()
        worker.open(
            make,
            lambda office: self._open_done(office, folder),
            lambda e: self._open_failed(e, folder, password),
            self,
        )

    def _open_done(self, office: Office, folder: Path) -> None:
        self._slow.stop()
        self._made = self._session(office, folder)
        self._go()

    def _open_failed(self, error: Exception, folder: Path, password: str | None) -> None:
        self._drop_worker()
        if isinstance(error, (Damage, Absent)) and self.rescue:
            self._lost = (folder, password)
            self.show_choice(error.message, can_rescue=True)
        elif not isinstance(error, Refusal):
            self.show_choice()
            explain(self._desk, self, error)
        elif password is None:
            self.show_choice(error.message)
        else:
            self._turn_to(self.unlock)
            self.unlock.refuse(error.message)

    def _rescue(self) -> None:
        """Bring back from a backup what could not be opened."""
        if self.rescue and self._lost:
            self.rescue.begin(*self._lost)

    def _create(self, wanted: NewWorkspace) -> None:
        def make() -> tuple[Store, Any]:
            store, key = self._ways.create(
                wanted.folder,
                role=wanted.role,
                unit_code=wanted.unit_code,
                office_name=wanted.office_name,
                password=wanted.password,
            )
            return store, (store.office, key)

        self._new_worker().open(
            make, lambda told: self._create_done(wanted, *told), self._create_failed, self
        )

    def _create_done(self, wanted: NewWorkspace, office: Office, key: str) -> None:
        self._made = self._session(office, wanted.folder)
        if not key:
            self._go()
            return
        unit = office.office_name or code_table("regions").label(office.unit_code)
        self.recovery.enter(key, unit, wanted.folder)
        self.pages.setCurrentWidget(self.recovery)

    def _create_failed(self, error: Exception) -> None:
        self._drop_worker()
        if isinstance(error, Refusal):
            self.create_page.refuse(error.message)
        else:
            self.create_page.wait(False)
            explain(self._desk, self, error)

    def _session(self, office: Office, folder: Path) -> Session:
        self._desk.preferences.remember(folder)
        assert self._worker is not None  # it has just opened the store
        return Session(self._desk, self._worker, office, folder)

    def _go(self) -> None:
        session, self._made, self._worker = self._made, None, None
        self.opened.emit(session)

    # ------------------------------------------------------------ worker
    def _new_worker(self) -> Worker:
        self._drop_worker()
        self._worker = Worker()
        return self._worker

    def _drop_worker(self) -> None:
        self._slow.stop()
        worker, self._worker = self._worker, None
        if worker:
            worker.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close a store that nobody will use; a recovery key that shows once is not lost without a question."""
        if self.pages.currentWidget() is self.recovery and not self.recovery.may_leave():
            event.ignore()
            return
        self._drop_worker()
        if self.rescue:
            self.rescue.close()
        super().closeEvent(event)


def _opening() -> QWidget:
    page = QWidget()
    lines = QVBoxLayout(page)
    lines.setContentsMargins(32, 32, 32, 24)
    lines.setSpacing(12)
    lines.addWidget(label(texts.OPENING, "title"))
    lines.addWidget(label(texts.OPENING_LONG, "muted", wrap=True))
    lines.addStretch()
    return page


def _brand() -> QFrame:
    frame = QFrame()
    frame.setObjectName("brand")
    frame.setFixedWidth(264)
    mark = QLabel()
    mark.setPixmap(logo(64))
    secrecy = label(texts.SECRECY, "muted", wrap=True)
    lines = QVBoxLayout(frame)
    lines.setContentsMargins(28, 48, 24, 28)
    lines.setSpacing(8)
    lines.addWidget(mark)
    lines.addSpacing(16)
    lines.addWidget(label(common.PROGRAM, "brand", wrap=True))
    lines.addWidget(label(texts.SLOGAN, "muted", wrap=True))
    lines.addStretch()
    lines.addWidget(secrecy, 0, Qt.AlignmentFlag.AlignBottom)
    return frame
