"""Rows of the registries: what is collected only when asked for, and what goes with what is deleted."""

from collections.abc import Callable

import pytest

from db.store import SqlStore
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Query

ID_NO = "11010519491231002X"
ATTENDED: dict[str, Value] = {
    "name": "姚喆芳",
    "mobile": "13900000000",
    "employer_name": "东台大卓生物科技有限公司",
    "course_name": "高管培训班",
    "start_date": "2024-09-21",
    "cert_type": "CT4",
}
INSTITUTION: dict[str, Value] = {
    "institution_name": "东台某某知识产权代理有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stat_year": 2023,
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def training(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("training")


def counts(store: SqlStore, *kinds: str) -> list[int]:
    return [store.count(store.catalogue.kind(kind)) for kind in kinds]


def test_an_id_number_is_refused_where_its_class_does_not_collect_it(
    store: SqlStore, training: Ledger
) -> None:
    with pytest.raises(Refusal, match="没有开启收集身份证号") as refused:
        deeds.add(store, training, {**ATTENDED, "id_no": ID_NO}, "表单")
    assert [(p.code, p.field) for p in refused.value.problems] == [("V05", "id_no")]
    assert ID_NO not in refused.value.message
    key = deeds.add(store, training, ATTENDED, "表单")
    with pytest.raises(Refusal, match="没有开启收集身份证号"):
        deeds.change(store, training, key, {"id_no": ID_NO}, "表单")
    assert deeds.change(store, training, key, {"id_no": ID_NO, "collects_id_no": True}, "表单")
    second = {**ATTENDED, "name": "王力", "id_no": "110105194912310038", "collects_id_no": None}
    deeds.add(store, training, second, "表单")
    assert counts(store, "training", "person", "attendance") == [1, 2, 2]


def test_a_person_known_from_another_class_may_be_changed_in_one_that_collects_nothing(
    store: SqlStore, training: Ledger
) -> None:
    person = store.catalogue.ledger("person")
    deeds.add(store, person, {"name": "姚喆芳", "mobile": "13900000000", "id_no": ID_NO}, "表单")
    key = deeds.add(store, training, ATTENDED, "表单")
    assert deeds.one(store, training, key).values["id_no"] == ID_NO
    assert deeds.change(store, training, key, {"hours": 16.0, "id_no": ID_NO}, "表单")


def test_a_class_goes_with_its_last_attendance_and_the_person_stays(
    store: SqlStore, training: Ledger
) -> None:
    keys = [deeds.add(store, training, {**ATTENDED, "name": name}, "表单") for name in ("姚喆芳", "王力")]
    deeds.delete(store, training, keys[:1], "列表")
    assert counts(store, "training", "person", "attendance", "person_certificate") == [1, 2, 1, 2]
    deeds.delete(store, training, keys[1:], "列表")
    assert counts(store, "training", "person", "attendance", "person_certificate") == [0, 2, 0, 2]
    deeds.undo(store)
    assert counts(store, "training", "attendance") == [1, 1]


def test_a_person_with_attendances_stays_until_those_are_gone(store: SqlStore, training: Ledger) -> None:
    attended = deeds.add(store, training, ATTENDED, "表单")
    person = store.catalogue.ledger("person")
    keys = store.keys(person, Query())
    with pytest.raises(Refusal, match="“姚喆芳”还有1条培训记录，请先删除那些培训记录"):
        deeds.delete(store, person, keys, "列表")
    deeds.delete(store, training, [attended], "列表")
    deeds.delete(store, person, keys, "列表")
    assert counts(store, "person", "person_certificate") == [0, 0]


def test_an_institution_takes_its_years_along(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("institution")
    key = deeds.add(store, ledger, INSTITUTION, "表单")
    with store.act("导入", "表") as act:
        act.add(store.catalogue.kind("institution_year"), {"institution_id": key.id, "stat_year": 2022})
    deeds.delete(store, ledger, [key], "列表")
    assert counts(store, "institution", "institution_year") == [0, 0]
