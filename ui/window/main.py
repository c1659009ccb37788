"""The main window: it holds the pages and leads from one to the other, and does nothing else."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.store import Office
from ui.session import Session
from ui.style import tokens
from ui.texts import common
from ui.texts import window as texts
from ui.widgets.basic import shortcut
from ui.widgets.page import Page
from ui.window.navigation import Entry, Navigation
from ui.window.siblings import Siblings
from ui.window.status import Status
from ui.window.toast import Toast

SMALLEST = QSize(960, 560)


class MainWindow(QMainWindow):
    """Shows one page at a time beside the navigation."""

    def __init__(self, session: Session) -> None:
        """Lay the window out; ``add`` brings the pages."""
        super().__init__()
        self.session = session
        self.pages: dict[str, Page] = {}
        self._makers: dict[str, Callable[[], Page]] = {}
        self._parents: dict[str, str] = {}
        self._numbered, self._shown = 0, ""
        self._stack = QStackedWidget()
        self.navigation = Navigation("", self.go)
        self._siblings = Siblings(self.go)
        self.status = Status(session)
        self._lay_out()
        self.toast = Toast(self.centralWidget(), lambda: session.undo(self))
        session.told.connect(self.toast.tell)
        session.office_changed.connect(self.tell_office)
        self.tell_office(session.office)
        self.setMinimumSize(SMALLEST)

    def _lay_out(self) -> None:
        canvas = QWidget()
        canvas.setObjectName("canvas")
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.navigation)
        pages = QVBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self._siblings)
        pages.addWidget(self._stack, 1)
        body.addLayout(pages, 1)
        lines = QVBoxLayout(canvas)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(body, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(canvas)

    def tell_office(self, office: Office) -> None:
        """Show whose workspace it is."""
        from ipdesk.codes import code_table

        name = office.office_name or code_table("regions").label(office.unit_code)
        self.navigation.tell_office(name)
        self.setWindowTitle(f"{common.PROGRAM} — {name}（{common.NON_SECRET}）")

    def add(self, entry: Entry, page: Page) -> None:
        """Add a page and its way in; Ctrl and its number lead there."""
        self.pages[entry.name] = page
        self._stack.addWidget(page)
        self._add_way(entry)

    def add_later(self, entry: Entry, make: Callable[[], Page]) -> None:
        """Add the way to a page that is made when first asked for."""
        self._makers[entry.name] = make
        self._add_way(entry)

    def add_below(self, parent: str, name: str, make: Callable[[], Page]) -> None:
        """Add a page without a way of its own: while it shows, its parent is marked."""
        self._makers[name], self._parents[name] = make, parent

    def add_group(self, entry: Entry, members: Sequence[tuple[Entry, Callable[[], Page]]]) -> None:
        """Add one way to several pages that stand side by side; it leads to the one shown last."""
        self._siblings.add(entry.name, [member for member, _ in members])
        self._add_way(entry)
        for member, make in members:
            self.add_below(entry.name, member.name, make)

    def _add_way(self, entry: Entry) -> None:
        self.navigation.add(entry)
        self._numbered += not entry.keys
        keys = entry.keys or f"Ctrl+{self._numbered}"
        shortcut(self, keys, lambda: self.go(entry.name), whole_window=True)

    def page(self, name: str) -> Page:
        """Return a page, made when it is first asked for."""
        if name not in self.pages:
            self.pages[name] = self._makers[name]()
            self._stack.addWidget(self.pages[name])
        return self.pages[name]

    def go(self, name: str) -> bool:
        """Show a page unless the present one holds something unsaved; tell whether it shows."""
        name = self._siblings.last_of(name)
        page = self.page(name)
        if page is not self._stack.currentWidget() and not self.may_leave():
            self._siblings.mark(self._shown)
            return False
        self._shown = name
        self._stack.setCurrentWidget(page)
        self.navigation.mark(self._parents.get(name, name))
        self._siblings.mark(name)
        page.enter()
        return True

    def may_leave(self) -> bool:
        """Tell whether the present page can be left."""
        return all(page.may_leave() for page in self.pages.values() if page is self._stack.currentWidget())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the navigation where the window is narrow."""
        super().resizeEvent(event)
        self.navigation.fold(self.width() < tokens().size["fold-below"])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask before losing anything; then close the store cleanly."""
        if not self.may_leave() or not self._may_stop():
            event.ignore()
            return
        self.session.close()
        event.accept()

    def _may_stop(self) -> bool:
        return not self.session.worker.has_long_deed or self.session.dialogs.ask(
            self, texts.BUSY_TITLE, texts.BUSY_TEXT, texts.BUSY_YES, texts.BUSY_NO
        )
