"""What the main window asks of every page."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the main window."""

    def enter(self) -> None:
        """Take the screen: fill up and put the focus where work begins."""

    def may_leave(self) -> bool:
        """Tell whether the page can be left without losing anything."""
        return True
