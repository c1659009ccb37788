"""Figures and dates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from ipdesk import text
from ipdesk.dates import parse_date
from ipdesk.fields.base import EXACT, PLAIN, Context, FieldType, Storage, Value
from ipdesk.problems import ValueProblem

GREATEST = Decimal(10**12)


_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆萬億两〇", "一二三四五六七八九十百千元万亿二零")
_FIGURES = {sign: Decimal(n) for n, sign in enumerate("零一二三四五六七八九")}
_PLACES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_GROUPS = frozenset("万亿")
_SPELT = re.compile(r"(?:人民币)?([零一二三四五六七八九十百千万亿]+)(元?)整?")
_BETWEEN = re.compile("[一二三四五六七八九]{2}")


def _spelt(words: str) -> tuple[Decimal, bool] | None:
    """Return a figure spelt in Chinese, 伍佰万元整, and whether it says that it counts 元; none for anything else.

    Two figures side by side are no figure: 五六万 is somewhere between five and six.
    """
    found = _SPELT.fullmatch(words.translate(_FORMAL))
    if not found or not set(found[1]) - _GROUPS or _BETWEEN.search(found[1]):
        return None
    return _counted(found[1]), bool(found[2]) or bool(set(found[1]) & _GROUPS)


def _counted(signs: str) -> Decimal:
    """Return what figures and places make together: each figure counts its place, each group all before it."""
    total = group = figure = Decimal(0)
    for sign in signs:
        if sign in _FIGURES:
            figure = figure * 10 + _FIGURES[sign]
        elif sign in _PLACES:
            group, figure = group + (figure or 1) * _PLACES[sign], Decimal(0)
        elif sign == "万":
            total, group, figure = total + (group + figure) * 10_000, Decimal(0), Decimal(0)
        else:
            total, group, figure = (total + group + figure) * 100_000_000, Decimal(0), Decimal(0)
    return total + group + figure


@dataclass(frozen=True, slots=True)
class Number(FieldType):
    """A decimal; with ``measure`` 万元 an amount, read from 元, 万元 or 亿元 as cell or head say.

    Beyond ``most`` an amount whose unit nobody told was written in 元 (0: there is no telling).
    ``words`` are those of measure that clerks write behind a plain figure (学时).
    """

    storage: ClassVar[Storage] = "REAL"
    align: ClassVar[Literal["left", "right"]] = "right"
    schema: ClassVar[Mapping[str, str]] = {"type": "number"}
    rule: ClassVar[str] = "number"
    measure: str = ""
    most: float = 0
    words: tuple[str, ...] = ()

    FACTORS: ClassVar[Mapping[str, Decimal]] = {
        "元": Decimal("0.0001"),
        "百元": Decimal("0.01"),
        "千元": Decimal("0.1"),
        "万元": Decimal(1),
        "万": Decimal(1),
        "百万元": Decimal(100),
        "百万": Decimal(100),
        "亿元": Decimal(10000),
        "亿": Decimal(10000),
    }
    _FORM: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?:人民币|RMB)?[¥￥]?([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(?:\(?(?:人民币)?)?(百万元?|百元|千元|万元|亿元|元|万|亿)?\)?整?$"
    )

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the figure in the declared measure."""
        number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        if number and abs(cell) < EXACT:  # type: ignore[arg-type]  # what is larger destroyed a code
            return self._scaled(Decimal(repr(cell)), context.measure)
        return FieldType.parse(self, cell, context)

    def read(self, words: str, context: Context) -> Value:
        """Return the figure; the unit in the cell goes before the one in the head."""
        spelt = _spelt(text.compact(words))
        if spelt is not None:
            figure, whole = spelt
            return self._scaled(figure, "元" if whole and self.measure else context.measure)
        found = self._FORM.match(self._plain(words))
        figure = Decimal(found[1].replace(",", "")) if found else Decimal(EXACT)
        if not found or abs(figure) >= EXACT or (found[2] and not self.measure):
            raise ValueProblem("number", f"“{text.quoted(words)}”不是数字，请只填数字" + self._hint())
        return self._scaled(figure, found[2] or context.measure)

    def _plain(self, words: str) -> str:
        told = text.compact(words).replace("，", ",")
        return next((told.removesuffix(word) for word in self.words if told.endswith(word)), told)

    def _hint(self) -> str:
        return f"（单位：{self.measure}）" if self.measure else ""

    def _scaled(self, figure: Decimal, measure: str) -> float:
        factor = self.FACTORS.get(measure or self.measure, Decimal(1)) if self.measure else Decimal(1)
        if (
            abs(figure * factor) > GREATEST
        ):  # a registration number in the wrong column; no package could carry it
            raise ValueProblem("number", "数字太大，不像是金额或数量，请核对是否填错了栏")
        return float(round(figure * factor, 6))

    def show(self, value: Value) -> str:
        """Return the figure without needless zeros, thousands grouped."""
        return "" if value is None else f"{Decimal(repr(value)).normalize():,f}"

    def cell(self, value: Value) -> str | int | float | None:
        """Return the figure itself."""
        return None if value is None else float(str(value))

    def edit(self, value: Value) -> str:
        """Return the figure without grouping."""
        return self.show(value).replace(",", "")

    @property
    def keeps_whole(self) -> bool:
        """Keep a figure on one line."""
        return True


@dataclass(frozen=True, slots=True)
class Integer(FieldType):
    """A whole number that is not negative, with the measure words clerks add."""

    storage: ClassVar[Storage] = "INTEGER"
    align: ClassVar[Literal["left", "right"]] = "right"
    schema: ClassVar[Mapping[str, str]] = {"type": "integer"}
    rule: ClassVar[str] = "number"
    year: bool = False

    def read(self, words: str, _context: Context) -> Value:
        """Return the whole number."""
        plain = re.sub(r"(人|名|件|家|个|项|年度?)$", "", text.compact(words)).replace(",", "")
        if re.fullmatch(r"\d{1,12}(\.0+)?", plain) and (not self.year or 1949 <= int(float(plain)) <= 2100):
            return int(float(plain))
        asked = "四位年份，如 2024" if self.year else "整数"
        raise ValueProblem("number", f"“{text.quoted(words)}”不是{asked}，请改正")

    def cell(self, value: Value) -> str | int | float | None:
        """Return the number itself."""
        return None if value is None else int(str(value))

    @property
    def keeps_whole(self) -> bool:
        """Keep a figure on one line."""
        return True


@dataclass(frozen=True, slots=True)
class Date(FieldType):
    """A day, or the month or year where no more is known; ``end`` takes the last day of a span.

    A ``month`` is never more precise than that, as a person's 出生年月.
    """

    schema: ClassVar[Mapping[str, str]] = {"type": "string", "format": "date"}
    rule: ClassVar[str] = "date"
    end: bool = False
    month: bool = False

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the ISO date."""
        if cell is None or (isinstance(cell, str) and text.is_blank(cell)):
            return None
        return parse_date(cell, end=self.end)[: len("2023-05") if self.month else None]

    @property
    def keeps_whole(self) -> bool:
        """Keep a date on one line."""
        return True
