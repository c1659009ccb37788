"""What every field type offers, and the values and text that all of them share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from ipdesk import text
from ipdesk.problems import ValueProblem

Value = str | int | float | bool | tuple[str, ...] | None
Storage = Literal["TEXT", "INTEGER", "REAL"]
EXACT = 10**15
LONGEST = 32_767  # what a cell of Excel holds; a package carries no text beyond its own limit
_QUOTED = re.compile(r"^['’](?=[0-9A-Za-z])")  # how clerks tell Excel that a number is text
DESTROYED = re.compile(r"^(\d(\.\d+)?E\+?\d{2}|\d{14,}\.0+)$", re.IGNORECASE)
_DESTROYED_TEXT = "“{}”是表格把长号码改成了科学计数，后面的数字已经丢失，请把该列设为文本后按原件重填"


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is read with: the unit its row counts for and the unit of measure told by the head."""

    unit_code: str | None = None
    measure: str = ""


PLAIN = Context()


@dataclass(frozen=True, slots=True)
class FieldType:
    """Text as it stands; the base of all field types."""

    storage: ClassVar[Storage] = "TEXT"
    align: ClassVar[Literal["left", "right"]] = "left"
    schema: ClassVar[Mapping[str, str]] = {"type": "string"}
    rule: ClassVar[str] = "text"
    personal: ClassVar[bool] = False
    telling: ClassVar[bool] = False  # cells that agree with the type single it out among others

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the canonical value of a cell or of typed text, ``None`` when it says nothing.

        Raises ``ValueProblem`` with the code of the rule that the value breaks.
        """
        words = as_text(cell, self.rule)
        return None if text.is_blank(text.clean(words)) else self.read(words, context)

    def read(self, words: str, _context: Context) -> Value:
        """Return the canonical value of a text that says something."""
        return text.clean(text.narrow(words))

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell looks like a value of this type."""
        try:
            return self.parse(cell, context) is not None
        except ValueProblem:
            return False

    def show(self, value: Value) -> str:
        """Return the value as people read it, empty for none."""
        return "" if value is None else str(value)

    def line(self, value: Value) -> str:
        """Return the value as people read it on one line, as lists show it."""
        return text.on_one_line(self.show(value))

    def brief(self, value: Value) -> str:
        """Return the value as it is cited on paper, where room is short."""
        return self.show(value)

    @property
    def keeps_whole(self) -> bool:
        """Tell whether a value is never broken over lines on paper: dates, figures, codes."""
        return False

    def cell(self, value: Value) -> str | int | float | None:
        """Return the value for a spreadsheet cell: text stays text, figures are figures."""
        return None if value is None else self.show(value)

    def edit(self, value: Value) -> str:
        """Return the value as a clerk would type it into a form."""
        return self.show(value)

    def mask(self, value: Value) -> Value:
        """Return the value as it may be shown to anyone; personal types hide their middle."""
        return value

    def stored(self, value: Value) -> str | int | float | None:
        """Return the value as a column holds it."""
        return "；".join(value) if isinstance(value, tuple) else value

    def loaded(self, raw: str | int | float | None) -> Value:
        """Return the canonical value of what a column holds."""
        return raw

    def canonical(self, told: object) -> Value:
        """Return the canonical value that JSON told, as a log or a package holds it."""
        return told  # type: ignore[return-value]  # JSON knows the canonical values of all types but lists

    def options(self, _context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the (code, name) pairs to choose from, none for free values."""
        return ()


def as_text(cell: object, rule: str = "number") -> str:
    """Return a cell as text; a whole number loses its ``.0``, one that destroyed a code is refused with ``rule``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        if not abs(cell) < EXACT:  # not-a-number neither
            raise ValueProblem(rule if rule != "text" else "number", _DESTROYED_TEXT.format(f"{cell:.6g}"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    words = _QUOTED.sub("", str(cell))
    if len(words) > LONGEST:
        raise ValueProblem(rule if rule != "text" else "number", f"文字超过{LONGEST}个，请删减后重填")
    if DESTROYED.match(text.compact(words)):
        raise ValueProblem(rule if rule != "text" else "number", _DESTROYED_TEXT.format(words.strip()))
    return words


@dataclass(frozen=True, slots=True)
class Text(FieldType):
    """Free text; a ``long`` one has several lines, which stay; an ``unbroken`` number keeps to one line on paper.

    ``offered`` words are the usual ones, to choose from; any other stands as it is.
    """

    long: bool = False
    unbroken: bool = False
    offered: tuple[str, ...] = ()

    def read(self, words: str, context: Context) -> Value:
        """Return the text; a long one keeps its lines."""
        return text.lines(text.narrow(words)) if self.long else FieldType.read(self, words, context)

    @property
    def keeps_whole(self) -> bool:
        """Tell whether it is a number of letters and figures."""
        return self.unbroken

    def options(self, _context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the usual words."""
        return tuple((word, word) for word in self.offered)
