"""Labels, buttons and areas in the roles that the style sheet knows."""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import icon

Kind = Literal["plain", "primary", "danger", "link", "inline", "reveal", "section", "choice"]
_ICON_COLOURS = {"primary": "on-primary", "danger": "bad", "link": "primary"}


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Return a label in a role of the style sheet; its text is never read as markup."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def warned(words: str) -> str:
    """Return what is wrong behind its sign, which never stands alone at the end of a line."""
    return f"⚠\u00a0{words}"


def button(
    text: str,
    picture: str = "",
    *,
    kind: Kind = "plain",
    clicked: Callable[[], object] | None = None,
    hint: str = "",
) -> QPushButton:
    """Return a button; the picture is the name of an icon."""
    made = QPushButton(f" {text}" if picture else text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if picture:
        made.setIcon(icon(picture, _ICON_COLOURS.get(kind, "body")))
    if hint:
        made.setToolTip(hint)
    if clicked:
        made.clicked.connect(lambda: clicked())
    for keys in ("Return", "Enter"):  # Qt's buttons know only Space outside dialogs; clerks press Enter
        shortcut(made, keys, made.click)
    return made


def radio(text: str) -> QRadioButton:
    """Return one of several choices."""
    made = QRadioButton(text)
    made.setAccessibleName(text)
    return made


def icon_button(name: str, picture: str, clicked: Callable[[], object]) -> QToolButton:
    """Return a button that shows only an icon; its name is read aloud and shown as a hint."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setIcon(icon(picture, "body"))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda: clicked())
    return made


def card() -> QFrame:
    """Return a white area with a thin edge."""
    made = QFrame()
    made.setProperty("role", "card")
    return made


def line() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def shortcut(
    parent: QWidget, keys: str, deed: Callable[[], object], *, whole_window: bool = False
) -> QShortcut:
    """Let keys do a deed while the focus is inside ``parent`` or anywhere in its window.

    Where a part inside has a deed for the same keys, the one nearest to the focus is done.
    """
    made = QShortcut(QKeySequence(keys), parent)
    scope = (
        Qt.ShortcutContext.WindowShortcut if whole_window else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    made.setContext(scope)
    made.activated.connect(lambda: deed())
    made.activatedAmbiguously.connect(lambda: _nearest(made))
    return made


def _nearest(asked: QShortcut) -> None:
    """Do the deed nearest to the focus of those that have the same keys; by itself Qt would do none."""
    place = QApplication.focusWidget()
    while place is not None:
        own = [child for child in place.children() if isinstance(child, QShortcut)]
        for made in own:
            if made.key() == asked.key() and made.isEnabled():
                made.activated.emit()
                return
        place = place.parentWidget()


def row(*parts: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Return the parts side by side; ``None`` takes the space that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        made.addStretch() if part is None else made.addWidget(part)
    return made


def in_order(*widgets: QWidget) -> None:
    """Let Tab go from one to the next; the last leads to what followed the first."""
    for earlier, later in pairwise(widgets):
        QWidget.setTabOrder(earlier, later)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again if that changes anything."""
    changed = {name: value for name, value in properties.items() if (widget.property(name) or False) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if properties and not changed:
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item and (widget := item.widget()):  # type: ignore[truthy-bool]  # null where the item is a layout
            widget.hide()
            widget.deleteLater()
