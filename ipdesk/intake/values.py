"""Read the cells of a table as values of fields, each different cell once."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ipdesk.fields import Coded, Context, Number, Value
from ipdesk.intake.cells import Cell, CellError
from ipdesk.intake.formats import UNCALCULATED
from ipdesk.kinds.declare import Field
from ipdesk.problems import Ambiguous, Grade, Problem, ValueProblem
from ipdesk.text import clean, is_masked

_LEAST_WAN = 0.01  # of 万元: less was surely written in 万元 below a head that says 元
_TOO_NARROW = re.compile("#{3,}")
HIDDEN = "号码中间被星号遮住了，没有导入，已登记的号码不变"


class Read(NamedTuple):
    """What a cell says: its value, or the problem with it; a warning comes with the value."""

    value: Value
    problem: Problem | None = None


NOTHING = Read(None)


class ValueReader:
    """Reads cells of one column."""

    def __init__(
        self, field: Field, measure: str, words: Mapping[str, str] = MappingProxyType({}), head: str = ""
    ) -> None:
        """Keep the field, the unit of measure that head or title tell, the codes a person gave to words, the head."""
        self.field, self.measure, self.words, self.head = field, measure, words, head or field.label
        self._scoped = isinstance(field.type, Coded) and field.type.scoped
        self._seen: dict[tuple[type, Cell, str | None], Read] = {}

    def read(self, cell: Cell, scope: str | None) -> Read:
        """Return what a cell says in the scope of a unit."""
        if cell is None:
            return NOTHING
        asked = (type(cell), cell, scope if self._scoped else None)
        if asked not in self._seen:
            self._seen[asked] = self._read(cell, Context(asked[2], self.measure))
        return self._seen[asked]

    def _read(self, cell: Cell, context: Context) -> Read:
        if isinstance(cell, CellError):
            return self._wrong(self._rule, _formula(cell))
        if self.field.personal and is_masked(str(cell)):
            return self._wrong(self.field.type.rule, HIDDEN, Grade.WARNING)
        if isinstance(cell, str) and _TOO_NARROW.fullmatch(cell.strip()):
            return self._wrong(
                self._rule, "这一格是####（列太窄时显示的样子），没有导入，请按原件填写", Grade.WARNING
            )
        try:
            value = self.field.type.parse(self.words.get(clean(str(cell)), cell), context)
        except Ambiguous as problem:  # nothing wrong with the row: what is not said is left out
            return self._wrong(
                problem.code, f"“{self.head}”列的{problem.message}，这一格没有导入", Grade.WARNING
            )
        except ValueProblem as problem:
            return self._wrong(problem.code, self._without_person(problem.message, cell))
        return self._amount(cell, value)

    @property
    def _rule(self) -> str:
        return "number" if self.field.type.rule == "text" else self.field.type.rule

    def _wrong(self, code: str, sentence: str, grade: Grade = Grade.ERROR) -> Read:
        label = self.field.label
        told = sentence if label in sentence else f"{label}：{sentence}"
        return Read(None, Problem(code, self.field.sheet_name, told, grade))

    def _without_person(self, sentence: str, cell: Cell) -> str:
        """Return a sentence without the number of a person."""
        return sentence.replace(clean(str(cell)), "…") if self.field.personal else sentence

    def _amount(self, cell: Cell, value: Value) -> Read:
        """Return the value, unless it is an amount of unknown unit that can only be 元; doubt others (rule V19)."""
        type_ = self.field.type
        if not isinstance(type_, Number) or not type_.most or not isinstance(value, float):
            return Read(value)
        told = self.measure or _has_unit(cell)
        if value > type_.most and not told:
            return self._wrong(
                "number", f"“{_shown(cell)}”没有写单位，疑似以元填报，请在表头写明（元）或（万元）"
            )
        if value > type_.most or 0 < value < _LEAST_WAN:
            sentence = f"按表上的单位，“{_shown(cell)}”是{value:g}{type_.measure}，疑似写错单位，请核对"
            doubt = self._wrong("V19", sentence, Grade.WARNING).problem
            return Read(value, doubt)
        return Read(value)


def _has_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.rstrip("整 )）").endswith(("元", "万", "亿"))


def _shown(cell: Cell) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else clean(str(cell))


def _formula(cell: CellError) -> str:
    if cell == UNCALCULATED:
        return "这一格的公式没有计算结果，请用WPS或Excel打开后保存一次，或直接填写内容"
    return f"这一格的公式出错（{cell}），请直接填写内容"


Readers = Mapping[str, ValueReader]
