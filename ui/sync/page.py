"""What both exchange pages share: how things stand, and receiving with a look before."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.kinds.sync import PACKAGE
from ipdesk.store import Store
from ipdesk.sync import Received
from ui.session import Session
from ui.sync import deeds
from ui.sync.files import FileList
from ui.sync.looking import Looking
from ui.texts import common
from ui.texts import sync as texts
from ui.widgets.basic import button, row, shortcut
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page
from ui.widgets.waiting import Waiting
from ui.worker import Report, Task


class SyncPage(Page):
    """Home, waiting and looking; the county's and the city's page fill the home."""

    def __init__(self, session: Session, title: str, *buttons: QPushButton) -> None:
        """Lay the page out; ``enter`` asks how things stand."""
        super().__init__()
        self._session = session
        self.standing: deeds.Standing | None = None
        self._files: list[Path] = []
        self._task: Task | None = None
        self._made_in: Path | None = None
        self.head, self.main_button = PageHead(title, *buttons), buttons[-1]
        self.open_button = button(common.OPEN_FOLDER, "folder", kind="link", clicked=self._open_folder)
        self.notice = Notice(self.open_button)
        self.file_list = FileList()
        self.waiting, self.looking = Waiting(self.give_up), Looking(session.catalogue, city=session.is_city)
        self.take_button = button(texts.TAKE, kind="primary", clicked=self.take)
        self.cancel_button = button(common.CANCEL, clicked=self.give_up)
        self.pages, self.home = QStackedWidget(), QWidget()
        self._lay_out()
        self.pages.currentChanged.connect(lambda place: self._show_buttons(buttons, place == 0))
        shortcut(self, "F5", self.refresh)
        shortcut(self, "Esc", self.give_up)

    def _lay_out(self) -> None:
        look = QWidget()
        inside = QVBoxLayout(look)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.looking, 1)
        inside.addLayout(row(None, self.cancel_button, self.take_button))
        for page in (self.home, self.waiting, look):
            self.pages.addWidget(page)
        self._look = look
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.notice)
        lines.addWidget(self.pages, 1)

    @staticmethod
    def _show_buttons(buttons: Sequence[QPushButton], shown: bool) -> None:
        """Keep the page's buttons to its home: elsewhere one filled button is enough."""
        for made in buttons:
            made.setVisible(shown)

    # ------------------------------------------------------------ how things stand
    def enter(self) -> None:
        """Ask how things stand."""
        self.refresh()

    def refresh(self) -> None:
        """Ask how things stand."""
        self._session.ask(self, deeds.look, self._take_standing)

    def _take_standing(self, standing: deeds.Standing) -> None:
        self.standing = standing
        self.file_list.show_files(standing.files)
        self.show_standing(standing)

    def show_standing(self, standing: deeds.Standing) -> None:
        """Show how things stand on the home of the page."""

    def tell(self, words: str, tone: str = "good", folder: Path | None = None) -> None:
        """Say what was done; where files were made the button opens their folder."""
        self._made_in = folder
        self.open_button.setVisible(folder is not None)
        self.notice.tell(words, tone)

    def _open_folder(self) -> None:
        if self._made_in:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made_in)))

    def done(self, words: str, *, folder: Path | None = None) -> None:
        """Say what was done and let every screen know."""
        self.tell(words, "good", folder)
        self._session.report(words, PACKAGE)
        self.refresh()

    # ------------------------------------------------------------ receiving
    def look_at(self, places: Sequence[Path]) -> None:
        """Show what files, or the files in folders, would change."""
        if not places:
            return
        found: list[Path] = []

        def op(store: Store, _report: Report) -> Received:
            from ipdesk import sync

            found.extend(deeds.packages_in(places))
            return sync.receive(store, found, dry_run=True)

        self._wait(texts.CHECKING)
        self._task = self._session.work(
            self, op, lambda told: self._show_trial(found, told), self._failed, _no_progress
        )

    def _wait(self, words: str) -> None:
        self.notice.tell("")
        self.waiting.begin(words)
        self.pages.setCurrentWidget(self.waiting)
        self.waiting.focus()

    def _failed(self, _error: Exception) -> bool:
        self._task = None
        self._go_home()
        return False

    def _go_home(self) -> None:
        self.pages.setCurrentWidget(self.home)
        self.main_button.setFocus()

    def _show_trial(self, files: list[Path], told: Received) -> None:
        self._task = None
        refused = {file for file, _ in told.refused}
        self._files = [file for file in files if file not in refused]
        self.looking.show_trial(told)
        self.take_button.setText(
            texts.TAKE.format(count=len(self._files)) if self._files else texts.TAKE_NONE
        )
        self.take_button.setEnabled(bool(self._files))
        self.pages.setCurrentWidget(self._look)

    def take(self) -> None:
        """Take the files in that were looked at."""
        files = list(self._files)
        if not files:
            return

        def op(store: Store, _report: Report) -> Received:
            from ipdesk import sync

            return sync.receive(store, files)

        self._wait(texts.TAKING)
        self.waiting.forbid_giving_up()
        self._task = self._session.work(self, op, self._taken, self._failed, _no_progress)

    def _taken(self, told: Received) -> None:
        self._task = None
        self._go_home()
        words = (texts.TAKEN if self._session.is_city else texts.TAKEN_RECEIPT).format(
            count=len(told.previews),
            accepted=told.accepted,
            unchanged=told.unchanged,
            conflicts=told.conflicts,
        )
        if told.refused:
            words += texts.TAKEN_REFUSED.format(count=len(told.refused))
        self._session.report(words, *self._session.catalogue.travelling)
        self.done(words)

    def give_up(self) -> None:
        """Go back to the home of the page; a file being taken in is waited for."""
        if self.is_taking:
            return
        if self._task:
            self._task.cancel()
            self._task = None
        self._go_home()

    @property
    def is_taking(self) -> bool:
        """Tell whether files are being taken in just now."""
        return self._task is not None and not self.waiting.may_give_up

    def may_leave(self) -> bool:
        """Tell whether the page may be left: not while files are being taken in."""
        return not self.is_taking


def _no_progress(_done: int, _total: int) -> None:
    """Files are taken in whole; the bar only moves."""
