"""Call a record what a clerk calls it: by its own name, or by that of the record it belongs to."""

from ipdesk.kinds.declare import Catalogue, Field, Kind, Ledger
from ipdesk.records import Record, RecordKey
from ipdesk.store import Store


class Names:
    """The names of records, those met before remembered."""

    def __init__(self, store: Store) -> None:
        """Begin with no name known."""
        self._store = store
        self._known: dict[RecordKey, str] = {}

    def of(self, kind: Kind, record: Record) -> str:
        """Return a record's name, masked where personal; empty where nothing names it."""
        name = self._known[record.key] = self._found(kind, record)
        return name

    def _found(self, kind: Kind, record: Record) -> str:
        own = [f for f in kind.fields if f.identifies and record.values.get(f.name) is not None]
        if own:
            ledger = _named_in(self._store.catalogue, kind)
            return ledger.called(record.values) if ledger else shown(own[0], record)
        for field in kind.references:
            key = RecordKey(record.key.owner, str(record.values.get(field.name)))
            if name := self._known.get(key) or self._looked_up(field, key):
                return name
        return ""

    def _looked_up(self, field: Field, key: RecordKey) -> str:
        kind = self._store.catalogue.kind(getattr(field.type, "kind", ""))
        found = self._store.get(kind, key)
        return self.of(kind, found) if found else ""


def _named_in(catalogue: Catalogue, kind: Kind) -> Ledger | None:
    """Return the ledger whose rows these records name, none for a part of a row."""
    ledgers = (ledger for ledger in catalogue.ledgers.values() if ledger.root is kind)
    return next((ledger for ledger in ledgers if ledger.kind_of(ledger.name_field) is kind), None)


def shown(field: Field, record: Record) -> str:
    """Return a record's value as anyone may read it."""
    return field.type.show(field.type.mask(record.values.get(field.name)))


def ledger_of(catalogue: Catalogue, kind: Kind) -> str:
    """Return what the ledger is called in which a clerk finds a kind's records, its own before one it is a part of."""
    found = [ledger for ledger in catalogue.ledgers.values() if kind in ledger.kinds]
    own = sorted(found, key=lambda ledger: ledger.root is not kind)
    return next((ledger.label for ledger in own), kind.label)
