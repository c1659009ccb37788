"""Derive the list's columns from the ledger's declaration, and find those that fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from ipdesk.fields import Coded, Value
from ipdesk.kinds.declare import Field, Ledger, Values
from ipdesk.records import Row
from ui.style import tokens
from ui.texts import common

FILTERED = 7
DAY = "_day"  # in a row of the past: the day on which its states are worked out
GIVES = 5


class Column(Protocol):
    """One column of a list; ``priority`` 1 stays longest, ``width`` is in logical pixels."""

    @property
    def name(self) -> str:
        """Return what the store sorts by; empty when it cannot."""

    @property
    def label(self) -> str:
        """Return the head."""

    @property
    def priority(self) -> int:
        """Return the place by importance."""

    @property
    def width(self) -> int:
        """Return the width that shows most values whole."""

    @property
    def right(self) -> bool:
        """Tell whether values stand at the right edge."""

    def show(self, row: Row) -> str:
        """Return the words of a row."""

    def tone(self, row: Row) -> str:
        """Return the tone of a state pill; empty for plain words."""

    def is_missing(self, row: Row) -> bool:
        """Tell whether a required value is missing."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A declared field; ``rank`` replaces the declared place by importance.

    ``derive`` works out what has become of the value meanwhile: it stands beside what the sheet says.
    """

    field: Field
    rank: int = 0
    derive: Callable[[Values, date], Value] | None = None

    @property
    def name(self) -> str:
        """Return the field's name."""
        return self.field.name

    @property
    def label(self) -> str:
        """Return the field's label, the brief one where it has one."""
        return self.field.brief or self.field.label

    @property
    def priority(self) -> int:
        """Return the place by importance; fields outside the list come last."""
        return self.rank or self.field.column or 1000

    @property
    def width(self) -> int:
        """Return the declared width."""
        return self.field.width

    @property
    def right(self) -> bool:
        """Tell whether it holds figures."""
        return self.field.type.align == "right"

    def show(self, row: Row) -> str:
        """Return the value as people read it; a required one that is missing is 待补."""
        if self.is_missing(row):
            return common.TO_FILL
        told = (row.values.get(self.field.name), self._derived(row))
        return "·".join(self.field.type.line(value) for value in told if value is not None)

    def _derived(self, row: Row) -> Value:
        if not self.derive:
            return None
        day = row.values.get(DAY)
        return self.derive(row.values, date.fromisoformat(str(day)) if day else date.today())

    def is_missing(self, row: Row) -> bool:
        """Tell whether a required value is missing."""
        return self.field.required and row.values.get(self.field.name) is None

    def tone(self, row: Row) -> str:
        """Return the tone of a code that tells a state."""
        value = self._derived(row) or row.values.get(self.field.name)
        if value is None or not isinstance(self.field.type, Coded):
            return ""
        return tokens().tone(self.field.type.table, str(value))


@dataclass(frozen=True, slots=True)
class LocalColumn:
    """Something the store tells about a row beside its declared fields, under a name with an underscore."""

    name_in_row: str
    label: str
    tones: tuple[tuple[str, str], ...] = ()
    priority: int = 6
    width: int = 104
    name: ClassVar[str] = ""
    right: ClassVar[bool] = False

    def show(self, row: Row) -> str:
        """Return the words the store gives."""
        return str(row.values.get(self.name_in_row) or "")

    def tone(self, row: Row) -> str:
        """Return the tone of these words."""
        return dict(self.tones).get(self.show(row), "")

    def is_missing(self, _row: Row) -> bool:
        """Nothing is asked of the clerk here."""
        return False


def columns_of(ledger: Ledger, *, city: bool) -> tuple[Column, ...]:
    """Return the columns of a list: name and code first, then ledger order; a county need not see its own unit."""
    first = (ledger.field(ledger.name_field), ledger.field(ledger.key_field))
    others = (f for f in ledger.columns if f not in first and (city or f.name != ledger.unit_field))
    return tuple(FieldColumn(f, derive=ledger.derived.get(f"_{f.name}")) for f in (*first, *others))


def filters_of(ledger: Ledger, *, city: bool) -> tuple[Field, ...]:
    """Return the fields to filter by: closed code tables that stay longest in the list, the unit first."""
    coded = [
        f for f in ledger.columns if isinstance(f.type, Coded) and not f.type.open and f.column <= FILTERED
    ]
    hidden = {f.name for f in coded if (f.type.scoped if city else f.name == ledger.unit_field)}  # type: ignore[attr-defined]
    return tuple(f for f in coded if f.name not in hidden)


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """Return the columns that fit side by side, the most important chosen first, in their order.

    The first, which is the name, gives up to a fifth of its width to let one more stay.
    """
    chosen: set[int] = set()
    left = width + (columns[0].width // GIVES if columns else 0)
    for index in sorted(range(len(columns)), key=lambda i: columns[i].priority):
        if chosen and columns[index].width > left:
            break
        chosen.add(index)
        left -= columns[index].width
    return [column for index, column in enumerate(columns) if index in chosen]


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """Return the columns' widths so that they fill the list: most of what is left over goes to the first."""
    left = max(0, width - sum(c.width for c in columns))  # what they lack the first gives
    share = left // (len(columns) + 1) if columns else 0
    made = [c.width + min(share, 40) for c in columns]
    return _filled(made, width)


def _filled(made: list[int], width: int) -> list[int]:
    return [made[0] + width - sum(made), *made[1:]] if made else made
