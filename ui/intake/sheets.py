"""Choose which sheets of a workbook are brought in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from ipdesk.intake import IntakePlan
from ui.texts import intake as texts


class SheetMenu(QPushButton):
    """Hidden where there is one sheet; else a list of the sheets, ticked where they are read."""

    chosen = Signal(object)  # the names of those left out

    def __init__(self) -> None:
        """Begin without sheets."""
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAutoDefault(False)
        self._skipped: frozenset[str] = frozenset()
        self.list = QMenu(self)
        self.setMenu(self.list)

    def show_plan(self, plan: IntakePlan) -> None:
        """Offer the sheets of a plan; the last one that is read stays."""
        self._skipped, names = plan.skipped, plan.offered
        read = [name for name in names if name not in plan.skipped]
        self.setText(texts.SHEETS.format(read=len(read), all=len(names)))
        self.setAccessibleName(self.text())
        self.setVisible(len(names) > 1)
        self.list.clear()
        for name in names:
            action = self.list.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in read)
            action.setEnabled(read != [name])
            action.toggled.connect(lambda on, name=name: self._choose(name, on))

    def _choose(self, name: str, on: bool) -> None:
        self.chosen.emit(self._skipped - {name} if on else self._skipped | {name})
