"""The menu of deeds on the chosen rows."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from ui.icons import icon

Deed = tuple[str, str, str, Callable[[], object]]


def head(menu: QMenu, words: str) -> None:
    """Put a heading above what follows; Qt's own sections have no words under a style sheet."""
    menu.addAction(words).setEnabled(False)


def menu_of(parent: QWidget, *deeds: Deed) -> QMenu:
    """Return a menu of (picture, words, key, deed); it goes when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for picture, words, keys, deed in deeds:
        action = menu.addAction(f"{words}\t{keys}", deed)
        if picture:
            action.setIcon(icon(picture))
    return menu
