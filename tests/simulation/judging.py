"""Judge how a run ended: both sides hold the same, know the same answers, and lost nothing unseen."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import RESULT
from ipdesk.sync.corrections import listed
from ipdesk.sync.quarantine import waiting
from ipdesk.sync.rows import stamp
from ipdesk.sync.standing import Standing
from tests.simulation.truth import Truth


class Ended(Protocol):
    """A run that is over."""

    @property
    def truth(self) -> Truth:
        """Return what was typed."""

    @property
    def stores(self) -> Mapping[str, SqlStore]:
        """Return all stores by unit."""

    @property
    def city(self) -> SqlStore:
        """Return the city's store."""

    def counties(self) -> list[SqlStore]:
        """Return the counties' stores."""


def problems(run: Ended) -> list[str]:
    """Return what is wrong at the end, one sentence each."""
    found = [f"lost: {word!r} of {where}" for where, word in run.truth.lost(run.counties(), run.city)]
    found += [f"still set aside: {row['unit']} {row['sequence']}" for row in waiting(run.city)]
    for store in run.counties():
        found += [f"{store.office.unit_code}: {words}" for words in _differing(run.city, store)]
    for store in run.stores.values():
        # what was never carried is not at the city, and not on a new device either
        found += [f"{store.office.unit_code}: {told}" for told in store.check() if "附件" not in told]
    return found


def _differing(city: SqlStore, county: SqlStore) -> Iterator[str]:
    unit = county.office.unit_code
    here, there = _held(county, unit), _held(city, unit)
    for key in sorted({*here, *there}, key=str):
        if here.get(key) != there.get(key):
            yield f"diverged in {key}: county {here.get(key)}, city {there.get(key)}"
    newest = Standing.of(city, unit).newest
    if not newest or newest.get("verified") is not True:
        yield "the whole was not verified"
    if left := sync.status(county)["unconfirmed"]:
        yield f"{left} records unconfirmed"
    yield from _untold(county)
    yield from _answers(city, county)


def _held(store: SqlStore, unit: str) -> dict[tuple[str, str], object]:
    """Return a unit's records; what one program knows as a field another keeps unread."""
    return {
        (kind.name, r.key.id): ({**r.extra, **r.values}, r.version, r.deleted)
        for kind in store.catalogue.travelling
        for r in store.changed_since(kind, unit, 0)
        if r.version.number
    }


def _untold(county: SqlStore) -> Iterator[str]:
    told = {r.values["record"]: r.values["version"] for r in county.find(RESULT)}
    for kind in county.catalogue.travelling:
        for record in county.changed_since(kind, county.office.unit_code, 0):
            if told.get(record.key.id) != stamp(record.version):
                yield f"no result for {record.key.id}"


def _answers(city: SqlStore, county: SqlStore) -> Iterator[str]:
    """Tell where a wish stands differently; what the city has no more, or took back, is asked no more."""
    there = {c.digest: c for c in listed(city) if c.unit == county.office.unit_code}
    here = {c.digest: c for c in listed(county)}
    for number, wish in there.items():
        own = here.get(number)
        if wish.state != "withdrawn" and (own is None or (own.state, own.new) != (wish.state, wish.new)):
            yield f"correction {number} is {wish.state} at the city, {own and own.state} at the county"
    for number, wish in here.items():
        if wish.state == "open" and (number not in there or there[number].state != "open"):
            yield f"correction {number} is asked by nobody"
        if wish.state in ("yes", "no") and not wish.told:
            yield f"the answer to {number} is not known to have arrived"
