"""Words that no code table knows, each beside the allowed ones, to be given a meaning once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ipdesk.fields import Coded, Context
from ipdesk.intake import UnknownWord
from ui.texts import intake as texts
from ui.widgets.basic import label
from ui.widgets.choice import ChoiceBox


class WordList(QScrollArea):
    """Says which code the clerk gave to a word of a field."""

    decided = Signal(str, str, str)

    def __init__(self, unit: str | None) -> None:
        """Offer codes within a county's unit, all of them without one."""
        super().__init__()
        self._context = Context(unit)
        self.boxes: list[ChoiceBox] = []
        self.setWidgetResizable(True)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_words(self, words: Sequence[UnknownWord]) -> None:
        """Show the words, each with a box of the codes it may mean."""
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(12, 10, 12, 10)
        lines.setSpacing(8)
        lines.addWidget(label(texts.WORDS_TEXT if words else texts.WORDS_NONE, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        self.boxes = [self._add(grid, place, word) for place, word in enumerate(words)]
        lines.addLayout(grid)
        lines.addStretch()
        self.setWidget(inner)

    def _add(self, grid: QGridLayout, place: int, word: UnknownWord) -> ChoiceBox:
        kind = word.field.type
        box = ChoiceBox(kind.options(self._context) if isinstance(kind, Coded) else ())
        box.line.setPlaceholderText(texts.WORD_MEANS)
        box.setAccessibleName(texts.WORD_NAME.format(label=word.field.label, word=word.word))
        box.setFixedWidth(260)
        box.activated.connect(lambda _index: self._decide(word, box))
        box.left.connect(lambda: self._decide(word, box))
        box.line.returnPressed.connect(lambda: self._decide(word, box))
        told = texts.WORD.format(label=word.field.label, word=word.word)
        count = texts.WORD_ROWS.format(count=word.rows)
        for column, part in enumerate((label(told, "strong"), label(count, "small"), box)):
            grid.addWidget(part, place, column)
        return box

    def _decide(self, word: UnknownWord, box: ChoiceBox) -> None:
        """Pass a decision on once it names a code."""
        kind = word.field.type
        known = isinstance(kind, Coded) and box.entry in dict(kind.options(self._context))
        if known and box.property("held") != box.entry:  # choosing and leaving both say it
            box.setProperty("held", box.entry)
            self.decided.emit(word.field.name, word.word, box.entry)
