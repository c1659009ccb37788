"""What a list was narrowed by last is kept in the store, without the words searched for."""

from collections.abc import Callable

from db.store import SqlStore
from ipdesk.actions import filters
from ipdesk.records import Ask, Filter, Query


def test_the_last_conditions_are_kept_for_each_ledger(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    guanbiao, person = store.catalogue.ledger("guanbiao"), store.catalogue.ledger("person")
    asked = (Filter("uscc", Ask.HAS, ("1x",)), Filter("_cert_status", Ask.FILLED))
    assert filters.last(store, guanbiao) == Query()
    filters.remember(store, guanbiao, Query((("stage", "ST15"),), "锦盛", (("uscc", True),), filters=asked))
    assert filters.last(store, guanbiao) == Query((("stage", "ST15"),), filters=asked)
    assert filters.last(store, person) == Query()
    assert filters.saved(store, guanbiao) == []
    assert store.undoable() is None


def test_conditions_on_a_field_no_longer_known_are_let_go(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    ledger = store.catalogue.ledger("guanbiao")
    filters.remember(store, ledger, Query((("of_an_older_program", "1"),)))
    assert filters.last(store, ledger) == Query()
