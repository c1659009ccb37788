"""Filters that a clerk keeps under a name, for each ledger, in the order he likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipdesk.derived import states
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query
from ipdesk.store import Store

SETTING, LAST, LONGEST = "filters", "filters.last", 20
Kept = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A query under a name; its limit is not kept."""

    name: str
    query: Query


def saved(store: Store, ledger: Ledger) -> list[SavedFilter]:
    """Return a ledger's saved filters in their order."""
    return [SavedFilter(str(kept["name"]), _query(kept)) for kept in _all(store).get(ledger.name, ())]


def find(store: Store, ledger: Ledger, name: str) -> Query:
    """Return the query saved under a name; an unknown one is refused with the names there are."""
    found = {one.name: one.query for one in saved(store, ledger)}
    if name not in found:
        known = f"，已有的：{'、'.join(found)}" if found else ""
        raise Refusal(f"“{ledger.label}”没有存过名为“{name}”的筛选{known}")
    return found[name]


def save(store: Store, ledger: Ledger, name: str, query: Query) -> SavedFilter:
    """Keep a query under a name, in place of the one of that name or at the end."""
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST:
        raise Refusal(f"筛选的名称要写1至{LONGEST}个字")
    for field in (
        *(n for n, _ in query.where),
        *(n for n, _ in query.order),
        *(f.field for f in query.filters),
    ):
        if field not in states(ledger):
            ledger.field(field)
    one, others = SavedFilter(plain, query), saved(store, ledger)
    names = [other.name for other in others]
    place = names.index(plain) if plain in names else len(names)
    _keep(store, ledger, [*others[:place], one, *others[place + 1 :]], f"保存筛选“{plain}”")
    return one


def delete(store: Store, ledger: Ledger, name: str) -> None:
    """Forget a saved filter; an unknown one is refused."""
    find(store, ledger, name)
    left = [one for one in saved(store, ledger) if one.name != name]
    _keep(store, ledger, left, f"删除筛选“{name}”")


def order(store: Store, ledger: Ledger, names: Sequence[str]) -> None:
    """Put saved filters into an order; those not named follow in the order they had."""
    held = {one.name: one for one in saved(store, ledger)}
    wanted = [*(name for name in dict.fromkeys(names) if name in held), *(n for n in held if n not in names)]
    _keep(store, ledger, [held[name] for name in wanted], "排列筛选")


def remember(store: Store, ledger: Ledger, query: Query) -> None:
    """Keep what a ledger's list is narrowed by, for the next start; words and order are left out.

    It is kept in the store: a condition may tell of a person, and only the store is encrypted.
    """
    document = _document(Query(query.where, filters=query.filters))
    with store.act("记住筛选", "筛选") as act:
        act.keep(LAST, {**_all(store, LAST), ledger.name: [document]})


def last(store: Store, ledger: Ledger) -> Query:
    """Return what the list was narrowed by last; nothing where a field of it is no longer known."""
    query = next((_query(kept) for kept in _all(store, LAST).get(ledger.name, ())), Query())
    names = (*(name for name, _ in query.where), *(f.field for f in query.filters))
    return query if all(name in ledger.by_name or name in states(ledger) for name in names) else Query()


def _all(store: Store, setting: str = SETTING) -> dict[str, Sequence[Kept]]:
    kept = store.setting(setting)
    return dict(kept) if isinstance(kept, dict) else {}


def _keep(store: Store, ledger: Ledger, filters: Sequence[SavedFilter], deed: str) -> None:
    told = [{"name": one.name, **_document(one.query)} for one in filters]
    with store.act(deed, "筛选") as act:
        act.keep(SETTING, {**_all(store), ledger.name: told})


def _document(query: Query) -> dict[str, object]:
    """Return a query as JSON keeps it."""
    filters = [{"field": f.field, "ask": f.ask.value, "values": list(f.values)} for f in query.filters]
    where = [list(pair) for pair in query.where]
    return {
        "where": where,
        "search": query.search,
        "order": [list(o) for o in query.order],
        "filters": filters,
    }


def _query(kept: Kept) -> Query:
    """Return the query that JSON kept."""
    told: Mapping[str, list] = kept  # type: ignore[assignment, type-arg]  # written by ``_document`` alone
    return Query(
        tuple((name, _value(value)) for name, value in told["where"]),
        str(kept["search"]),
        tuple((name, bool(downwards)) for name, downwards in told["order"]),
        filters=tuple(
            Filter(f["field"], Ask(f["ask"]), tuple(map(_value, f["values"]))) for f in told["filters"]
        ),
    )


def _value(told: object) -> Value:
    return tuple(told) if isinstance(told, list) else told  # type: ignore[return-value]  # a canonical value
