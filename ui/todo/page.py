"""The page of what there is to do: filtered by sort, urgency and unit; exported as a sheet."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from ipdesk.codes import code_table
from ipdesk.store import Store
from ipdesk.todo import SORTS, Item, Severity
from ui.session import Session
from ui.texts import common
from ui.texts import todo as texts
from ui.todo.desk import TodoDesk
from ui.todo.model import TodoModel
from ui.todo.table import TodoTable
from ui.widgets.basic import button, in_order, row, shortcut
from ui.widgets.choice import FilterBox
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page


class TodoPage(Page):
    """Shows what there is to do; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self, session: Session, desk: TodoDesk) -> None:
        """Lay the page out over the desk that keeps the list."""
        super().__init__()
        self._session, self._desk = session, desk
        self.model = TodoModel(session.catalogue, units=session.is_city)
        self.table = TodoTable(self.model)
        self.export_button = button(texts.EXPORT, "export", clicked=self.export, hint="Ctrl+E")
        self.head = PageHead(texts.TITLE, self.export_button)
        self.notice = Notice()
        self.boxes = self._make_boxes()
        self.clear_button = button(common.CLEAR, kind="link", clicked=self.reset)
        self._lay_out()
        self.table.opened.connect(lambda item: self.record_asked.emit(item.ledger, item.key))
        desk.told.connect(self.show_items)
        for keys, deed in (("F5", desk.look), ("Ctrl+E", self.export)):
            shortcut(self, keys, deed)
        self.show_items()

    def _make_boxes(self) -> dict[str, FilterBox]:
        boxes = {
            "sort": FilterBox(texts.FILTER_SORT, list(SORTS.items())),
            "severity": FilterBox(texts.FILTER_SEVERITY, [(s.value, s.label) for s in Severity]),
        }
        if self._session.is_city:
            units = [(c.code, c.name) for c in code_table("regions").codes]
            boxes["unit"] = FilterBox(texts.FILTER_UNIT, units)
        for box in boxes.values():
            box.setAccessibleName(texts.FILTER_NAME.format(label=box.about))
            box.setMinimumWidth(170)
            box.currentIndexChanged.connect(lambda _index: self.show_items())
        return boxes

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.notice)
        lines.addLayout(row(*self.boxes.values(), self.clear_button, None))
        lines.addWidget(self.table, 1)
        in_order(self.table, *self.boxes.values(), self.clear_button, self.export_button)

    def enter(self) -> None:
        """Look anew, for days pass, and put the focus on the table."""
        self._desk.look()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> Sequence[Item]:
        """Return the things to do that the filters leave."""
        asked = {name: box.code for name, box in self.boxes.items() if box.code is not None}
        return [
            i for i in self._desk.items if all(str(getattr(i, name)) == code for name, code in asked.items())
        ]

    def reset(self) -> None:
        """Filter for nothing."""
        for box in self.boxes.values():
            box.reset()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_items(self) -> None:
        """Show what the desk knows now, the ring staying on its thing."""
        held, shown = self.table.current_item(), self.shown
        everything = len(self._desk.items)
        self.table.empty = texts.NOTHING_FOUND if everything else texts.NOTHING
        self.model.show(shown)
        self.table.stand(held)
        self._count()
        narrowed = len(shown) != everything
        told = texts.COUNTS_SOME if narrowed else texts.COUNTS
        words = told.format(shown=len(shown), count=everything)
        self.head.tell(words if self._desk.known else texts.SEEKING)
        self.clear_button.setEnabled(any(box.code is not None for box in self.boxes.values()))
        self.export_button.setEnabled(bool(shown))
        self.notice.tell(self._desk.trouble, "bad")

    def _count(self) -> None:
        """Tell in the boxes how many things there are of each."""
        for name, box in self.boxes.items():
            counts = Counter(str(getattr(item, name)) for item in self._desk.items)
            box.tell_counts(counts)

    def export(self) -> None:
        """Write the things shown as a sheet."""
        items, dialogs = list(self.shown), self._session.dialogs
        name = texts.EXPORT_NAME.format(stamp=f"{date.today():%Y%m%d}")
        out = dialogs.save_file(self, texts.EXPORT, name, common.EXCEL) if items else None
        if not out:
            return

        def op(store: Store) -> None:
            from ipdesk.actions.todo import write_todo

            write_todo(store, items, out)

        told = texts.EXPORTED.format(count=len(items), name=out.name)
        self._session.ask(self, op, lambda _none: self._session.tell(told))
