"""One column's condition: codes to tick, a range of dates or figures, a piece of text, filled in or not."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ipdesk.derived import states
from ipdesk.fields import Bool, Coded, Context, Date, Offered, Value
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import ValueProblem
from ipdesk.records import Ask, Filter
from ui.texts import asking as texts
from ui.texts import ledger as ledger_texts
from ui.widgets.labelled import Labelled
from ui.widgets.ticks import TickList

_TOLD = {
    Ask.IN: texts.TOLD_IN,
    Ask.NOT_IN: texts.TOLD_NOT_IN,
    Ask.FROM: texts.TOLD_FROM,
    Ask.TO: texts.TOLD_TO,
    Ask.HAS: texts.TOLD_HAS,
    Ask.EMPTY: texts.TOLD_EMPTY,
    Ask.FILLED: texts.TOLD_FILLED,
}
_STATES = {**_TOLD, Ask.EMPTY: texts.TOLD_NO_STATE, Ask.FILLED: texts.TOLD_STATE}
NAMED = 3


def told(ledger: Ledger, one: Filter) -> str:
    """Return a condition in words."""
    field = ledger.by_name.get(one.field) or states(ledger).get(one.field)
    label = field.label if field else one.field
    show = field.type.show if field and one.ask is not Ask.HAS else str
    shown = "、".join(show(value) for value in one.values[:NAMED])
    words = _STATES if one.field.startswith("_") else _TOLD
    return words[one.ask].format(label=label, words=shown + ("…" if len(one.values) > NAMED else ""))


class Condition(Protocol):
    """What the dialog asks of an editor of conditions; ``lines`` are what Tab goes through."""

    @property
    def lines(self) -> Sequence[QWidget]:
        """Return what Tab goes through, in order."""

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show what is asked for already."""

    def filters(self) -> tuple[Filter, ...]:
        """Return what is asked for; raises ``ValueError`` with a sentence where it cannot be asked."""


class Codes(TickList):
    """A list of codes to tick, narrowed down by a word or its pinyin initials."""

    def __init__(self, field: Field, context: Context) -> None:
        """Offer the codes of a field."""
        options = field.type.options(context) or (("1", "是"), ("0", "否"))
        super().__init__(tuple(options), ledger_texts.SEARCH_NAME, texts.FILTER_CODES)
        self._field = field

    @property
    def lines(self) -> Sequence[QWidget]:
        """Return the search and the list."""
        return self.search, self.list

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Tick the codes asked for."""
        self.tick({str(_plain(v)) for one in filters if one.ask is Ask.IN for v in one.values})

    def filters(self) -> tuple[Filter, ...]:
        """Return the codes ticked."""
        codes = self.ticked
        if not codes:
            raise ValueError(texts.FILTER_CHOOSE)
        is_bool = isinstance(self._field.type, Bool)
        return (Filter(self._field.name, Ask.IN, tuple(code == "1" if is_bool else code for code in codes)),)


def _plain(value: Value) -> Value:
    return int(value) if isinstance(value, bool) else value


class Range(QWidget):
    """Two ends of a range of dates or figures; one may be left open."""

    def __init__(self, field: Field, context: Context) -> None:
        """Ask for the ends in the way the form takes them."""
        super().__init__()
        self._field, self._context = field, context
        self.ends = {Ask.FROM: QLineEdit(), Ask.TO: QLineEdit()}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for ask, words in ((Ask.FROM, texts.FILTER_FROM), (Ask.TO, texts.FILTER_TO)):
            if isinstance(field.type, Date):
                self.ends[ask].setPlaceholderText(ledger_texts.DATE_HINT.split("，")[0])
            lines.addWidget(Labelled(words, self.ends[ask]))
        lines.addStretch()
        self.setFocusProxy(self.ends[Ask.FROM])

    @property
    def lines(self) -> Sequence[QWidget]:
        """Return both ends."""
        return tuple(self.ends.values())

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show the ends asked for."""
        for one in filters:
            if one.ask in self.ends:
                self.ends[one.ask].setText(self._field.type.edit(one.values[0]))

    def filters(self) -> tuple[Filter, ...]:
        """Return the ends given."""
        found = [(ask, self._value(line.text())) for ask, line in self.ends.items()]
        given = [(ask, value) for ask, value in found if value is not None]
        if not given:
            raise ValueError(texts.FILTER_TYPE)
        if len(given) > 1 and _turned(*(value for _, value in given)):
            raise ValueError(texts.FILTER_RANGE)
        return tuple(Filter(self._field.name, ask, (value,)) for ask, value in given)

    def _value(self, words: str) -> Value:
        try:
            return self._field.type.parse(words, self._context)
        except ValueProblem as problem:
            raise ValueError(problem.message) from None


def _turned(low: Value, high: Value) -> bool:
    """Tell whether a range ends before it begins, compared as far as both are known."""
    if isinstance(low, str) and isinstance(high, str):
        known = min(len(low), len(high))
        return low[:known] > high[:known]
    return float(low or 0) > float(high or 0)  # type: ignore[arg-type]  # figures


class Piece(QWidget):
    """A piece of text to be found in the column."""

    def __init__(self, field: Field) -> None:
        """Ask for the piece."""
        super().__init__()
        self._field = field
        self.line = QLineEdit()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(Labelled(texts.FILTER_HAS, self.line))
        lines.addStretch()
        self.setFocusProxy(self.line)

    @property
    def lines(self) -> Sequence[QWidget]:
        """Return the line of the piece."""
        return (self.line,)

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show the piece asked for."""
        for one in filters:
            if one.ask is Ask.HAS:
                self.line.setText(str(one.values[0]))

    def filters(self) -> tuple[Filter, ...]:
        """Return the piece typed."""
        words = self.line.text().strip()
        if not words:
            raise ValueError(texts.FILTER_TYPE)
        return (Filter(self._field.name, Ask.HAS, (words,)),)


def condition_for(field: Field, context: Context) -> Codes | Range | Piece:
    """Return the editor that fits a field's type; a code table that is open is looked through as text."""
    if isinstance(field.type, (Bool, Offered)) or (isinstance(field.type, Coded) and not field.type.open):
        return Codes(field, context)
    if isinstance(field.type, Date) or field.type.storage != "TEXT":
        return Range(field, context)
    return Piece(field)
