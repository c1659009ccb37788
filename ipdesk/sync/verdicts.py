"""Remember what people decided about pairs of records that look like one: the same, or not the same (rules V12–V23).

Who is the same person is worked out by the city alone, in memory, from fields that came encrypted (sync rule 12):
of that nothing is kept but the verdict and the two records' ids, and nothing of it goes into any file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ipdesk.clock import now
from ipdesk.judged import called
from ipdesk.kinds.deciding import VERDICT
from ipdesk.kinds.declare import Values
from ipdesk.records import Record, RecordKey
from ipdesk.store import Act, Reading, Store
from ipdesk.sync.devices import unit_name


def pair_of(one: RecordKey, other: RecordKey) -> tuple[str, str]:
    """Return the names of two records in the order verdicts keep them."""
    first, second = sorted((called(one), called(other)))
    return first, second


@dataclass(frozen=True)
class Verdicts:
    """What was decided, by rule, kind and pair."""

    kept: Mapping[tuple[str, str, str, str], Values]

    @classmethod
    def of(cls, store: Reading) -> "Verdicts":
        """Return what is remembered in a store."""
        return cls({_identity(r.values): r.values for r in store.find(store.catalogue.kind(VERDICT.name))})

    def about(self, rule: str, one: Record, other: Record) -> Values:
        """Return what was decided about a pair under a rule, empty when nothing was."""
        return self.kept.get((rule, one.kind, *pair_of(one.key, other.key)), {})


def _identity(row: Values) -> tuple[str, str, str, str]:
    return str(row["rule"]), str(row["kind"]), str(row["first"]), str(row["second"])


def remember(
    store: Store, act: Act, rule: str, one: Record, other: Record, outcome: str, reason: str, unit: str | None
) -> None:
    """Keep what was decided about a pair; ``unit`` is whose the record is where two units claimed it."""
    first, second = pair_of(one.key, other.key)
    told: Values = {
        "rule": rule,
        "kind": one.kind,
        "first": first,
        "second": second,
        "outcome": outcome,
        "unit": unit,
        "reason": reason or None,
        "decided_at": now(),
        "decided_by": unit_name(store.office.unit_code),
    }
    act.upsert(VERDICT, [told])
