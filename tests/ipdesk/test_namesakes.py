"""The same name under another credit code (rule V21), and perhaps the same person (rule V22)."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Grade
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.findings import hinted, suspected

ONE: dict[str, Value] = {
    "enterprise_name": "东台锦盛（集团）有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST03",
}
OTHER: dict[str, Value] = {
    **ONE,
    "enterprise_name": "东台锦盛（集团）有限责任公司",
    "uscc": "91320981MAN2J1K637",
}
ID_NO, MOBILE = "11010519491231002X", "13900000000"
MAN: dict[str, Value] = {"name": "王力", "mobile": MOBILE, "employer_name": "东台甲有限公司"}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("guanbiao")


def sheet(path: Path, ledger: Ledger, *rows: dict[str, Value]) -> Path:
    """Write rows of a ledger as a clerk's sheet."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ledger.field(name).label for name in names)
        writer.writerows([ledger.field(n).type.show(row.get(n)) for n in names] for row in rows)
    return path


def doubts(planned: intake.IntakePlan, code: str) -> list[tuple[int, Grade, str]]:
    return [(p.row, p.grade, p.message) for row in planned.rows for p in row.problems if p.code == code]


def test_a_form_names_the_other_of_that_name(store: SqlStore, ledger: Ledger) -> None:
    deeds.add(store, ledger, ONE, "表单")
    (found,) = [p for p in deeds.check(store, ledger, OTHER) if p.code == "V21"]
    assert (found.field, found.grade) == ("enterprise_name", Grade.WARNING)
    assert str(ONE["uscc"]) in found.message
    assert "东台锦盛（集团）有限公司" in found.message
    deeds.add(store, ledger, OTHER, "表单")
    assert [p.code for p in deeds.check(store, ledger, ONE) if p.code == "V21"] == ["V21"]
    assert [
        p for p in deeds.check(store, ledger, {**ONE, "enterprise_name": "东台锦盛"}) if p.code == "V21"
    ] == []
    assert [p for p in deeds.check(store, ledger, {"uscc": ONE["uscc"]}) if p.code == "V21"] == []


def test_a_sheet_is_warned_of_names_in_the_store_and_in_itself(
    store: SqlStore, ledger: Ledger, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.csv", ledger, ONE, OTHER, {**OTHER, "standard_code": "SD3"})
    planned = intake.plan(store, ledger, path)
    (told, again) = doubts(planned, "V21")
    assert (told[0], again[0], told[1]) == (3, 4, Grade.WARNING)
    assert "第2行有同名的“东台锦盛（集团）有限公司”，信用代码是91320981MABJ1XG60Q" in told[2]
    assert not planned.refused
    intake.apply(store, planned)
    assert [row for row, _, _ in doubts(intake.plan(store, ledger, path), "V21")] == [2, 3, 4]


def test_other_ledgers_are_asked_by_their_own_names(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("institution")
    first: dict[str, Value] = {"institution_name": "东台甲事务所", "uscc": ONE["uscc"]}
    deeds.add(store, ledger, first, "表单")
    found = deeds.check(store, ledger, {**first, "uscc": OTHER["uscc"]})
    assert ("V21", "institution_name") in [(p.code, p.field) for p in found]


@pytest.mark.parametrize(
    ("held", "row", "grade", "words"),
    [
        ({"mobile": None}, {"mobile": None}, Grade.HINT, "姓名、工作单位相同，认作"),
        ({"mobile": None}, {"mobile": None, "id_no": ID_NO}, Grade.HINT, "认作"),
        ({}, {"mobile": "13900000001"}, Grade.HINT, "另有一位“王力”，姓名、工作单位相同"),
        ({"id_no": "110105194912310038"}, {"id_no": ID_NO}, Grade.WARNING, "姓名、手机号相同，疑似同一人"),
        ({}, {"id_no": ID_NO}, None, ""),
        ({}, {}, None, ""),
        ({}, {"name": "李力"}, None, ""),
    ],
)
def test_a_sheet_is_told_who_may_be_the_same_person(
    store: SqlStore,
    tmp_path: Path,
    held: dict[str, Value],
    row: dict[str, Value],
    grade: Grade | None,
    words: str,
) -> None:
    ledger = store.catalogue.ledger("person")
    deeds.add(store, ledger, {k: v for k, v in {**MAN, **held}.items() if v}, "表单")
    planned = intake.plan(store, ledger, sheet(tmp_path / "a.csv", ledger, {**MAN, **row}))
    found = doubts(planned, "V22")
    assert [(told, words in message) for _, told, message in found] == ([(grade, True)] if grade else [])
    assert all(ID_NO not in message and MOBILE not in message for _, _, message in found)


def test_a_form_doubts_who_has_name_and_mobile_of_another(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("person")
    deeds.add(store, ledger, {**MAN, "id_no": ID_NO}, "表单")
    found = deeds.check(store, ledger, {**MAN, "id_no": "110105194912310038"})
    assert [(p.code, p.field, p.grade) for p in found if p.code == "V22"] == [("V22", "name", Grade.WARNING)]


def theirs(city: SqlStore, kind: str, owner: str, **values: Value) -> None:
    """Put a record of a county into the city's store."""
    with city.act("合并", "包") as act:
        key = RecordKey(owner, f"{city.count(city.catalogue.kind(kind))}-{owner}")
        act.merge(city.catalogue.kind(kind), [Record(kind, key, values, Version(1, 1, "a"))])


def test_the_city_finds_names_and_people_that_two_units_have(make_store: Callable[..., SqlStore]) -> None:
    city = make_store("city", "320900")
    theirs(city, "enterprise", "320981", enterprise_name="东台甲有限公司", uscc=ONE["uscc"])
    theirs(city, "enterprise", "320925", enterprise_name="东台甲有限责任公司", uscc=OTHER["uscc"])
    theirs(city, "person", "320981", name="王力", id_no=ID_NO, employer_name="东台乙厂")
    theirs(city, "person", "320925", name="王力", id_no=ID_NO, mobile=MOBILE)
    theirs(city, "person", "320925", name="王力", mobile=MOBILE, employer_name="东台乙厂")
    theirs(city, "person", "320925", name="李力", mobile=MOBILE)
    found = [(f.rule, f.record.key.owner, f.field) for f in suspected(city)]
    assert found == [
        ("V21", "320981", "enterprise_name"),
        ("V21", "320925", "enterprise_name"),
        ("V22", "320925", "name"),
        ("V22", "320925", "name"),
        ("V22", "320925", "id_no"),
        ("V22", "320981", "id_no"),
    ]
    told = " ".join(f.message for f in suspected(city))
    assert "建湖县登记的“东台甲有限责任公司”，信用代码是91320981MAN2J1K637" in told
    assert "本单位另有姓名、手机号相同的人" in told
    assert "东台市也登记了身份证号相同的人" in told
    assert ID_NO not in told
    assert MOBILE not in told
    assert [(f.rule, f.record.key.owner) for f in hinted(city)] == [("V22", "320925"), ("V22", "320981")]
