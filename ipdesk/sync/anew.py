"""Go back to what a restored store holds (sync rule 7)."""

from ipdesk.records import Record
from ipdesk.store import Act, Store


def write_anew(store: Store, act: Act) -> None:
    """Write every record of this county anew in the present life: what "go back" means (sync rule 7)."""
    for kind in store.catalogue.travelling:
        held: list[Record] = list(store.changed_since(kind, store.office.unit_code, 0))
        for record in held:
            act.adopt(kind, record)
