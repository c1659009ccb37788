"""A kind's records are said to stand in the ledger that is about them, not in one they are a part of."""

from ipdesk.kinds import catalogue
from ipdesk.sync.naming import ledger_of


def test_a_kind_stands_in_its_own_ledger() -> None:
    known = catalogue()
    told = {kind.name: ledger_of(known, kind) for kind in known.travelling}
    for ledger in known.ledgers.values():
        assert told[ledger.root.name] == ledger.label
    assert told["enterprise"] == known.ledger("guanbiao").label
