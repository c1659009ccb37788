"""Finding by any part of a word and by initials."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import workspace
from db.search import initials
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query

NAMES = (
    "东台锦盛新材料有限公司",
    "建湖长荡农业（集团）有限公司",
    "射阳ABB电气有限公司",
    "东台㛃𬭛特钢制品有限公司",
)


def fill(store: SqlStore) -> None:
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        for number, name in enumerate(NAMES):
            key = act.add(enterprise, {"enterprise_name": name, "uscc": f"91320981MABJ1X{number:04d}"})
            act.add(
                case,
                {"enterprise_id": key.id, "contact_name": "陈丽静", "contact_phone": f"1518609139{number}"},
            )


def found(store: SqlStore, words: str) -> list[str]:
    ledger = store.catalogue.ledger("guanbiao")
    rows = store.rows(ledger, store.keys(ledger, Query(search=words)))
    return [str(row.values["enterprise_name"]) for row in rows]


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    made = make_store()
    fill(made)
    return made


@pytest.mark.parametrize(
    ("words", "number"),
    [("锦", 0), ("新材料", 0), ("dtjsxcl", 0), ("jsx", 0), ("cdny", 1), ("abb", 2), ("㛃𬭛", 3), ("𬭛", 3)],
)
def test_a_part_of_a_name_finds_it(store: SqlStore, words: str, number: int) -> None:
    assert found(store, words) == [NAMES[number]]


def test_every_word_must_be_there(store: SqlStore) -> None:
    assert found(store, "东台 钢") == [NAMES[3]]
    assert found(store, "东台 射阳") == []
    assert len(found(store, "clj")) == len(found(store, "  ")) == 4
    assert found(store, "91392") == [NAMES[2]] == found(store, "1x0002")
    assert found(store, '" OR (') == []


def test_a_changed_name_is_found_anew(store: SqlStore) -> None:
    enterprise = store.catalogue.kind("enterprise")
    (held,) = store.find(enterprise, uscc="91320981MABJ1X0000")
    with store.act("改", "表单") as act:
        act.put(enterprise, held.key, {"enterprise_name": "大丰越永有限公司"})
    assert found(store, "锦盛") == []
    assert found(store, "yueyong") == []
    assert found(store, "dfyy") == ["大丰越永有限公司"]


def test_the_index_is_made_again_when_the_searched_fields_change(store: SqlStore) -> None:
    store.keep("search.guanbiao", "of another version")
    folder = store.folder
    store.close()
    again = workspace.open_store(folder, catalogue())
    assert found(again, "锦盛") == [NAMES[0]]
    again.close()


def test_initials_leave_out_the_words_for_places() -> None:
    assert initials("东台市长荡") == ("dtszd", "dtcd")
    assert initials("锦盛") == ("js",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(NAMES), st.data())
def test_any_piece_of_a_name_finds_it(store: SqlStore, name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert name in found(store, name[start:end])


UNITS = ("320982", None, "320981", "没有这样的", "320903")


def test_a_page_of_a_search_begins_as_the_whole_does(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        for number in range(30):
            named = {"enterprise_name": f"甲{number}公司", "unit_code": UNITS[number % len(UNITS)]}
            act.add(case, {"enterprise_id": act.add(enterprise, named).id})
    monkeypatch.setattr("db.search._MANY", 5)
    ledger = store.catalogue.ledger("guanbiao")
    for words in ("", "公司", "甲", "jgs", "2", "锦", "公司 甲", "没有", "甲1"):
        whole = store.keys(ledger, Query(search=words))
        assert store.total(ledger, Query(search=words)) == len(whole)
        assert store.total(ledger, Query(search=words, limit=1)) == len(whole)
        for limit in (0, 1, 4, 7, 20, 100):
            assert store.keys(ledger, Query(search=words, limit=limit)) == whole[:limit]


def test_rows_are_counted_whatever_is_asked(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    assert store.total(ledger, Query((("contact_name", "陈丽静"),), "公司")) == 4
    assert store.total(ledger, Query(filters=(Filter("contact_name", Ask.HAS, ("丽",)),))) == 4
    assert store.total(ledger, Query(filters=(Filter("_cert_status", Ask.FILLED),), limit=1)) == 0
    assert store.total(ledger, Query(order=(("uscc", True),))) == 4


ASKED = (
    Query(order=(("enterprise_name", True),)),
    Query((("contact_name", "陈丽静"),)),
    Query(filters=(Filter("uscc", Ask.HAS, ("1x",)),), order=(("uscc", False),)),
    Query(filters=(Filter("_missing", Ask.FILLED),)),
    Query(filters=(Filter("_cert_status", Ask.FILLED),)),
)


@pytest.mark.parametrize("many", [0, 3])  # found: kept in their order from then on, or sorted at once
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_typed_is_found_in_the_order_and_within_the_filters_chosen(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, asked: Query, many: int
) -> None:
    monkeypatch.setattr("db.finding._SORTED", many)
    ledger = store.catalogue.ledger("guanbiao")

    def agree() -> None:
        for words in ("", "公司", "司", "gs", "91320981", "0001", "锦", "abb 有限", "没有"):
            whole = store.keys(ledger, replace(asked, search=words))
            assert store.keys(ledger, replace(asked, search=words, limit=3)) == whole[:3]
            assert [
                k for part in store.keys_in_parts(ledger, replace(asked, search=words)) for k in part
            ] == whole
            assert store.total(ledger, replace(asked, search=words)) == len(whole)

    monkeypatch.setattr("db.search._MANY", 2)  # so that most words are looked for among the rows kept
    agree()
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        above = act.add(enterprise, {"enterprise_name": "盐城公司", "uscc": "91320981MA1X000000"})
        act.add(case, {"enterprise_id": above.id, "contact_name": "陈丽静"})
        assert len(store.keys(ledger, Query(search="公司", order=(("uscc", False),), limit=9))) == 4
    agree()


def test_rows_within_an_act_that_is_taken_back_are_not_kept(store: SqlStore) -> None:
    ledger, case = store.catalogue.ledger("guanbiao"), store.catalogue.kind("case")
    asked = Query(search="公司", order=(("uscc", False),), limit=9)
    before = store.keys(ledger, asked)
    with suppress(Refusal), store.act("改", "表单") as act:
        act.delete(case, before[0])
        assert store.keys(ledger, asked) == before[1:]
        raise Refusal("不改了")
    assert store.keys(ledger, asked) == before


def test_a_piece_of_a_code_does_not_reach_over_other_signs(store: SqlStore) -> None:
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        above = act.add(enterprise, {"enterprise_name": "甲abcd中bcde公司"})
        act.add(case, {"enterprise_id": above.id})
    assert found(store, "abcd") == found(store, "bcde") == found(store, "cd中b") == ["甲abcd中bcde公司"]
    assert found(store, "abcde") == found(store, "dbcd") == []


def test_a_person_is_found_by_every_certificate(store: SqlStore) -> None:
    person, paper = store.catalogue.kind("person"), store.catalogue.kind("person_certificate")
    ledger = store.catalogue.ledger("person")

    def names(words: str) -> list[str]:
        rows = store.rows(ledger, store.keys(ledger, Query(search=words)))
        return [str(row.values["name"]) for row in rows]

    with store.act("新增", "表单") as act:
        key = act.add(person, {"name": "陈喆", "employer_name": "东台甲公司"})
        older = act.add(
            paper,
            {
                "person_id": key.id,
                "cert_no": "ZL0001234",
                "cert_date": "2015-03-01",
                "agent_practice_no": "X77",
            },
        )
        act.add(paper, {"person_id": key.id, "cert_no": "JJ0009876", "cert_date": "2024-03-01"})
        act.add(person, {"name": "李䶮", "employer_name": "东台乙公司"})
    assert [names(words) for words in ("0001234", "JJ0009876", "x77", "陈 ZL00", "cz")] == [["陈喆"]] * 5
    with store.act("删除", "表单") as act:
        act.delete(paper, older)
    assert names("0001234") == []
    assert names("0009876") == ["陈喆"]


@pytest.mark.parametrize("words", ["hwfm", "海外发明", "2024-q1"])
def test_a_code_is_found_by_what_it_is_called(store: SqlStore, words: str) -> None:
    value, ledger = store.catalogue.kind("indicator_value"), store.catalogue.ledger("indicator_value")
    with store.act("新增", "表单") as act:
        key = act.add(value, {"unit_code": "320981", "indicator_code": "I03", "period": "2024-Q1"})
        act.add(value, {"unit_code": "320981", "indicator_code": "I06", "period": "2024-Q2"})
    assert store.keys(ledger, Query(search=words)) == [key]
