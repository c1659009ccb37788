"""A desk of one list beside one thing: narrowed by how a thing stands and whose it is."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desks.filters import filter_boxes
from ui.desks.page import DeskPage
from ui.desks.panel import SidePanel
from ui.desks.table import DeskTable
from ui.session import Session
from ui.texts import common
from ui.widgets.basic import button, in_order, row


class ListDesk(DeskPage):
    """Lays boxes, list and panel out; the boxes of a state and of a unit narrow the list."""

    def __init__(
        self,
        session: Session,
        title: str,
        states: Mapping[str, str],
        table: DeskTable,
        beside: SidePanel,
        stops: tuple[QWidget, ...],
    ) -> None:
        """Put a list and what stands beside it under the boxes; ``stops`` is where Tab stops beside it."""
        super().__init__(session, title)
        self.table = table
        self.boxes = filter_boxes(states, self.show_items)
        self.clear_button = button(common.CLEAR, kind="link", clicked=self.reset)
        self.lines.addLayout(row(*self.boxes.values(), self.clear_button, None))
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(table, 1)
        body.addWidget(beside)
        self.lines.addLayout(body, 1)
        in_order(*self.boxes.values(), self.clear_button, table, *stops)
        beside.left.connect(self.go_to_table)

    @property
    def start(self) -> QWidget:
        """Return the list."""
        return self.table

    def go_to_table(self) -> None:
        """Put the focus on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_items(self) -> None:
        """Show the things that the boxes leave."""

    def reset(self) -> None:
        """Filter for nothing."""
        for box in self.boxes.values():
            box.reset()
        self.go_to_table()
