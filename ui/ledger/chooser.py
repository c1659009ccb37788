"""Let the clerk choose which columns the list has and how it is sorted; both are remembered on this PC."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from ui.ledger.columns import FieldColumn
from ui.ledger.list import LedgerList
from ui.ledger.menu import head
from ui.preferences import Preferences
from ui.texts import ledger as texts


class ColumnChooser:
    """The menu of columns, by section."""

    def __init__(self, preferences: Preferences, rows: LedgerList) -> None:
        """Bring back what was chosen before."""
        self._preferences, self._list = preferences, rows
        self._key = f"columns.{rows.ledger.name}"
        self._sort = f"sort.{rows.ledger.name}"
        self._begin(preferences.get(self._sort))
        rows.sorted.connect(lambda order: preferences.put(self._sort, list(order) if order else None))
        kept = preferences.get(self._key)
        if isinstance(kept, list):
            self._apply({str(name) for name in kept})

    def _begin(self, kept: object) -> None:
        """Sort as was kept, where that can still be done."""
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in self._list.ledger.by_name:
            self._list.begin_by((str(kept[0]), bool(kept[1])))

    def menu(self) -> QMenu:
        """Return the menu: every field of every section, ticked where its column shows."""
        menu = QMenu(self._list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        head(menu, texts.COLUMNS)
        chosen = {column.name for column in self._list.model.columns}
        ledger = self._list.ledger
        for section in ledger.sections:
            below = menu.addMenu(section)
            for field in ledger.fields:
                if field.section == section:
                    action = below.addAction(field.label)
                    action.setCheckable(True)
                    action.setChecked(field.name in chosen)
                    action.toggled.connect(lambda on, name=field.name: self._toggle(name, on))
        menu.addSeparator()
        menu.addAction(texts.COLUMNS_RESET, self.reset)
        return menu

    def _toggle(self, name: str, on: bool) -> None:
        chosen = {column.name for column in self._list.model.columns if column.name}
        chosen = chosen | {name} if on else chosen - {name}
        self._preferences.put(self._key, sorted(chosen))
        self._apply(chosen)

    def reset(self) -> None:
        """Go back to the declared columns."""
        self._preferences.put(self._key, None)
        self._list.model.set_columns(self._list.declared_columns())

    def _apply(self, chosen: set[str]) -> None:
        """Show the chosen columns; those added by hand stay longest after name and code."""
        declared = self._list.declared_columns()
        known = [c for c in declared if c.name in chosen or not c.name]
        others = [
            f
            for f in self._list.ledger.fields
            if f.name in chosen and f.name not in {c.name for c in declared}
        ]
        self._list.model.set_columns([*known[:2], *(FieldColumn(f, 2) for f in others), *known[2:]])
