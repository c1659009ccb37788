"""Derive the columns and cells of a printed ledger from its declaration."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ipdesk.fields import Name, Number, Text, Value
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.reports.table import Align, Cell, Column

NUMBER = Column("seq", "序号", "center", fixed=True, key=True)
_MEASURE = re.compile(r"（[^）]*元）$")


def printed_columns(ledger: Ledger) -> tuple[Column, ...]:
    """Return a running number, what names a row, and the other printed fields (``Field.printed``) in ledger order."""
    first = [ledger.field(ledger.name_field), ledger.field(ledger.key_field)]
    fields = dict.fromkeys((*first, *ledger.fields))
    return (NUMBER, *(_column(ledger, f) for f in fields if f.printed))


def _column(ledger: Ledger, field: Field) -> Column:
    measure = field.type.measure if isinstance(field.type, Number) else ""
    label = _MEASURE.sub("", field.label) if measure else field.label
    is_name = field.name == ledger.name_field
    return Column(
        field.name, label, _align(field), measure, field.type.keeps_whole, is_name, priority=field.printed - 1
    )


def _align(field: Field) -> Align:
    """Return how the column stands: figures right, names and long words left, codes and dates in the middle."""
    if isinstance(field.type, Number):
        return "right"
    return "left" if isinstance(field.type, Name) or _is_wordy(field) else "center"


def _is_wordy(field: Field) -> bool:
    return isinstance(field.type, Text) and field.type.long or field.width >= 190


def printed_row(
    ledger: Ledger, columns: Sequence[Column], row: Mapping[str, Value], number: int, reveal: bool
) -> list[Cell]:
    """Return a row's cells for these columns, numbered; personal values masked unless revealed."""
    return [
        number,
        *(_cell(ledger.field(column.name), row.get(column.name), reveal) for column in columns[1:]),
    ]


def _cell(field: Field, value: Value, reveal: bool) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(field.type, Number):
        return Decimal(str(value))
    return field.type.brief(value if reveal else field.type.mask(value))
