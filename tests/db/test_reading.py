"""A long question ends when its answer is no longer wanted; what is being written never does."""

from collections.abc import Callable

import pytest

from db.engine import OperationalError
from db.store import SqlStore
from ipdesk.records import Query

SORTED = Query(order=(("enterprise_name", False),))


class Unwanted(Exception):
    """Somebody gave the question up."""


def give_up() -> None:
    raise Unwanted


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    """Return an empty county's store."""
    return make_store()


@pytest.fixture(autouse=True)
def _looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.reading._STEPS", 10)


def fill(store: SqlStore) -> None:
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        for number in range(60):
            above = act.add(enterprise, {"enterprise_name": f"盐城{number}公司"})
            act.add(case, {"enterprise_id": above.id})


@pytest.mark.parametrize("search", ["", "公司"])
def test_a_question_ends_with_what_is_raised_and_the_next_is_answered(store: SqlStore, search: str) -> None:
    fill(store)
    ledger, asked = store.catalogue.ledger("guanbiao"), Query(search=search, order=SORTED.order)
    whole = store.keys(ledger, asked)
    with pytest.raises(Unwanted), store.while_wanted(give_up):
        store.keys(ledger, asked)
    with pytest.raises(Unwanted), store.while_wanted(give_up):
        list(store.keys_in_parts(ledger, asked))
    assert store.keys(ledger, asked) == whole
    assert [key for part in store.keys_in_parts(ledger, asked) for key in part] == whole


def test_an_answer_still_wanted_comes_whole(store: SqlStore) -> None:
    fill(store)
    ledger, asked = store.catalogue.ledger("guanbiao"), [0]

    def ask() -> None:
        asked[0] += 1

    with store.while_wanted(ask):
        found = store.keys(ledger, SORTED)
    assert found == store.keys(ledger, SORTED)
    assert asked[0] > 1


def test_what_is_being_written_is_never_cut_short(store: SqlStore) -> None:
    enterprise = store.catalogue.kind("enterprise")
    with store.act("新增", "表单") as act, store.while_wanted(give_up):
        for number in range(60):
            act.add(enterprise, {"enterprise_name": f"盐城{number}公司"})
    assert store.count(enterprise) == 60


def test_other_troubles_are_told_as_they_are(store: SqlStore) -> None:
    with pytest.raises(OperationalError, match="no such table"), store.while_wanted(lambda: None):
        raise OperationalError("no such table: nowhere")
