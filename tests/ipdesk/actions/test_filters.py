"""Filters kept under a name."""

from collections.abc import Callable

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk.actions import filters
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query

QUERY = Query(
    where=(("is_hightech", True), ("stage", None)),
    search="锦盛",
    order=(("cert_valid_to", True),),
    filters=(Filter("cert_valid_to", Ask.FROM, ("2024-01",)), Filter("_cert_status", Ask.IN, ("CS5", "CS6"))),
)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def names(store: SqlStore, ledger: str = "guanbiao") -> list[str]:
    return [one.name for one in filters.saved(store, store.catalogue.ledger(ledger))]


def test_a_filter_is_kept_as_it_was(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    assert filters.save(store, ledger, " 快到期 的 ", QUERY).name == "快到期 的"
    folder = store.folder
    store.close()
    again = workspace.open_store(folder, catalogue())
    assert filters.find(again, ledger, "快到期 的") == QUERY
    assert names(again, "person") == []
    codes = Query((("service_forms", ("a", "b")),))
    filters.save(again, again.catalogue.ledger("institution"), "双", codes)
    assert filters.find(again, again.catalogue.ledger("institution"), "双") == codes
    again.close()


def test_filters_are_replaced_ordered_and_forgotten(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    for name in ("甲", "乙", "丙"):
        filters.save(store, ledger, name, Query(search=name))
    filters.save(store, ledger, "乙", QUERY)
    assert names(store) == ["甲", "乙", "丙"]
    assert filters.find(store, ledger, "乙") == QUERY
    filters.order(store, ledger, ["丙", "没有", "甲", "丙"])
    assert names(store) == ["丙", "甲", "乙"]
    filters.delete(store, ledger, "甲")
    assert names(store) == ["丙", "乙"]


def test_what_cannot_be_kept_is_refused(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    for name in ("", "  ", "长" * 21):
        with pytest.raises(Refusal, match="1至20个字"):
            filters.save(store, ledger, name, QUERY)
    with pytest.raises(Refusal, match="没有“nothing”"):
        filters.save(store, ledger, "甲", Query((("nothing", 1),)))
    with pytest.raises(Refusal, match="没有存过"):
        filters.delete(store, ledger, "甲")
    filters.save(store, ledger, "乙", Query(filters=(Filter("_missing", Ask.FILLED),)))
    with pytest.raises(Refusal, match="已有的：乙"):
        filters.find(store, ledger, "甲")
