"""Find who goes by the same name under another credit code (rule V21), and who is another unit's already (rule V23)."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ipdesk.checks import When, grade
from ipdesk.codes import code_table
from ipdesk.fields import Uscc
from ipdesk.kinds.declare import Field, Kind, Ledger, Values
from ipdesk.problems import Problem
from ipdesk.records import Query
from ipdesk.store import Store
from ipdesk.text import company

_CANDIDATES = 200  # of a search; more names than that have these words in them only by chance


class Body(NamedTuple):
    """Somebody with a name and a credit code, and where it stands."""

    name: str
    code: str
    place: str = "台账里"


def named_by_code(ledger: Ledger) -> tuple[Kind, Field, Field] | None:
    """Return the kind whose records have a name and a credit code as their key, with both fields; none for people."""
    name, key = ledger.field(ledger.name_field), ledger.field(ledger.key_field)
    kind = ledger.kind_of(name.name)
    return (kind, name, key) if isinstance(key.type, Uscc) and key in kind.fields else None


def body(ledger: Ledger, values: Values, place: str = "台账里") -> Body | None:
    """Return who a row is about, if it says both."""
    name, code = values.get(ledger.name_field), values.get(ledger.key_field)
    return Body(str(name), str(code), place) if name and code and named_by_code(ledger) else None


class Namesakes:
    """Who a store holds by name: all of it read once, at the first question; for many rows."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        """Keep the store and the ledger; nothing is read ahead."""
        self._store, self.ledger = store, ledger
        self._met: dict[str, dict[str, Body]] = {}

    @cached_property
    def _held(self) -> dict[str, dict[str, Body]]:
        found: dict[str, dict[str, Body]] = {}
        about = named_by_code(self.ledger)
        for record in self._store.find(about[0]) if about else ():
            if one := body(self.ledger, record.values):
                found.setdefault(company(one.name), {})[one.code] = one
        return found

    def problems(self, values: Values, place: str) -> Iterator[Problem]:
        """Yield a finding for a row of a sheet that another has the name of, in the store or in an earlier row."""
        yield from claimed(self._store, self.ledger, values, "intake")
        one = body(self.ledger, values, place)
        if one is None:
            return
        name = company(one.name)
        others = {**self._met.get(name, {}), **self._held.get(name, {})}
        yield from told(self.ledger, one, others.values(), "intake")
        self._met.setdefault(name, {})[one.code] = one


def in_store(store: Store, ledger: Ledger, values: Values) -> list[Problem]:
    """Return the findings about one row of a form, by a search for its name."""
    one, others_own = body(ledger, values), list(claimed(store, ledger, values, "form"))
    if one is None:
        return others_own
    keys = store.keys(ledger, Query(search=company(one.name), limit=_CANDIDATES))
    found = (body(ledger, row.values) for row in store.rows(ledger, keys))
    others = [other for other in found if other and company(other.name) == company(one.name)]
    return [*others_own, *told(ledger, one, others, "form")]


def claimed(store: Store, ledger: Ledger, values: Values, when: When) -> Iterator[Problem]:
    """Yield a finding about a body that another unit registers (rule V23); only the city sees several units'."""
    about = named_by_code(ledger)
    if about is None or store.office.only_unit or values.get(ledger.key_field) is None:
        return
    kind, _, key = about
    found = store.find(kind, None, **{key.name: values[key.name]})
    owners = {record.key.owner for record in found} - {store.office.unit_code}
    if owners:
        units, ours = code_table("regions"), str(values.get(ledger.unit_field) or store.office.unit_code)
        names = "、".join(units.label(owner) for owner in sorted(owners))
        sentence = f"{names}与{units.label(ours)}均登记该单位，请核定归属；没有争议的不要重复登记"
        yield Problem("V23", key.sheet_name, sentence, grade("V23", when))


def told(ledger: Ledger, one: Body, others: Iterable[Body], when: When) -> Iterator[Problem]:
    """Yield one finding that names the first of those with another code."""
    for other in others:
        if other.code != one.code:
            field = ledger.field(ledger.name_field)
            sentence = f"{other.place}有同名的“{other.name}”，信用代码是{other.code}，疑似同一家，请核对代码"
            yield Problem("V21", field.sheet_name, sentence, grade("V21", when))
            return
