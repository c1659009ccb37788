"""The strip of pages that stand side by side behind one way of the navigation."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QTabBar

from ui.texts import window as texts
from ui.widgets.basic import shortcut
from ui.window.navigation import Entry


class Siblings(QTabBar):
    """Shows the pages of the group that the page shown belongs to; hidden beside a page that stands alone."""

    def __init__(self, go: Callable[[str], bool]) -> None:
        """``go`` shows a page by name and tells whether it did."""
        super().__init__()
        self._go = go
        self._members: dict[str, list[Entry]] = {}
        self._last: dict[str, str] = {}
        self._group = ""
        self.setAccessibleName(texts.SIBLINGS)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setDocumentMode(True)
        self.hide()
        self.currentChanged.connect(self._chosen)
        shortcut(self, "Ctrl+Tab", lambda: self._step(1), whole_window=True)
        shortcut(self, "Ctrl+Shift+Tab", lambda: self._step(-1), whole_window=True)

    def add(self, group: str, members: Sequence[Entry]) -> None:
        """Learn which pages a group has."""
        self._members[group], self._last[group] = list(members), members[0].name

    def last_of(self, name: str) -> str:
        """Return the page of a group that was shown last; a page is itself."""
        return self._last.get(name, name)

    def mark(self, name: str) -> None:
        """Show which page is open, beside those of its group."""
        group = next((g for g, some in self._members.items() if name in [one.name for one in some]), "")
        blocked = QSignalBlocker(self)
        if group != self._group:
            self._show(group)
        if group:
            self._last[group] = name
            self.setCurrentIndex([one.name for one in self._members[group]].index(name))
        self.setVisible(bool(group))
        blocked.unblock()

    def _show(self, group: str) -> None:
        self._group = group
        while self.count():
            self.removeTab(0)
        for one in self._members.get(group, ()):
            self.addTab(one.label)

    def _chosen(self, place: int) -> None:
        if self._group and place >= 0:
            self._go(self._members[self._group][place].name)

    def _step(self, by: int) -> None:
        if self._group:
            self.setCurrentIndex((self.currentIndex() + by) % self.count())
