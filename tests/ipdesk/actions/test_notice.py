"""The notice of a class: whom it names, what it says is collected, and the day that is noted."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk.actions import notice as deeds
from ipdesk.actions.ledger import add, undo
from ipdesk.fields import Value
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.reports.notice import Terms

MAN = {"name": "王力", "mobile": "13900000001", "employer_name": "东台甲有限公司", "category": "PC01"}
CLASS = {"course_name": "高管班", "start_date": "2024-05-06"}
DAY = date(2024, 5, 6)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def attend(store: SqlStore, **values: Value) -> RecordKey:
    """Let somebody attend a class and return the class."""
    ledger = store.catalogue.ledger("training")
    key = add(store, ledger, {**MAN, **CLASS, **values}, "测试")
    (row,) = store.rows(ledger, [key])
    return row.parts["training"]


def dates(store: SqlStore, ledger: str) -> list[object]:
    found = store.catalogue.ledger(ledger)
    return [row.values.get("consent_date") for row in store.rows(found, store.keys(found, Query()))]


def test_only_what_is_collected_is_named(store: SqlStore) -> None:
    training = attend(store)
    told = deeds.class_of(store, training)
    assert {"姓名", "手机号", "工作单位", "人才类别"} <= set(told.fields)
    assert not {"身份证号", "报送单位", "备注", "个人信息告知日期", "邮箱", "培训班（班次）"} & set(
        told.fields
    )
    attend(store, name="李力", mobile="13900000002", email="a@b.cn")
    assert "邮箱" in deeds.class_of(store, training).fields
    assert [one.name for one in deeds.class_of(store, training).attendees] == ["王力", "李力"]


def test_identity_numbers_are_named_only_where_the_class_collects_them(store: SqlStore) -> None:
    number = "11010519491231002X"
    collecting = attend(store, collects_id_no=True, id_no=number)
    other = attend(store, course_name="实务班")
    assert "身份证号" in deeds.class_of(store, collecting).fields
    assert "身份证号" not in deeds.class_of(store, other).fields


def test_the_day_is_noted_once_and_taken_back_in_one_act(store: SqlStore) -> None:
    training = attend(store)
    attend(store, name="李力", mobile="13900000002", consent_date="2024-01-02")
    assert len(deeds.untold(store, training)) == 1
    assert deeds.note_told(store, training, DAY) == 1
    assert dates(store, "training") == ["2024-05-06", "2024-01-02"]
    assert dates(store, "person")[0] == "2024-05-06"
    assert deeds.note_told(store, training, DAY) == 0
    undo(store)
    assert dates(store, "training") == [None, "2024-01-02"]
    assert dates(store, "person")[0] is None


def test_the_office_must_be_named_and_the_ending_be_pdf(
    make_store: Callable[..., SqlStore], store: SqlStore
) -> None:
    nameless = make_store(office_name="")
    with pytest.raises(Refusal, match="单位全称"):
        deeds.write(nameless, attend(nameless), io.BytesIO())
    with pytest.raises(Refusal, match="已经不在了"):
        deeds.write(store, RecordKey("320981", "x"), io.BytesIO())


def test_terms_are_kept_and_unlikely_years_refused(store: SqlStore) -> None:
    assert deeds.terms(store) == Terms()
    deeds.keep_terms(store, Terms("综合科", 3))
    deeds.keep_terms(store, Terms("综合科", 3))
    assert deeds.terms(store) == Terms("综合科", 3)
    with pytest.raises(Refusal, match="保存年限"):
        deeds.keep_terms(store, Terms("综合科", 101))


def test_classes_of_one_name_are_told_apart(store: SqlStore) -> None:
    first = attend(store, course_no="一期")
    second = attend(store, start_date="2024-06-06")
    with pytest.raises(Refusal, match="有 2 个"):
        deeds.find_class(store, "高管班")
    assert deeds.find_class(store, "一期") == first
    assert deeds.find_class(store, second.id) == second
