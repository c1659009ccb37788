"""The shapes in which records, their versions and their changes are passed around."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ipdesk.fields import Value


class RecordKey(NamedTuple):
    """What names a record for ever: the unit that owns it and its UUIDv7."""

    owner: str
    id: str


class Version(NamedTuple):
    """A row's version; compared as (incarnation, number, epoch), newest greatest (sync rules 4 and 7)."""

    incarnation: int
    number: int
    epoch: str

    @property
    def stamp(self) -> str:
        """Return it as one word, as results name it."""
        return f"{self.incarnation}.{self.number}.{self.epoch}"


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a kind as the store holds it; ``extra`` keeps columns of newer programs unread."""

    kind: str
    key: RecordKey
    values: Mapping[str, Value]
    version: Version
    previous: Version | None = None
    lsn: int = 0
    deleted: bool = False
    at: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One flat row of a ledger: the root's key and the canonical values of every filled field."""

    key: RecordKey
    values: Mapping[str, Value]
    parts: Mapping[str, RecordKey]
    lsn: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record changed: when, by whom, from where, before and after.

    ``part`` tells the record from others of its sort in the row, by field: the year, the certificate's number.
    """

    at: str
    who: str
    source: str
    kind: str
    field: str
    before: Value
    after: Value
    batch: str = ""
    part: Mapping[str, Value] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastAct:
    """The act that an undo would take back: what it was, when, and how many records it touched."""

    id: str
    deed: str
    at: str
    count: int


class Ask(StrEnum):
    """What a filter asks of a field's value."""

    IN = "in"
    NOT_IN = "not_in"
    FROM = "from"
    TO = "to"
    HAS = "has"
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one field, or on a derived state under its ``_`` name.

    ``IN`` takes several values of which one must be there, ``NOT_IN`` several of which none may be (an empty field
    has none); ``FROM`` and ``TO`` take the end of a range, included: figures, codes by their place in the table,
    dates as far as both are known; ``HAS`` takes a piece of the text shown; the other two take none.
    """

    field: str
    ask: Ask
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What to list: field values that must match, words to search for, order (field, downwards) and a limit.

    ``filters`` are further conditions; all that is told must hold.
    """

    where: tuple[tuple[str, Value], ...] = ()
    search: str = ""
    order: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    filters: tuple[Filter, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields by whose content is asked, for a caller that hides some."""
        told = (f.field for f in self.filters if f.ask not in (Ask.EMPTY, Ask.FILLED))
        return (*(name for name, value in self.where if value is not None), *told)


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act changed, so that views refresh only if concerned."""

    deed: str
    batch: str
    keys: Mapping[str, frozenset[RecordKey]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """Return the names of the kinds concerned."""
        return frozenset(self.keys)
