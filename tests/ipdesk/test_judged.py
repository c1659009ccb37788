"""City figures count once what people decided is one, and twice what they decided is not."""

from collections.abc import Callable

import pytest

from db.store import SqlStore
from ipdesk import counting
from ipdesk.counting import Parameters
from ipdesk.figures import figures, material
from ipdesk.judged import NOTHING, Judged, judged
from ipdesk.kinds.deciding import VERDICT
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.institution import INSTITUTION
from ipdesk.kinds.person import PERSON
from ipdesk.parameters import parameters
from ipdesk.records import Record, RecordKey, Row, Version
from ipdesk.store import Moment
from ipdesk.sync.verdicts import remember

DONGTAI, JIANHU = "320981", "320925"


def key(id_: str, unit: str = DONGTAI) -> RecordKey:
    return RecordKey(unit, f"0190a000-0000-7000-8000-{id_:>012}")


def person(id_: str, name: str, mobile: str, number: str | None = None) -> Row:
    values = {"name": name, "mobile": mobile, "category": "PC1", "id_no": number, "unit_code": DONGTAI}
    return Row(key(id_), values, {"person": key(id_)})


ROWS = [
    person("1", "张三", "15186091390"),
    person("2", "张三", "15186091390"),
    person("3", "张晓三", "15186091390", "a"),
    person("4", "李四", "13900000000", "a"),
]


def ids(groups: list[list[Row]]) -> list[set[str]]:
    return [{row.key.id[-1] for row in group} for group in groups]


def test_people_decided_to_be_one_are_joined_with_all_who_go_with_them() -> None:
    assert ids(counting.people(ROWS)) == [{"1", "2"}, {"3", "4"}]
    same = Judged(same=((key("1"), key("4")), (key("2"), key("3")), (key("1"), key("9"))))
    assert ids(counting.people(ROWS, same)) == [{"1", "2", "3", "4"}]


def test_people_decided_not_to_be_one_count_apart() -> None:
    apart = Judged(different=frozenset({(key("2"), key("1"))}))
    assert ids(counting.people(ROWS, apart)) == [{"1"}, {"2"}, {"3", "4"}]
    assert counting.trained(ROWS, apart).people.value == 3


@pytest.fixture
def city(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store("city", "320900")


def brought(store: SqlStore, kind: str, id_: str, unit: str, **values: object) -> Record:
    record = Record(kind, key(id_, unit), values, Version(1, 1, "aaaaaaaa"), at="1")  # type: ignore[arg-type]
    with store.act("收包", "包") as act:
        act.merge(store.catalogue.kind(kind), [record])
    return record


def decide(store: SqlStore, one: Record, other: Record, outcome: str = "same") -> None:
    with store.act("核定", "查重") as act:
        remember(store, act, "V21", one, other, outcome, "", None)


def test_bodies_of_several_codes_or_of_none_count_under_one(city: SqlStore) -> None:
    name = ENTERPRISE.name
    one = brought(city, name, "1", DONGTAI, enterprise_name="甲", uscc="B", unit_code=DONGTAI)
    two = brought(city, name, "2", JIANHU, enterprise_name="甲", uscc="A", unit_code=JIANHU)
    three = brought(city, name, "3", JIANHU, enterprise_name="甲", unit_code=JIANHU)
    four = brought(city, name, "4", JIANHU, enterprise_name="丁", uscc="D", unit_code=JIANHU)
    for number, above in enumerate((one, two, three, four), 5):
        values = {"enterprise_id": above.key.id, "cert_no": f"证{number}", "cert_issue_date": "2023-05-06"}
        brought(city, "case", str(number), above.key.owner, **values)
    assert judged(city) == NOTHING
    assert figures(material(city), parameters(city), Moment().day).figures[0].value == 4
    decide(city, one, two)
    decide(city, three, one)
    decide(city, three, four, "different")
    by = parameters(city)
    assert by.judged.bodies["B"] == by.judged.bodies["A"] == "A"
    told = {one.name: one.value for one in figures(material(city), by, Moment().day).figures}
    assert (told["new_enterprises"], by == Parameters()) == (2, False)


def test_institutions_count_under_one_code_too(city: SqlStore) -> None:
    one, other = (
        brought(city, INSTITUTION.name, n, unit, institution_name="所", uscc=code, operating_status="OS1")
        for n, unit, code in (("1", DONGTAI, "A"), ("2", JIANHU, "B"))
    )
    decide(city, one, other)
    told = {f.name: f.value for f in figures(material(city), parameters(city), Moment().day).figures}
    assert told["institutions"] == 1


def test_people_are_read_from_the_store(city: SqlStore) -> None:
    some = [brought(city, PERSON.name, n, DONGTAI, name=n, category="PC1") for n in ("1", "2", "3")]
    decide(city, some[0], some[1])
    decide(city, some[1], some[2], "different")
    found = judged(city)
    assert found.same == ((some[0].key, some[1].key),)
    assert found.apart(some[2].key, some[1].key)
    assert not found.apart(some[0].key, some[1].key)
    assert len(city.find(VERDICT)) == 2
