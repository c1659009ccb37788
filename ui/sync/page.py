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
        self.file_list = FileList(city=session.is_city)
        self.waiting, self.looking = Waiting(self.give_up), self.make_looking()
        self.take_button = button(texts.TAKE, kind="primary", clicked=self.take, hint="Ctrl+Enter")
        self.cancel_button = button(common.CANCEL, clicked=self.give_up)
        self.pages, self.home = QStackedWidget(), QWidget()
        self._lay_out()
        self.pages.currentChanged.connect(lambda place: self._show_buttons(buttons, place == 0))
        shortcut(self, "F5", self.refresh)
        shortcut(self, "Esc", self.give_up)
        shortcut(self, "Ctrl+Return", lambda: self.take() if self.is_looking else None)

    def make_looking(self) -> Looking:
        """Return what shows a trial of receiving."""
        return Looking(self._session.catalogue)

    @property
    def is_looking(self) -> bool:
        """Tell whether files are being looked at, before they are taken in."""
        return self.pages.currentWidget() is self._look

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

        self.wait(texts.CHECKING)
        self._task = self._session.work(
            self, op, lambda told: self._show_trial(found, told), self._failed, no_progress
        )

    def wait(self, words: str) -> None:
        """Show that something takes its time."""
        self.notice.tell("")
        self.waiting.begin(words)
        self.pages.setCurrentWidget(self.waiting)
        self.waiting.focus()

    def _failed(self, _error: Exception) -> bool:
        self._task = None
        self.go_home()
        return False

    def go_home(self) -> None:
        """Go back to the home of the page."""
        self.pages.setCurrentWidget(self.home)
        self.main_button.setFocus()

    def _show_trial(self, files: list[Path], told: Received) -> None:
        self._task = None
        refused = {file for file, _ in told.refused} - {*told.aside}
        self._files = [file for file in files if file not in refused]
        self.looking.show_trial(told)
        words = self.take_words(len(self._files) - len(told.aside), len(told.aside))
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(bool(self._files))
        self.pages.setCurrentWidget(self._look)

    def take_words(self, count: int, _aside: int) -> str:
        """Return what the button says that takes so many files in, and sets others aside."""
        return texts.TAKE.format(count=count) if count else texts.TAKE_NONE

    def take(self) -> None:
        """Take the files in that were looked at."""
        files = list(self._files)
        if not files:
            return

        def op(store: Store, _report: Report) -> Received:
            from ipdesk import sync
            from ipdesk.actions.backups import before_receive

            before_receive(store)
            return sync.receive(store, files)

        self.wait(texts.TAKING)
        self.waiting.forbid_giving_up()
        self._task = self._session.work(self, op, self._end, self._failed, no_progress)

    def _end(self, told: Received) -> None:
        self._task = None
        self.go_home()
        self.taken(told)

    def taken(self, told: Received) -> None:
        """Say what was taken in."""
        words = texts.TAKEN_RECEIPT.format(accepted=told.accepted)
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
        self.go_home()

    @property
    def is_taking(self) -> bool:
        """Tell whether files are being taken in just now."""
        return self._task is not None and not self.waiting.may_give_up

    def may_leave(self) -> bool:
        """Tell whether the page may be left: not while files are being taken in."""
        return not self.is_taking


def no_progress(_done: int, _total: int) -> None:
    """Files are taken in whole; the bar only moves."""
