"""Ask of several files which document each one is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.texts import common
from ui.texts import documents as texts
from ui.widgets.basic import button, in_order, label, row
from ui.widgets.choice import ChoiceBox, Option

NAME, ROW, SHOWN = 210, 40, 8  # logical pixels of a name and a row; rows shown at once


class HeadingsDialog(QDialog):
    """A line for each file: its name, and the document it is; other words than the list's stand as they are."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        names: Sequence[str],
        options: Sequence[Option],
        guessed: Sequence[str],
    ) -> None:
        """Offer the documents of the list for each file, what its name says being chosen already."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self.boxes = [self._box(name, options, code) for name, code in zip(names, guessed, strict=True)]
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        self.same_button = button(texts.HEADINGS_SAME, kind="link", clicked=self.take_first_for_all)
        self.take_button = button(common.SAVE, kind="primary", clicked=self.take)
        cancel = button(common.CANCEL, clicked=self.reject)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(8)
        for part in (label(title, "lead"), label(texts.HEADINGS_TOLD, "muted", wrap=True)):
            lines.addWidget(part)
        lines.addWidget(self._table(names), 1)
        lines.addWidget(self.wrong)
        lines.addLayout(row(self.same_button, None, cancel, self.take_button))
        in_order(*self.boxes, self.same_button, cancel, self.take_button)
        for box, following in zip(self.boxes, [*self.boxes[1:], self.take_button], strict=True):
            box.line.returnPressed.connect(partial(following.setFocus, Qt.FocusReason.TabFocusReason))
        next((box for box in self.boxes if not box.entry), self.boxes[0]).setFocus()

    @staticmethod
    def _box(name: str, options: Sequence[Option], code: str) -> ChoiceBox:
        box = ChoiceBox(options)
        box.keeps_words()
        box.set_code(code)
        box.line.setPlaceholderText(texts.HEADING_HINT)
        box.setAccessibleName(texts.HEADING_OF.format(name=name))
        return box

    def _table(self, names: Sequence[str]) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (name, box) in enumerate(zip(names, self.boxes, strict=True)):
            told = label("")
            told.setFixedWidth(NAME)
            cut = told.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, NAME)
            told.setText(cut)
            told.setToolTip(name)
            grid.addWidget(told, place, 0)
            grid.addWidget(box, place, 1)
        grid.setRowStretch(len(names), 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(ROW * min(len(names), SHOWN))
        return area

    @property
    def entries(self) -> list[str]:
        """Return for each file the code of the document, or the words typed."""
        return [box.entry.strip() for box in self.boxes]

    def take_first_for_all(self) -> None:
        """Let every file be what the first one is."""
        for box in self.boxes[1:]:
            box.set_code(self.entries[0])
        self.take_button.setFocus(Qt.FocusReason.TabFocusReason)

    def take(self) -> None:
        """Take what is named, unless a file has no name yet."""
        unnamed = [box for box in self.boxes if not box.entry.strip()]
        if not unnamed:
            self.accept()
            return
        self.wrong.setText(texts.HEADING_EMPTY)
        self.wrong.show()
        unnamed[0].setFocus(Qt.FocusReason.OtherFocusReason)
