"""What holds for every field type and value: shown and read, written to cell, JSON and column, and back."""

import csv
import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.fields import (
    PLAIN,
    Bool,
    Coded,
    Codes,
    Context,
    Date,
    FieldType,
    IdNo,
    Integer,
    Name,
    Number,
    PeriodCode,
    PersonName,
    Phone,
    Text,
    Uscc,
    Value,
)
from ipdesk.kinds import catalogue
from ipdesk.periods import Every, Period
from ipdesk.problems import ValueProblem
from ipdesk.sync.rows import checked
from ipdesk.text import is_blank
from tests.ipdesk.intake.truth import ALPHABET

KINDS = [kind for kind in catalogue().kinds.values() if not kind.local]
TYPES = list(dict.fromkeys(f.type for kind in KINDS for f in kind.fields if f not in kind.references))
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
DAYS = st.dates().filter(lambda day: 1950 <= day.year <= 2090)
SINCE_2000 = DAYS.filter(lambda day: day.year >= 2000)
EVERY: tuple[Every, ...] = ("month", "quarter", "year")
DIGITS = "0123456789"


def _uscc(body: str) -> str:
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def _id_no(born: str, serial: str) -> str:
    body = f"320981{born}{serial}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def values_of(kind: FieldType) -> st.SearchStrategy[Value]:
    """Return canonical values of a field type."""
    if isinstance(kind, Bool):
        return st.booleans()
    if isinstance(kind, Codes):
        codes = [entry.code for entry in kind.codes.codes]
        return st.lists(st.sampled_from(codes), min_size=1, unique=True).map(kind.canonical)
    if isinstance(kind, Coded):
        return st.sampled_from([entry.code for entry in kind.codes.codes])
    if isinstance(kind, Integer):
        return st.integers(1949, 2100) if kind.year else st.integers(0, 10**12 - 1)
    if isinstance(kind, Number):
        return st.integers(-(10**9), 10**9).map(lambda n: n / 100)
    if isinstance(kind, PeriodCode):
        every = st.sampled_from(EVERY)
        return st.builds(lambda day, how: Period.of(day, how).code, SINCE_2000, every)
    if isinstance(kind, Date):
        forms = ("%Y-%m",) if kind.month else ("%Y-%m-%d", "%Y-%m", "%Y")
        return st.builds(lambda day, form: day.strftime(form), DAYS, st.sampled_from(forms))
    if isinstance(kind, Uscc):
        body = st.text(ALPHABET, min_size=9, max_size=9)
        place = st.text(DIGITS, min_size=6, max_size=6)
        return st.builds(lambda where, rest: _uscc("91" + where + rest), place, body)
    if isinstance(kind, IdNo):
        born = DAYS.filter(lambda day: day.year < 2020).map(lambda day: f"{day:%Y%m%d}")
        return st.builds(_id_no, born, st.text(DIGITS, min_size=3, max_size=3))
    if isinstance(kind, Phone):
        tail = st.text(DIGITS, min_size=9, max_size=9)
        return st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), tail)
    words = HAN.filter(lambda word: not is_blank(word))
    if isinstance(kind, Text) and kind.long:
        return st.lists(words, min_size=1, max_size=4).flatmap(
            lambda told: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(told))
        )
    return words.map(lambda word: word + "有限公司") if isinstance(kind, Name) else words


PAIRS = st.sampled_from(TYPES).flatmap(lambda kind: st.tuples(st.just(kind), values_of(kind)))
# A town's name may be that of another unit's too, and one word may name two of a table's codes.
SCOPE = {entry.code: entry.scope for kind in TYPES if isinstance(kind, Coded) for entry in kind.codes.codes}


def context(kind: FieldType, value: Value) -> Context:
    """Return what a value is read with: the unit that a town belongs to."""
    scoped = isinstance(kind, Coded) and kind.scoped
    return Context(SCOPE[str(value)]) if scoped else PLAIN


def test_every_type_that_is_declared_is_tried() -> None:
    tried = {type(kind) for kind in TYPES}
    assert tried == {
        Bool,
        Coded,
        Codes,
        Date,
        IdNo,
        Integer,
        Name,
        Number,
        PeriodCode,
        PersonName,
        Phone,
        Text,
        Uscc,
    }


@given(PAIRS)
def test_what_is_shown_or_edited_is_read_back(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    assert kind.parse(kind.show(value), context(kind, value)) == value
    assert kind.parse(kind.edit(value), context(kind, value)) == value


@given(PAIRS)
def test_what_stands_in_a_cell_is_read_back(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    cell = kind.cell(value)
    assert kind.parse(cell, context(kind, value)) == value
    stream = io.StringIO()
    csv.writer(stream).writerow([cell])
    (back,) = next(csv.reader(io.StringIO(stream.getvalue())))
    assert kind.parse(back, context(kind, value)) == value


@given(PAIRS)
def test_what_json_tells_is_the_same_value(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    assert kind.canonical(json.loads(json.dumps(value))) == value


@given(PAIRS)
def test_what_a_column_holds_is_the_same_value(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    raw = kind.stored(value)
    assert isinstance(raw, {"TEXT": str, "INTEGER": int, "REAL": float}[kind.storage])
    assert kind.loaded(raw) == value


@given(PAIRS)
def test_a_masked_value_tells_less_and_a_plain_one_the_same(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    assert (kind.mask(value) == value) is not kind.personal


@given(st.sampled_from([f for kind in KINDS for f in kind.fields if f not in kind.references]), st.data())
def test_a_value_comes_through_a_package(field: object, data: st.DataObject) -> None:
    from ipdesk.kinds.declare import Field

    assert isinstance(field, Field)
    value = data.draw(values_of(field.type))
    assert checked(field, json.loads(json.dumps(value))) == value


def test_a_workbook_gives_every_value_back() -> None:
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    for kind in TYPES:
        value = _one(kind)
        sheet.cell(1, 1).value = kind.cell(value)
        assert kind.parse(sheet.cell(1, 1).value, context(kind, value)) == value


def _one(kind: FieldType) -> Value:
    """Return one value of a type, the same each time."""
    if isinstance(kind, (Coded, Codes)):
        code = kind.codes.codes[0].code
        return (code,) if isinstance(kind, Codes) else code
    told: dict[type, Value] = {Bool: True, Integer: 2024, Number: 12.5, Phone: "13900000000", Date: "2023-05"}
    told[PeriodCode] = "2024-Q1"
    return told.get(type(kind)) or {Uscc: "91320981MABJ1XG60Q", IdNo: "11010519491231002X"}.get(
        type(kind), "甲公司"
    )


@given(st.text(st.sampled_from("甲乙 a1\r\n\x0b\u2028　"), max_size=30))
def test_lines_stay_whatever_ends_them_and_a_list_shows_them_on_one(words: str) -> None:
    kind = Text(long=True)
    value = kind.parse(words)
    if value is None:
        return
    assert kind.parse(str(value).replace("\n", "\r\n")) == value
    assert str(value).replace("\n", " ").split() == str(Text().parse(words)).split()
    assert "\n" not in kind.line(value)
    assert str(value).splitlines() == [line.strip() for line in str(value).split("\n")]


def test_a_long_text_keeps_its_lines() -> None:
    kind = Text(long=True)
    told = kind.parse(" 第一行 \r\n\r\n\r\n　第２行\t末\r\n")
    assert told == "第一行\n\n第2行 末"
    assert (kind.line(told), kind.show(None), kind.line(None)) == ("第一行 ↵ 第2行 末", "", "")
    assert Text().parse("第一行\n第二行") == "第一行 第二行"


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_record_comes_back_from_the_store_as_it_went_in(store: SqlStore, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    fields = [f for f in kind.fields if f not in tuple(kind.references)]
    values = {
        f.name: data.draw(values_of(f.type))
        for f in data.draw(st.lists(st.sampled_from(fields), unique=True))
    }
    with store.act("试", "试") as act:
        key = act.add(kind, values)
    found = store.get(kind, key)
    assert found is not None
    assert dict(found.values) == values


@given(st.sampled_from(TYPES), st.text(max_size=40))
def test_any_text_is_a_value_or_a_problem_and_the_value_stays_itself(kind: FieldType, words: str) -> None:
    try:
        value = kind.parse(words)
    except ValueProblem:
        return
    if value is not None:
        assert kind.loaded(kind.stored(value)) == value
        assert kind.canonical(json.loads(json.dumps(value))) == value
