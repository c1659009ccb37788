"""States worked out beside what is stored: called by names people know, asked for on the real store."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.actions import filters as kept
from ipdesk.actions import ledger as deeds
from ipdesk.checks import rules
from ipdesk.codes import code_table
from ipdesk.derived import states
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query, RecordKey
from ipdesk.required import required
from ipdesk.store import Moment
from ipdesk.todo import todo

FIRM = {"enterprise_name": "东台锦盛新材料有限公司", "uscc": "91320981MABJ1XG60Q", "stage": "ST06"}
OTHER = {"enterprise_name": "东台恒瑞机械有限公司", "uscc": "91320981MA1XJ7QC9B", "stage": "ST02"}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def found(store: SqlStore, name: str, *filters: Filter) -> list[RecordKey]:
    ledger = store.catalogue.ledger(name)
    keys = store.keys(ledger, Query(filters=filters))
    assert store.total(ledger, Query(filters=filters)) == len(keys)
    return keys


@pytest.mark.parametrize("name", catalogue().ledgers)
def test_every_state_has_a_name_of_its_own_and_can_be_kept_in_a_filter(store: SqlStore, name: str) -> None:
    ledger = catalogue().ledger(name)
    told = states(ledger)
    labels = [field.label for field in told.values()]
    assert len(set(labels)) == len(labels)
    assert not set(labels) & {field.label for field in ledger.fields}
    for state in told:
        query = Query(filters=(Filter(state, Ask.FILLED),))
        assert store.keys(ledger, query) == []
        kept.save(store, ledger, state, query)
    assert [one.name for one in kept.saved(store, ledger)] == list(told)


def test_a_state_there_is_not_is_refused_with_those_there_are(store: SqlStore) -> None:
    deeds.add(store, store.catalogue.ledger("guanbiao"), FIRM, "表单")
    with pytest.raises(Refusal, match="可用的有：_missing、.*_documents、_doubts"):
        found(store, "guanbiao", Filter("_nothing", Ask.FILLED))


def test_the_words_of_states_are_those_of_the_code_tables() -> None:
    told = states(catalogue().ledger("guanbiao"))
    table = code_table("stages.cert_status")
    offered = dict(told["_cert_status"].type.options())
    assert offered == {code: table.label(code) for code in ("CS5", "CS6")}
    assert told["_cert_status"].type.show("CS5") == offered["CS5"]
    assert told["_cert_status"].type.show("其他") == "其他"
    assert told["_cert_status"].type.show(None) == ""
    assert dict(told["_doubts"].type.options()) == rules()


def test_cases_are_found_by_the_documents_they_lack(store: SqlStore, tmp_path: Path) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    first, other = (deeds.add(store, ledger, row, "表单") for row in (FIRM, OTHER))
    manual = Filter("_documents", Ask.IN, ("D06",))
    assert found(store, "guanbiao", manual) == [first]
    assert set(found(store, "guanbiao", Filter("_documents", Ask.FILLED))) == {first, other}
    for place, document in enumerate(required(FIRM)):
        scan = tmp_path / f"{place}.pdf"
        scan.write_bytes(b"%PDF" + bytes([place]))
        documents.add(store, ledger.root, first, [scan], document.code, "表单")
    assert found(store, "guanbiao", manual) == []
    assert found(store, "guanbiao", Filter("_documents", Ask.EMPTY)) == [first]
    assert found(store, "guanbiao", Filter("_documents", Ask.NOT_IN, ("D01",))) == [first]
    assert {item.key for item in todo(store) if item.sort == "documents"} == {other}
    with_past = store.past(Moment(as_of=date(2100, 1, 1)))
    assert with_past.keys(ledger, Query(filters=(Filter("_documents", Ask.EMPTY),))) == [first]
    with_past.close()


def test_institutions_are_found_by_the_year_they_did_not_report(store: SqlStore) -> None:
    ledger, year = store.catalogue.ledger("institution"), date.today().year
    rows = (
        {"institution_name": "甲所", "uscc": FIRM["uscc"], "stat_year": year - 1, "staff_count": 3},
        {"institution_name": "乙所", "uscc": OTHER["uscc"], "stat_year": year, "staff_count": 3},
        {"institution_name": "丙所", "uscc": "91320981MA1WJ3XK0F", "found_date": str(year)},
    )
    keys = []
    for row in rows:
        with store.act("新增", "测试") as act:
            halves = ledger.split(row)  # type: ignore[arg-type]  # canonical values
            keys.append(act.add(ledger.root, halves["institution"]))
            if figures := halves.get("institution_year"):
                kind = store.catalogue.kind("institution_year")
                act.add(kind, {**figures, "institution_id": keys[-1].id})
    assert found(store, "institution", Filter("_report", Ask.IN, (str(year - 1),))) == [keys[1]]
    assert found(store, "institution", Filter("_report", Ask.EMPTY)) == [keys[0], keys[2]]
    assert [item.key for item in todo(store) if item.sort == "report"] == [keys[1]]
