"""Say what a receipt carries besides its results, before it is made or taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.kinds.declare import Values
from ipdesk.store import Store
from ipdesk.sync.conflicts import OPEN


@dataclass(frozen=True, slots=True)
class Carried:
    """How much a receipt carries for a unit, by sort.

    ``returned``, ``suspected`` and ``conflicts`` are records that ask for something; ``corrections`` those to be
    answered; ``decided`` conflicts that the city decided; ``pulled`` records that come back to a rebuilt PC;
    ``published`` documents of the city.
    """

    unit: str
    returned: int = 0
    suspected: int = 0
    conflicts: int = 0
    corrections: int = 0
    decided: int = 0
    pulled: int = 0
    published: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether it only says what was received."""
        return not any(
            (self.returned, self.suspected, self.conflicts, self.corrections, self.decided, self.pulled)
        )


def unanswered(rows: Iterable[Values]) -> int:
    """Return how many corrections of a receipt wait for an answer."""
    return sum(row["state"] == OPEN for row in rows)


def not_held(store: Store, rows: Iterable[Values]) -> int:
    """Return how many corrections of a receipt are not here yet and wait for an answer."""
    return unanswered(row for row in rows if not store.find(CORRECTION, None, **_named(row, ("correction",))))


def closing(store: Store, rows: Iterable[Values]) -> int:
    """Return how many conflicts that are open here a receipt decides."""
    names = tuple(key.field for key in CONFLICT.identity)
    return sum(bool(store.find(CONFLICT, None, **_named(row, names), state=OPEN)) for row in rows)


def _named(row: Values, names: Iterable[str]) -> Mapping[str, str]:
    return {name: str(row[name]) for name in names}
