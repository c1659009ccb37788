"""The period for which something is reported: a month, a quarter or a year, in any style clerks write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ipdesk import text
from ipdesk.fields.base import Context, FieldType, Value
from ipdesk.periods import Period
from ipdesk.problems import Refusal, ValueProblem

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"(20\d\d)年?[-./]?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
_MONTH = re.compile(r"(20\d\d)(?:年|[-./])(0?[1-9]|1[0-2])月?份?")
_PACKED = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")


@dataclass(frozen=True, slots=True)
class PeriodCode(FieldType):
    """A period as its code: 2024-03, 2024-Q1, 2024; shown as 2024年3月, 2024年第一季度, 2024年."""

    schema: ClassVar[Mapping[str, str]] = {"type": "string"}
    rule: ClassVar[str] = "date"

    def read(self, words: str, _context: Context) -> Value:
        """Return the code of the period that is written."""
        plain = text.compact(text.narrow(words))
        if found := _QUARTER.fullmatch(plain):
            return f"{found[1]}-Q{_QUARTERS[found[2] or found[3]]}"
        if found := _MONTH.fullmatch(plain) or _PACKED.fullmatch(plain):
            return f"{found[1]}-{int(found[2]):02d}"
        if found := _YEAR.fullmatch(plain):
            return found[1]
        raise ValueProblem(
            "date", f"“{text.quoted(words)}”不是报送期，请写成 2024-03（月）、2024-Q1（季）或 2024（年）"
        )

    def show(self, value: Value) -> str:
        """Return the period in words."""
        try:
            return Period.read(str(value)).label if value is not None else ""
        except Refusal:  # of a newer program: shown as it stands
            return str(value)

    def edit(self, value: Value) -> str:
        """Return the code itself."""
        return "" if value is None else str(value)

    @property
    def keeps_whole(self) -> bool:
        """Keep a period on one line."""
        return True
