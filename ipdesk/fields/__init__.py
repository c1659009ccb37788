"""Field types: each owns how its values are stored, read from a cell or a form, shown and written out.

A canonical value is what JSON shows: text, ISO date (or year-month), whole number, decimal, truth value or code.
"""

from ipdesk.fields.base import PLAIN, Context, FieldType, Storage, Text, Value, as_text
from ipdesk.fields.coded import Bool, Coded, Codes, Offered
from ipdesk.fields.figures import Date, Integer, Number
from ipdesk.fields.names import IdNo, Name, PersonName, Phone, Ref, Uscc
from ipdesk.fields.period import PeriodCode

__all__ = (
    "PLAIN",
    "Bool",
    "Coded",
    "Codes",
    "Context",
    "Date",
    "FieldType",
    "IdNo",
    "Integer",
    "Name",
    "Number",
    "Offered",
    "PeriodCode",
    "PersonName",
    "Phone",
    "Ref",
    "Storage",
    "Text",
    "Uscc",
    "Value",
    "as_text",
)
