"""The navigation at the left: a button for each page, folded to icons where the window is narrow."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout

from ui.icons import icon, logo
from ui.style import tokens
from ui.texts import window as texts
from ui.widgets.basic import label, line, restyle

BELOW = 12  # logical pixels under the last button
MOST = 99  # more is not counted in the small room there is


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the navigation shows it; ``apart`` puts a line above it, ``keys`` lead there instead of a number."""

    name: str
    label: str
    picture: str
    apart: bool = False
    keys: str = ""


class _Badge(QLabel):
    """A small count at the right of a button, in its corner where the button is only an icon."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button)
        self._button, self._count = button, 0
        self.setProperty("role", "badge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button.installEventFilter(self)
        self.hide()

    def tell(self, count: int) -> None:
        """Show a count; none is no badge."""
        self._count = count
        self.setVisible(bool(count))
        self._place()

    def _words(self, folded: bool) -> str:
        """Return the count; beside a lone icon there is no room for more than two figures."""
        if self._count <= MOST:
            return str(self._count)
        return texts.MANY if folded else texts.MORE.format(count=MOST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay at the right when the button changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        button = self._button
        folded = button.width() < tokens().size["nav"] // 2
        self.setText(self._words(folded))
        self.adjustSize()
        right, top = (3, 3) if folded else (10, (button.height() - self.height()) // 2)
        self.move(button.width() - self.width() - right, top)


class Navigation(QFrame):
    """Says which page is asked for."""

    def __init__(self, office: str, go: Callable[[str], bool]) -> None:
        """``go`` shows a page by name and tells whether it did."""
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName(texts.NAVIGATION)
        self._go, self._folded = go, False
        self.buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, _Badge] = {}
        self._group = QButtonGroup(self)
        self._brand, self._office = label(texts.BRAND, "brand"), label(office, "office", wrap=True)
        self._logo = QLabel()
        self._logo.setPixmap(logo(28))
        self._logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 8)
        self._lines.setSpacing(1)
        self._lines.addLayout(self._head())
        self._lines.addStretch()

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 12, 12)
        head.setSpacing(2)
        for part in (self._logo, self._brand, self._office):
            head.addWidget(part)
        self._head_lines = head
        return head

    def add(self, entry: Entry) -> None:
        """Add the button of a page."""
        place = self._lines.count() - 1
        if entry.apart:
            self._lines.insertWidget(place, line())
            place += 1
        made = QPushButton(f"  {entry.label}")
        made.setCheckable(True)
        made.setIcon(icon(entry.picture, "nav-text", 18))
        made.setIconSize(QSize(18, 18))
        made.setAccessibleName(entry.label)
        made.clicked.connect(lambda: self._clicked(entry.name))
        self._group.addButton(made)
        self.buttons[entry.name] = made
        self._badges[entry.name] = _Badge(made)
        self._lines.insertWidget(place, made)
        self._dress(made)

    def _clicked(self, name: str) -> None:
        before = next(
            (n for n, b in self.buttons.items() if b is not self.buttons[name] and b.property("here")), None
        )
        if not self._go(name) and before:
            self.buttons[before].setChecked(True)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        for other, made in self.buttons.items():
            made.setProperty("here", other == name)
        self.buttons[name].setChecked(True)

    def tell_count(self, name: str, count: int, words: str) -> None:
        """Show at a page's button how much waits there; ``words`` say it to who cannot see it, none leave it out."""
        made, label = self.buttons[name], self.buttons[name].accessibleName()
        self._badges[name].tell(count)
        made.setAccessibleDescription(words.format(label=label, count=count) if count else "")

    def tell_office(self, office: str) -> None:
        """Show the office's name."""
        self._office.setText(office)

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        self._folded = folded
        self.setFixedWidth(tokens().size["nav-folded" if folded else "nav"])
        for part in (self._brand, self._office):
            part.setVisible(not folded)
        self._logo.setVisible(folded)
        self._head_lines.setContentsMargins(*((0, 14, 0, 14) if folded else (16, 16, 12, 12)))
        restyle(self, folded=folded)
        for made in self.buttons.values():
            self._dress(made)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the buttons stand closer where there is no room for all of them."""
        super().resizeEvent(event)
        rows = len(self.buttons) * (tokens().size["nav-row"] + 1)
        tight = self._head_lines.sizeHint().height() + rows + BELOW > self.height()
        if bool(self.property("tight")) != tight:
            restyle(self, tight=tight)
            for made in self.buttons.values():
                restyle(made)

    def _dress(self, made: QPushButton) -> None:
        name = made.accessibleName()
        made.setText("" if self._folded else f"  {name}")
        made.setToolTip(name if self._folded else "")
        restyle(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go up and down with the arrow keys."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        made = list(self.buttons.values())
        here = next((i for i, b in enumerate(made) if b.hasFocus()), None)
        if here is None or event.key() not in steps:
            super().keyPressEvent(event)
            return
        made[(here + steps[Qt.Key(event.key())]) % len(made)].setFocus(Qt.FocusReason.TabFocusReason)
