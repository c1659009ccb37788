"""Records as lines of a package: what was a record comes back, what cannot be one poisons nothing."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Field, Kind
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.claims import Claims
from ipdesk.sync.container import Resource
from ipdesk.sync.rows import (
    VERSION_COLUMNS,
    RowReader,
    StateDigest,
    Writer,
    checked,
    describe,
    line,
    stamp,
    unfit,
)

KIND = catalogue().kind("enterprise")
COLUMNS = tuple(str(field["name"]) for field in describe(KIND))
IDS = st.uuids().map(str)
EPOCHS = st.integers(0, 2**32 - 1).map(lambda n: f"{n:08x}")
VERSIONS = st.builds(Version, st.integers(1, 9), st.integers(1, 2**40), EPOCHS)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "string": TEXTS,
    "integer": st.integers(-(2**40), 2**40),
    "number": st.floats(-1e12, 1e12),
    "boolean": st.booleans(),
    "array": st.lists(TEXTS.filter(bool), min_size=1, max_size=4).map(tuple),
}


def fitting(field: Field) -> st.SearchStrategy[Value]:
    if field.name == "unit_code":
        return st.just("320981")
    if field.type.schema.get("format") == "date":
        return st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2023", "2023-05"])
    return VALUES[field.type.schema["type"]]


RECORDS = st.builds(
    Record,
    st.just(KIND.name),
    st.builds(RecordKey, st.just("320981"), IDS),
    st.fixed_dictionaries({}, optional={field.name: fitting(field) for field in KIND.fields}),
    VERSIONS,
    st.none() | VERSIONS,
    st.integers(1, 2**40),
    st.booleans(),
    st.just("2026-11-22T16:14:19+00:00"),
    st.dictionaries(st.sampled_from(["newer", "newest"]), TEXTS, max_size=2),
)


def reader(columns: tuple[str, ...] = COLUMNS, unit: str = "320981") -> RowReader:
    resource = Resource("enterprise", 0, "", 0, 0, columns)
    return RowReader(KIND, Writer(unit, 9), resource)


def row(**changes: object) -> Claims:
    sound: dict[str, Any] = {
        "_owner": "320981",
        "id": "01a20409-76cf-75b3-9ad9-6b1d98c55855",
        "_inc": 1,
        "_ver": 1,
        "_epoch": "e8eabce7",
        "_lsn": 1,
        "_at": "2026-11-22",
        "enterprise_name": "东台锦盛新材料有限公司",
    }
    return Claims({**sound, **changes})


@given(RECORDS)
def test_a_record_comes_back_from_its_line(record: Record) -> None:
    found = reader().record(Claims(json.loads(json.dumps(line(record)))))
    assert {name: value for name, value in found.values.items() if value is not None} == record.values
    assert (found.key, found.version, found.previous) == (record.key, record.version, record.previous)
    assert (found.lsn, found.deleted, found.at) == (record.lsn, record.deleted, record.at)
    assert found.extra == record.extra


@pytest.mark.parametrize("kind", [k for k in catalogue().kinds.values() if not k.local], ids=lambda k: k.name)
@given(data=st.data())
@settings(max_examples=20)
def test_whatever_a_store_holds_of_a_kind_a_package_takes(kind: Kind, data: st.DataObject) -> None:
    values = {field.name: data.draw(fitting(field)) for field in kind.fields}
    record = Record(kind.name, RecordKey("320981", "1"), values, Version(1, 1, "e8eabce7"))
    assert unfit(kind, record) == []
    told = json.loads(json.dumps(line(record)))
    assert {field.name: checked(field, told[field.name]) for field in kind.fields} == values


def test_an_empty_field_clears_and_an_absent_column_says_nothing() -> None:
    found = reader((*VERSION_COLUMNS, "enterprise_name", "uscc")).record(row())
    assert found.values == {"enterprise_name": "东台锦盛新材料有限公司", "uscc": None}


def test_unknown_columns_are_kept_and_extra_ones_known_here_are_read() -> None:
    told = row(_extra={"uscc": "91320981MABJ1XG60Q", "later": [1], "_lsn": 7}, colour="蓝", shade=None)
    found = reader((*VERSION_COLUMNS, "colour", "shade", "enterprise_name")).record(told)
    assert found.extra == {"colour": "蓝", "later": [1]}
    assert found.values["uscc"] == "91320981MABJ1XG60Q"
    assert found.lsn == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"_owner": "320925"}, "别的单位（320925）的记录，而它由320981签名"),
        ({"_owner": "别处"}, "“_owner”不合规定"),
        ({"id": "1"}, "“id”不合规定"),
        ({"_inc": 10}, "“_inc”不合规定"),
        ({"_ver": 2**60}, "“_ver”不合规定"),
        ({"_epoch": "DROP"}, "“_epoch”不合规定"),
        ({"_prev": [1, 2]}, "“_epoch”不合规定"),
        ({"_prev": "1.2.x"}, "“_prev”不合规定"),
        ({"_deleted": 1}, "“_deleted”不合规定"),
        ({"_at": "x" * 600}, "“_at”不合规定"),
        ({"_extra": []}, "“_extra”不合规定"),
        ({"_extra": {"later": "\ud800"}}, "“_extra”的值不合规定"),
        ({"unheard": 1}, "“列”的值不合规定（清单上没有）"),
        ({"enterprise_name": 1}, "“企业名称”的值不合规定（1）"),
        ({"enterprise_name": "a\0b"}, "“企业名称”"),
        ({"enterprise_name": "\udcff"}, "“企业名称”"),
        ({"enterprise_name": "长" * 100_001}, "“企业名称”"),
        ({"enterprise_name": ["x"]}, "“企业名称”"),
        ({"staff_count": "12"}, "“职工人数”"),
        ({"staff_count": True}, "“职工人数”"),
        ({"staff_count": 2**63}, "“职工人数”"),
        ({"reg_capital_wan": "5"}, "“注册资本（万元）”"),
        ({"reg_capital_wan": float("inf")}, "“注册资本（万元）”"),
        ({"reg_capital_wan": False}, "“注册资本（万元）”"),
        ({"is_hightech": 1}, "“是否高新技术企业”"),
        ({"found_date": "2023年5月"}, "“成立日期”"),
        ({"found_date": "２０２３"}, "“成立日期”"),
    ],
)
def test_what_cannot_be_stored_refuses_the_file_with_its_name(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        reader().record(row(**changes))


def test_a_personal_value_is_not_quoted_and_a_number_in_another_is_hidden() -> None:
    case = catalogue().kind("case")
    resource = Resource("case", 0, "", 0, 0, ("contact_phone",))
    told = {**row().raw, "contact_phone": 13912345678}
    del told["enterprise_name"]
    with pytest.raises(Refusal, match="联系电话") as refusal:
        RowReader(case, Writer("320981", 9), resource).record(Claims(told))
    assert "139" not in refusal.value.message
    with pytest.raises(Refusal, match="企业名称.*139") as refusal:
        reader().record(row(enterprise_name=13912345678))
    assert "1234" not in refusal.value.message


def test_the_same_record_twice_is_refused() -> None:
    rows = reader()
    rows.record(row())
    with pytest.raises(Refusal, match="同一条记录出现了两次"):
        rows.record(row())


@settings(max_examples=25)
@given(st.lists(RECORDS, max_size=4), st.randoms())
def test_the_state_digest_is_blind_to_order_and_to_unread_columns_only(
    records: list[Record], dice: random.Random
) -> None:
    shuffled = dice.sample(records, len(records))
    assert digest(records) == digest(shuffled)
    assert digest(records)[0] == len(records)
    for number, record in enumerate(records):
        changed = Record(record.kind, record.key, {**record.values, "uscc": "另一个"}, record.version)
        assert digest([*records[:number], changed, *records[number + 1 :]]) != digest(records)
        assert digest(records[:number] + records[number + 1 :]) != digest(records)


def digest(records: list[Record]) -> tuple[int, str]:
    state = StateDigest()
    for record in records:
        state.add(record, [field.name for field in KIND.fields])
    return state.count, state.hex


def test_a_column_is_counted_wherever_it_is_kept() -> None:
    told = Record("enterprise", RecordKey("320981", "a"), {}, Version(1, 1, "e"), extra={"later": 1})
    one, two = StateDigest(), StateDigest()
    one.add(told, ["later"])
    two.add(told, ["uscc"])
    assert one.hex != two.hex


def test_a_version_is_one_word() -> None:
    assert stamp(Version(2, 7, "e8eabce7")) == "2.7.e8eabce7"
