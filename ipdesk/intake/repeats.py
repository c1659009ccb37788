"""Find rows of one file that speak of the same thing: a key under two names, a record twice, a number twice."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ipdesk.fields import Value
from ipdesk.intake.rows import Draft
from ipdesk.kinds.declare import Kind, Ledger
from ipdesk.matching import filled, handles, links, same
from ipdesk.problems import Problem
from ipdesk.records import Record, RecordKey, Version

_NEW = Version(0, 0, "")


class Place(NamedTuple):
    """Where a row stands, as Excel numbers it."""

    sheet: str
    row: int

    def __str__(self) -> str:
        """Return the place in words."""
        return f"“{self.sheet}”第{self.row}行" if self.sheet else f"第{self.row}行"


class Verdict(NamedTuple):
    """What earlier rows say about a row: findings, whether its record is there already, what the row adds to it."""

    problems: tuple[Problem, ...] = ()
    again: bool = False
    news: frozenset[str] = frozenset()


class Repeats:
    """Remembers the rows of one file, in their order."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing."""
        self.ledger = ledger
        self._names: dict[Value, tuple[Value, Place]] = {}
        self._unique: dict[tuple[str, Value], tuple[Value, Place]] = {}
        self._records: dict[RecordKey, Record] = {}
        self._found: dict[tuple[str, str, Value], dict[RecordKey, None]] = {}
        self._places: dict[RecordKey, Place] = {}
        self._count = 0

    def verdict(self, draft: Draft, *, holds: bool = True) -> Verdict:
        """Return what earlier rows of the file say against or about this one, and remember the row.

        A row that ``holds`` not what the store knows to be another's is no holder of it here either.
        """
        found = [*self._two_names(draft), *(self._two_holders(draft) if holds else ())]
        if found or draft.refused:
            return Verdict(tuple(p.at(draft.sheet, draft.row) for p in found[:1]))
        return self._compared(draft)

    def _two_names(self, draft: Draft) -> Iterator[Problem]:
        key, name = self.ledger.field(self.ledger.key_field), self.ledger.field(self.ledger.name_field)
        code, called = draft.values.get(key.name), draft.values.get(name.name)
        if code is None or called is None or key == name:
            return
        known, place = self._names.setdefault(code, (called, Place(draft.sheet, draft.row)))
        if known != called:
            shown = key.type.show(key.type.mask(code))
            told = f"{key.label}{shown}在{place}是“{known}”，这里是“{called}”，请核对哪一个写错了"
            yield Problem("duplicate", key.sheet_name, told)

    def _two_holders(self, draft: Draft) -> Iterator[Problem]:
        holder = draft.values.get(self.ledger.key_field)
        for name, rule in self.ledger.unique.items():
            value = draft.values.get(name)
            if value is None or holder is None:
                continue
            known, place = self._unique.setdefault((name, value), (holder, Place(draft.sheet, draft.row)))
            if known != holder:
                field = self.ledger.field(name)
                told = f"{field.label}“{value}”已在{place}用于“{self._called(known)}”，请核对证书"
                yield Problem(rule, field.sheet_name, told)

    def _called(self, holder: Value) -> Value:
        return self._names[holder][0] if holder in self._names else holder

    def _compared(self, draft: Draft) -> Verdict:
        """Find a record of an earlier row with other values, else remember this row's records."""
        met = list(self._met(draft))
        for kind, values, record in met:
            others = [n for n, v in values.items() if record and record.values.get(n) not in (None, v)]
            if record and others:
                found = self._twice(kind, others, self._places[record.key])
                return Verdict((found.at(draft.sheet, draft.row),))
        again = any(record and kind is self.ledger.root for kind, _, record in met)
        news = {n for _, values, r in met for n in values if r is None or r.values.get(n) is None}
        self._remember(draft, met)
        return Verdict((), again, frozenset(news))

    def _met(self, draft: Draft) -> Iterator[tuple[Kind, dict[str, Value], Record | None]]:
        """Yield each kind with the row's values and the record of an earlier row that is the same."""
        parts = self.ledger.split(filled(draft.values))  # type: ignore[arg-type]  # canonical values all along
        keys: dict[str, RecordKey] = {}
        self._count += 1
        for kind in self.ledger.kinds:
            values = {**links(kind, keys), **parts.get(kind.name, {})}
            record = same(kind, values, self._candidates(kind, values))
            fresh = RecordKey(kind.name, str(self._count))
            if parts.get(kind.name) or kind is self.ledger.root:
                keys[kind.name] = record.key if record else fresh
                yield kind, values, record

    def _candidates(self, kind: Kind, values: Mapping[str, Value]) -> Iterable[Record]:
        """Return the records of earlier rows that may be the same, each once, with what rows since told of them."""
        keys = dict.fromkeys(
            key for at in handles(kind, values).items() for key in self._found.get((kind.name, *at), ())
        )
        return [self._records[key] for key in keys]

    def _twice(self, kind: Kind, fields: list[str], place: Place) -> Problem:
        labels = "、".join(kind.by_name[name].label for name in fields)
        key = self.ledger.field(self.ledger.key_field)
        told = f"{place}已有同一条记录，{labels}不一样，请核对后只留一行"
        return Problem("duplicate", key.sheet_name, told)

    def _remember(self, draft: Draft, met: list[tuple[Kind, dict[str, Value], Record | None]]) -> None:
        for kind, values, record in met:
            key = record.key if record else RecordKey(kind.name, str(self._count))
            merged: Mapping[str, Value] = {**values, **filled(record.values)} if record else values  # type: ignore[dict-item]
            self._records[key] = Record(kind.name, key, merged, _NEW)
            self._places.setdefault(key, Place(draft.sheet, draft.row))
            for at in handles(kind, merged).items():
                self._found.setdefault((kind.name, *at), {})[key] = None
