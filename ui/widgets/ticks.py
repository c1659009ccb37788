"""A list of options to tick, narrowed down by a word or by its pinyin initials."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.widgets.basic import shortcut
from ui.widgets.initials import initials

Option = tuple[str, str]


class TickList(QWidget):
    """Offers options (code, name); what is narrowed away keeps its tick."""

    changed = Signal()

    def __init__(self, options: Sequence[Option], search_name: str, list_name: str) -> None:
        """Offer the options, none ticked."""
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(search_name)
        self.search.setAccessibleName(search_name)
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(list_name)
        self.list.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover, False)
        for code, name in options:
            item = QListWidgetItem(name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.search)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        shortcut(self.search, "Down", self._go_down)

    @property
    def items(self) -> list[QListWidgetItem]:
        """Return the items in order."""
        return [self.list.item(place) for place in range(self.list.count())]

    def _go_down(self) -> None:
        """Go from the search to the first option shown."""
        shown = [item for item in self.items if not item.isHidden()]
        if shown:
            self.list.setCurrentItem(shown[0])
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, typed: str) -> None:
        words = typed.strip()
        for item in self.items:
            item.setHidden(words not in item.text() and words.lower() not in initials(item.text()))

    @property
    def ticked(self) -> list[str]:
        """Return the codes ticked."""
        on = (item for item in self.items if item.checkState() == Qt.CheckState.Checked)
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in on]

    def tick(self, codes: Collection[str]) -> None:
        """Tick these codes and no others."""
        for item in self.items:
            on = str(item.data(Qt.ItemDataRole.UserRole)) in codes
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
