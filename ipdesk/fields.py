"""Field types: each owns how its values are stored, read from a cell or a form, shown and written out.

A canonical value is what JSON shows: text, ISO date (or year-month), whole number, decimal, truth value or code.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Literal

from ipdesk import text
from ipdesk.codes import CodeTable, code_table
from ipdesk.dates import parse_date
from ipdesk.problems import ValueProblem

Value = str | int | float | bool | None
Storage = Literal["TEXT", "INTEGER", "REAL"]
EXACT = 10**15
_ORGANISATION = re.compile(
    r"(公司|厂|院|所|中心|社|场|店|局|处|站|集团|部|大学|学校|协会|商会|银行|基地|企业|合伙)(（[^）]*）)*$"
)
DESTROYED = re.compile(r"^\d(\.\d+)?E\+?\d{2}$", re.IGNORECASE)
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
        return None if text.is_blank(words) else self.read(words, context)

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
        return value

    def loaded(self, raw: str | int | float | None) -> Value:
        """Return the canonical value of what a column holds."""
        return raw

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
        if abs(cell) >= EXACT:
            raise ValueProblem(rule if rule != "text" else "number", _DESTROYED_TEXT.format(f"{cell:.6g}"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    words = str(cell)
    if DESTROYED.match(text.compact(words)):
        raise ValueProblem(rule if rule != "text" else "number", _DESTROYED_TEXT.format(words.strip()))
    return words


@dataclass(frozen=True, slots=True)
class Text(FieldType):
    """Free text; ``long`` asks for several lines in the form."""

    long: bool = False


@dataclass(frozen=True, slots=True)
class Name(FieldType):
    """The name of a company or office, with full-width brackets as on its licence."""

    def read(self, words: str, _context: Context) -> Value:
        """Return the name with full-width brackets and no stray spaces."""
        plain = text.brackets(text.narrow(words))
        return plain if re.search("[A-Za-z]", plain) else plain.replace(" ", "")

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell ends as organisations are called."""
        return isinstance(cell, str) and bool(_ORGANISATION.search(text.brackets(cell)))


@dataclass(frozen=True, slots=True)
class Number(FieldType):
    """A decimal; with ``measure`` 万元 an amount, read from 元, 万元 or 亿元 as cell or head say."""

    storage: ClassVar[Storage] = "REAL"
    align: ClassVar[Literal["left", "right"]] = "right"
    schema: ClassVar[Mapping[str, str]] = {"type": "number"}
    rule: ClassVar[str] = "number"
    measure: str = ""

    FACTORS: ClassVar[Mapping[str, Decimal]] = {
        "元": Decimal("0.0001"),
        "千元": Decimal("0.1"),
        "万元": Decimal(1),
        "万": Decimal(1),
        "百万元": Decimal(100),
        "亿元": Decimal(10000),
        "亿": Decimal(10000),
    }
    _FORM: ClassVar[re.Pattern[str]] = re.compile(
        r"^[¥￥]?([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(?:\(?(?:人民币)?)?(百万元|千元|万元|亿元|元|万|亿)?\)?整?$"
    )

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the figure in the declared measure."""
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return self._scaled(Decimal(repr(cell)), context.measure)
        return FieldType.parse(self, cell, context)

    def read(self, words: str, context: Context) -> Value:
        """Return the figure; the unit in the cell goes before the one in the head."""
        found = self._FORM.match(text.compact(words).replace("，", ","))
        if not found or (found[2] and not self.measure):
            raise ValueProblem("number", f"“{text.clean(words)}”不是数字，请只填数字" + self._hint())
        try:
            return self._scaled(Decimal(found[1].replace(",", "")), found[2] or context.measure)
        except InvalidOperation:
            raise ValueProblem(
                "number", f"“{text.clean(words)}”不是数字，请只填数字" + self._hint()
            ) from None

    def _hint(self) -> str:
        return f"（单位：{self.measure}）" if self.measure else ""

    def _scaled(self, figure: Decimal, measure: str) -> float:
        factor = self.FACTORS.get(measure or self.measure, Decimal(1)) if self.measure else Decimal(1)
        return float(round(figure * factor, 6))

    def show(self, value: Value) -> str:
        """Return the figure without needless zeros, thousands grouped."""
        return "" if value is None else f"{Decimal(repr(value)).normalize():,f}"

    def cell(self, value: Value) -> str | int | float | None:
        """Return the figure itself."""
        return None if value is None else float(value)

    def edit(self, value: Value) -> str:
        """Return the figure without grouping."""
        return self.show(value).replace(",", "")


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
        raise ValueProblem("number", f"“{text.clean(words)}”不是{asked}，请改正")

    def cell(self, value: Value) -> str | int | float | None:
        """Return the number itself."""
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Date(FieldType):
    """A day, or the month or year where no more is known; ``end`` takes the last day of a span."""

    schema: ClassVar[Mapping[str, str]] = {"type": "string", "format": "date"}
    rule: ClassVar[str] = "date"
    end: bool = False

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the ISO date."""
        if cell is None or (isinstance(cell, str) and text.is_blank(cell)):
            return None
        return parse_date(cell, end=self.end)


@dataclass(frozen=True, slots=True)
class Bool(FieldType):
    """Yes or no."""

    storage: ClassVar[Storage] = "INTEGER"
    schema: ClassVar[Mapping[str, str]] = {"type": "boolean"}
    rule: ClassVar[str] = "code"
    WORDS: ClassVar[Mapping[str, bool]] = {
        **dict.fromkeys(
            ("是", "有", "√", "✓", "✔", "☑", "对", "Y", "YES", "TRUE", "1", "已认定", "通过"), True
        ),
        **dict.fromkeys(
            ("否", "无", "×", "✗", "✘", "X", "N", "NO", "FALSE", "0", "不是", "没有", "未认定"), False
        ),
    }

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the truth value; 无 means no here, not nothing."""
        words = text.key(as_text(cell))
        if words in self.WORDS:
            return self.WORDS[words]
        if text.is_blank(words):
            return None
        raise ValueProblem("code", f"“{words}”请改为“是”或“否”")

    def stored(self, value: Value) -> str | int | float | None:
        """Return 1 or 0."""
        return None if value is None else int(bool(value))

    def loaded(self, raw: str | int | float | None) -> Value:
        """Return the truth value."""
        return None if raw is None else bool(raw)

    def show(self, value: Value) -> str:
        """Return 是 or 否."""
        return "" if value is None else "是" if value else "否"

    def options(self, _context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return yes and no."""
        return (("1", "是"), ("0", "否"))


@dataclass(frozen=True, slots=True)
class Coded(FieldType):
    """A code of a table; an ``open`` table keeps an unknown word as it stands, ``scoped`` ones look within the unit."""

    rule: ClassVar[str] = "code"
    telling: ClassVar[bool] = True
    table: str = ""
    open: bool = False
    scoped: bool = False

    @property
    def codes(self) -> CodeTable:
        """Return the code table."""
        return code_table(self.table)

    def read(self, words: str, context: Context) -> Value:
        """Return the code of a word."""
        found = self.codes.find(words, context.unit_code if self.scoped else None)
        if found:
            return found
        if self.open:
            return text.brackets(words)
        raise ValueProblem("code", f"“{text.clean(words)}”不在代码表中，请从下拉列表里选一项")

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell is a word of the table."""
        scope = context.unit_code if self.scoped else None
        return self.codes.find(str(cell).removesuffix(".0"), scope) is not None

    def show(self, value: Value) -> str:
        """Return the name of the code."""
        return "" if value is None else self.codes.label(str(value))

    def options(self, context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the codes offered, those of the unit only where scoped."""
        scope = context.unit_code if self.scoped else None
        return tuple((c.code, c.name) for c in self.codes.within(scope) if c.attributes.get("derived") != "1")


@dataclass(frozen=True, slots=True)
class Uscc(FieldType):
    """统一社会信用代码, checked by GB 32100-2015 (rule V01)."""

    rule: ClassVar[str] = "V01"
    telling: ClassVar[bool] = True

    def read(self, words: str, _context: Context) -> Value:
        """Return the 18 characters; raises with V01 otherwise."""
        from stdnum.cn import uscc
        from stdnum.exceptions import ValidationError

        code = text.compact(words).upper().replace("-", "").lstrip("'")
        try:
            return uscc.validate(code)
        except ValidationError:
            raise ValueProblem("V01", self._why(code)) from None

    @staticmethod
    def _why(code: str) -> str:
        if len(code) != 18:
            return f"统一社会信用代码应为18位，现在是{len(code)}位，请核对营业执照"
        wrong = sorted(set(code) - set("0123456789ABCDEFGHJKLMNPQRTUWXY"))
        if wrong:
            return f"统一社会信用代码里不会有“{'、'.join(wrong)}”，请核对营业执照"
        return "统一社会信用代码校验位不符，请核对营业执照"


@dataclass(frozen=True, slots=True)
class Phone(FieldType):
    """A contact's number: mobile by rule V06 when it is 11 digits beginning with 1, else V07 (a warning)."""

    rule: ClassVar[str] = "V06"
    personal: ClassVar[bool] = True
    telling: ClassVar[bool] = True

    _SEVERAL: ClassVar[re.Pattern[str]] = re.compile(r"[/,;、|\s]+")
    _COMMON: ClassVar[re.Pattern[str]] = re.compile(
        r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[68]\d{7}|[48]00-?\d{3}-?\d{4}"
    )

    def read(self, words: str, _context: Context) -> Value:
        """Return the number without spaces, several joined by 、; a wrong mobile number raises with V06."""
        parts = [part for part in self._SEVERAL.split(text.fold(words)) if part]
        several = len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 7 for part in parts)
        return "、".join(map(self._number, parts)) if several else self._number(text.compact(words))

    @staticmethod
    def _number(plain: str) -> str:
        digits = re.sub(r"^(\+?86)?(?=1\d{10}$)", "", re.sub(r"[-—－]", "", plain.lstrip("'")))
        if not re.fullmatch(r"1\d{10}", digits):
            return re.sub(r"[—－]+", "-", plain)
        if digits[1] < "3":  # the number itself is personal and stays out of the sentence
            raise ValueProblem("V06", "手机号应为11位、以13至19开头，请核对")
        return digits

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell is a mobile number or a usual landline."""
        try:
            return bool(self._COMMON.fullmatch(str(self.parse(cell, context)).partition("、")[0]))
        except ValueProblem:
            return False

    def mask(self, value: Value) -> Value:
        """Return the number with only its first three and last four figures."""
        return None if value is None else text.mask(str(value), 3, 4)


@dataclass(frozen=True, slots=True)
class Ref(FieldType):
    """The id of a record of another kind with the same owner."""

    kind: str = ""
