"""Delete a row with what hangs below it and what it alone points to; never what others still need."""

from collections.abc import Iterator

from ipdesk.kinds.declare import Kind, Ledger
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.store import Act, Store


def remove(store: Store, act: Act, ledger: Ledger, row: Row) -> None:
    """Delete a row: its parts below and attachments go along, and a part above that nothing points to any more.

    An enterprise without a case, or a class without attendance, stands in no list: nobody could mend or delete it.
    A person has a ledger of its own and stays; one who still attends a class is refused.
    """
    _refuse_needed(store, ledger, row)
    for part in ledger.parts:
        if part.down and part.of in ("", ledger.root.name):
            for below in store.find(part.kind, row.key.owner, **{part.down: row.key.id}):
                act.delete(part.kind, below.key)
    act.delete(ledger.root, row.key)
    for document in store.find(DOCUMENT, row.key.owner, record_kind=ledger.root.name, record_id=row.key.id):
        act.delete(DOCUMENT, document.key)
    for kind, above in _left_alone(store, ledger, row):
        act.delete(kind, above)


def _left_alone(store: Store, ledger: Ledger, row: Row) -> Iterator[tuple[Kind, RecordKey]]:
    """Yield what the row pointed to and nothing points to now, unless a ledger lists it by itself."""
    listed = {other.root.name for other in store.catalogue.ledgers.values()}
    for part in ledger.parts:
        above = row.parts.get(part.kind.name)
        if not part.up or not above or part.kind.name in listed:
            continue
        if not store.find(ledger.root, row.key.owner, **{part.up: above.id}):
            yield part.kind, above


def _refuse_needed(store: Store, ledger: Ledger, row: Row) -> None:
    """Refuse to delete what records of other ledgers point to."""
    below = {part.kind.name for part in ledger.parts if part.down}
    for kind in store.catalogue.travelling:
        for field in kind.references:
            if getattr(field.type, "kind", "") != ledger.root.name or kind.name in below:
                continue
            if count := len(store.find(kind, row.key.owner, **{field.name: row.key.id})):
                named = ledger.called(row.values)
                raise Refusal(f"“{named}”还有{count}条{kind.label}，请先删除那些{kind.label}，再删这一条")
