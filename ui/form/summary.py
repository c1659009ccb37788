"""The box on top of a form that says what stops it, each with a link to its field."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from ui.form.field import FieldBox
from ui.icons import pixmap
from ui.texts import ledger as texts
from ui.widgets.basic import button, clear, label, row

SHOWN = 4
WIDTH = 252  # logical pixels of a line


class Summary(QFrame):
    """Hidden while nothing is wrong."""

    def __init__(self, go_to: Callable[[FieldBox], None]) -> None:
        """``go_to`` brings a field into view."""
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "bad")
        self._go_to = go_to
        mark = QLabel()
        mark.setPixmap(pixmap("error", "bad", 16, 2.0))
        self.words = label("", "strong")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(10, 7, 10, 7)
        lines.setSpacing(2)
        lines.addLayout(row(mark, self.words, None))
        self.links: list[QPushButton] = []
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self._links.setContentsMargins(20, 0, 0, 0)
        lines.addLayout(self._links)
        self.hide()

    def tell(self, wrong: Sequence[FieldBox]) -> None:
        """Say what is wrong, in the words that stand below the fields."""
        clear(self._links)
        self.words.setText(texts.WRONG.format(count=len(wrong)))
        self.setAccessibleName(self.words.text())
        self.links = [self._link(box) for box in wrong[:SHOWN]]
        for link in self.links:
            self._links.addWidget(link)
        self.setVisible(bool(wrong))

    def _link(self, box: FieldBox) -> QPushButton:
        named = box.field.label in box.message
        told = box.message if named else texts.LINK.format(label=box.field.label, message=box.message)
        made = button(told, kind="inline", clicked=lambda: self._go_to(box))
        made.setText(in_lines(told, made.font(), WIDTH))
        made.setToolTip(told)
        return made


def in_lines(words: str, font: QFont, width: int) -> str:
    """Return words broken into lines of a width (logical pixels) for what cannot wrap by itself, such as a button."""
    layout, lines = QTextLayout(words, font), list[str]()
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return "\n".join(lines)
