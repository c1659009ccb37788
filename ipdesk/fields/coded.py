"""Values to choose from: yes or no, a code of a table, several codes of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ipdesk import text
from ipdesk.codes import code_table
from ipdesk.codetable import CodeTable
from ipdesk.fields.base import PLAIN, Context, FieldType, Storage, Value, as_text
from ipdesk.problems import Ambiguous, ValueProblem


@dataclass(frozen=True, slots=True)
class Bool(FieldType):
    """Yes or no."""

    storage: ClassVar[Storage] = "INTEGER"
    schema: ClassVar[Mapping[str, str]] = {"type": "boolean"}
    rule: ClassVar[str] = "code"
    WORDS: ClassVar[Mapping[str, bool]] = {
        **dict.fromkeys(re.split(" ", "是 有 √ ✓ ✔ ☑ 对 Y YES TRUE 1 已认定 通过 专职 全职"), True),
        **dict.fromkeys(re.split(" ", "否 无 × ✗ ✘ ☐ □ X N NO FALSE 0 不是 没有 未认定 兼职"), False),
    }

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the truth value; 无 means no here, not nothing."""
        words = text.key(as_text(cell))
        if words in self.WORDS:
            return self.WORDS[words]
        if text.is_blank(words):
            return None
        raise ValueProblem("code", f"“{text.quoted(words)}”请改为“是”或“否”")

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

    def parse(self, cell: object, context: Context = PLAIN) -> Value:
        """Return the code; 无 is nothing unless the table has it."""
        words = as_text(cell, self.rule)
        return FieldType.parse(self, cell, context) if not text.is_blank(words) else self.codes.find(words)

    def read(self, words: str, context: Context) -> Value:
        """Return the code of a word; one that may mean several codes raises ``Ambiguous``."""
        scope = context.unit_code if self.scoped else None
        found = self.codes.find(words, scope)
        if found:
            return found
        if self.open:
            return text.brackets(words)
        meant = self.codes.meanings(words, scope)
        if len(meant) > 1:
            names = "”或“".join(entry.name for entry in meant)
            raise Ambiguous("code", f"“{text.quoted(words)}”可能是“{names}”，请从下拉列表里选一项")
        raise ValueProblem("code", f"“{text.quoted(words)}”不在代码表中，请从下拉列表里选一项")

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell is a word of the table, be it of several codes."""
        words = str(cell).removesuffix(".0")
        if self.scoped:  # a place elsewhere of the same name is none
            return self.codes.find(words, context.unit_code) is not None
        return self.codes.find(words) is not None or len(self.codes.meanings(words)) > 1

    def show(self, value: Value) -> str:
        """Return the name of the code."""
        return "" if value is None else self.codes.label(str(value))

    def brief(self, value: Value) -> str:
        """Return how the code is cited: a standard by its number, the others by name."""
        entry = self.codes.get(str(value))
        return entry.brief if entry and entry.brief else self.show(value)

    def options(self, context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the codes offered, those of the unit only where scoped."""
        scope = context.unit_code if self.scoped else None
        return tuple((c.code, c.name) for c in self.codes.within(scope) if c.attributes.get("derived") != "1")


_SEVERAL = re.compile(r"[;；,，、/|\n+＋]|\s+")
_OUTSIDE = re.compile(r"(?:[(（][^()（）]*[)）]|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offered(FieldType):
    """One of a few values told with their words (value, word), as a state that is worked out takes them."""

    pairs: tuple[tuple[str, str], ...] = ()

    def show(self, value: Value) -> str:
        """Return the word of a value; another value shows as it stands."""
        return "" if value is None else dict(self.pairs).get(str(value), str(value))

    def options(self, _context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the values with their words."""
        return self.pairs


@dataclass(frozen=True, slots=True)
class Codes(FieldType):
    """Several codes of one table, in its order; canonical as a tuple, in JSON a list, in a cell joined by 、."""

    schema: ClassVar[Mapping[str, str]] = {"type": "array"}
    rule: ClassVar[str] = "code"
    telling: ClassVar[bool] = True
    table: str = ""

    @property
    def codes(self) -> CodeTable:
        """Return the code table."""
        return code_table(self.table)

    def read(self, words: str, context: Context) -> Value:
        """Return the codes of a list of words; one that the table lacks is refused with ``code``."""
        whole = self.codes.find(words)
        found = {whole} if whole else {self._code(word) for word in _words(words)}
        return self.canonical(tuple(found))

    def _code(self, word: str) -> str:
        found = self.codes.find(word)
        if found is None:
            raise ValueProblem("code", f"“{text.clean(word)}”不在代码表中，请从下拉列表里选，多项用顿号隔开")
        return found

    def canonical(self, told: object) -> Value:
        """Return the codes as a tuple in the order of the table, ``None`` when there is none."""
        listed = {str(code) for code in told} if isinstance(told, (list, tuple)) else set()
        known = [entry.code for entry in self.codes.codes if entry.code in listed]
        return (*known, *sorted(listed - set(known))) or None

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether every word of a cell is in the table."""
        words = list(_words(str(cell)))
        return bool(words) and all(self.codes.find(word) for word in words)

    def loaded(self, raw: str | int | float | None) -> Value:
        """Return the codes that a column holds."""
        return None if raw is None else tuple(str(raw).split("；"))

    def show(self, value: Value) -> str:
        """Return the names of the codes."""
        return "、".join(map(self.codes.label, value)) if isinstance(value, tuple) else ""

    def options(self, _context: Context = PLAIN) -> tuple[tuple[str, str], ...]:
        """Return the codes offered."""
        return tuple((c.code, c.name) for c in self.codes.codes)


def _words(cell: str) -> list[str]:
    """Return the words of a list; signs within brackets part nothing."""
    parts = ["\n" if _SEVERAL.fullmatch(part) else part for part in _OUTSIDE.findall(cell)]
    return [word for word in "".join(parts).split("\n") if word.strip()]
