"""Take columns apart that hold two values in one cell: a person with a number (联系人及电话), a span of days."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdesk.dates import parse_date
from ipdesk.fields import Date, Phone, Text
from ipdesk.intake.cells import Cell
from ipdesk.intake.heads import fold_head
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.kinds.declare import Field
from ipdesk.problems import ValueProblem
from ipdesk.text import fold, quoted

_SURELY = 0.9
_AND = re.compile(r"及其|以及|[及和与、,/;+&()]")
_NAME = r"(?P<name>[\u4e00-\u9fff·]{2,12})"
_NUMBERS = r"(?P<numbers>\+?\d[\d\s、,/;|+-]{5,}\d)"
_BETWEEN = r"[\s、,/;:|(-]*"
_PERSON = re.compile(
    rf"{_NAME}{_BETWEEN}{_NUMBERS}\)?|\(?{_NUMBERS.replace('numbers', 'first')}\)?{_BETWEEN}"
    rf"{_NAME.replace('name', 'last')}\)?"
)
_ALONE = re.compile(r"[\u4e00-\u9fff·]{2,12}")
_CALLED = re.compile(r"(?:联系)?(?:电话|手机号?|号码|方式)$")
_DASH = re.compile(r"\s*(?:至|到|[-~—–－～]+)\s*")
_MONTH_DAY = re.compile(r"\d{1,2}[-./月]\d{1,2}[日号]?")
_DAY = re.compile(r"\d{1,2}[日号]?")
Parts = tuple[Cell, Cell]


@dataclass(frozen=True, slots=True)
class Pair:
    """The fields of the two values that a column's cells hold; the second may be one nobody keeps."""

    first: Field
    second: Field | None

    def cut(self, cell: Cell) -> Parts | None:
        """Return the two values of a cell; ``None`` where nobody can tell them apart."""
        return span_in(cell) if isinstance(self.first.type, Date) else person_in(cell)

    def part(self, cell: Cell, field: Field) -> Cell:
        """Return a field's value of a cell; raises ``ValueProblem`` where nobody can tell whose value it is.

        A cell of one value is the first one's, but for a number.
        """
        cut = self.cut(cell)
        if cut:
            return cut[field != self.first]
        dated = isinstance(self.first.type, Date)
        number = not dated and Phone().recognises(cell)
        if not (dated or number or (isinstance(cell, str) and _ALONE.fullmatch(fold(cell).strip()))):
            raise ValueProblem(field.type.rule, f"“{quoted(str(cell))}”分不清是谁的号码，这一格没有导入")
        return cell if (field != self.first) == number else None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the fields in sheets."""
        return tuple(field.sheet_name for field in (self.first, self.second) if field)


def pair_of(vocabulary: Vocabulary, texts: Sequence[str], cells: Sequence[Cell]) -> Pair | None:
    """Return what two fields a column is of, if its head says so and nearly all its cells hold two such values."""
    if not texts or not cells:
        return None
    for pair in (*_persons(vocabulary, texts), *_spans(vocabulary, texts)):
        both = sum(pair.cut(cell) is not None for cell in cells)
        least = 1 if isinstance(pair.first.type, Date) else _SURELY * len(cells)
        if both >= least:
            return pair
    return None


def _persons(vocabulary: Vocabulary, texts: Sequence[str]) -> Iterator[Pair]:
    """Yield who and number where a head names both: 联系人及电话, 联系人（手机）, 电话、联系人."""
    ledger, groups = vocabulary.ledger, texts[:-1]
    words = [word for word in _AND.split(fold_head(texts[-1]).full) if word]
    if len(words) != 2 or vocabulary.exact(texts[-1]):
        return
    who, number = words if _CALLED.search(words[1]) else reversed(words)
    near = vocabulary.near((*groups, who))
    field = ledger.by_name.get(near.field) if near else None
    if field and isinstance(field.type, Text) and _CALLED.search(number):
        yield Pair(field, _number_of(vocabulary, field, who, number))


def _number_of(vocabulary: Vocabulary, who: Field, word: str, number: str) -> Field | None:
    """Return the field of a person's number: the row's own person's, or one whose head names the person."""
    own = who.name == vocabulary.ledger.name_field
    owner = re.sub(r"姓名$", "", word)
    for words in (number,) if own else (owner + number, number):
        near = vocabulary.near((words,))
        field = vocabulary.ledger.by_name.get(near.field) if near else None
        if (
            field
            and isinstance(field.type, Phone)
            and (own or words != number or field.section == who.section)
        ):
            return field
    return None


def _spans(vocabulary: Vocabulary, texts: Sequence[str]) -> Iterator[Pair]:
    """Yield first and last day where a head names the first of two that belong together: 培训时间."""
    near = vocabulary.near(texts)
    known = vocabulary.ledger.by_name.get(near.field) if near else None
    for field in [known] if known else vocabulary.said(texts):
        if field.until:
            yield Pair(field, vocabulary.ledger.field(field.until))


def person_in(cell: Cell) -> Parts | None:
    """Return a person's name and the numbers beside it."""
    found = _PERSON.fullmatch(fold(cell).strip()) if isinstance(cell, str) else None
    if not found:
        return None
    name, numbers = found["name"] or found["last"], found["numbers"] or found["first"]
    numbers = re.sub(r"(?<=\d)\s*-\s*(?=1\d{10}$)", "、", numbers)
    return (name, numbers) if Phone().recognises(numbers) else None


def span_in(cell: Cell) -> Parts | None:
    """Return first and last day of a span, the last completed by the first: 2024年5月6日-8日."""
    text = fold(cell).strip() if isinstance(cell, str) else ""
    found = {
        parts for cut in _DASH.finditer(text) if (parts := _days(text[: cut.start()], text[cut.end() :]))
    }
    return found.pop() if len(found) == 1 else None


def _days(first: str, last: str) -> Parts | None:
    begins = _day(first)
    if not begins:
        return None
    if _MONTH_DAY.fullmatch(last):
        last = f"{begins[:4]}.{last}"
    elif _DAY.fullmatch(last):
        last = f"{begins[:8]}{last.rstrip('日号'):0>2}"
    ends = _day(last.replace("月", ".").rstrip("日号") if last[:5] == begins[:4] + "." else last)
    return (begins, ends) if ends and begins <= ends else None


def _day(words: str) -> str | None:
    """Return the day that words name, ``None`` for a month, a year or anything else."""
    try:
        told = parse_date(words)
    except ValueProblem:
        return None
    return told if len(told) == len("2023-05-06") else None
