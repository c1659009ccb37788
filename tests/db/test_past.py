"""The ledgers as they were: exact to what the store held, and as of a day by the days of the events."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.kinds.declare import Kind, Values
from ipdesk.past import NOW, digest, parse_day, reading
from ipdesk.problems import Refusal
from ipdesk.records import Query, Record, RecordKey, Row, Version
from ipdesk.store import Moment

Make = Callable[..., SqlStore]
FIRST = date(2024, 3, 1)
LEDGERS = ("guanbiao", "institution", "training", "person")


@pytest.fixture
def store(make_store: Make) -> SqlStore:
    return make_store(role="city", unit="320900")


@contextmanager
def on(day: date, hour: str = "09:00:00+08:00") -> Iterator[None]:
    """Let the clock of the acts stand on a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.act.now", lambda: f"{day}T{hour}")
        yield


def listed(store: SqlStore, moment: Moment = NOW, query: Query = Query()) -> dict[str, list[object]]:  # noqa: B008  # frozen
    with reading(store, moment) as source:
        ledgers = [source.catalogue.ledger(name) for name in LEDGERS]
        return {x.name: [_plain(r) for r in source.rows(x, source.keys(x, query))] for x in ledgers}


def _plain(row: Row) -> object:
    return row.key, dict(row.values), dict(row.parts)


def kind(store: SqlStore, name: str) -> Kind:
    return store.catalogue.kind(name)


def add_case(store: SqlStore, name: str, **values: str) -> RecordKey:
    with store.act("新增", "表单") as act:
        above = act.add(kind(store, "enterprise"), {"enterprise_name": name, "unit_code": "320981"})
        return act.add(kind(store, "case"), {"enterprise_id": above.id, **values})


def names(store: SqlStore, moment: Moment, query: Query = Query()) -> list[object]:  # noqa: B008  # frozen
    ledger = store.catalogue.ledger("guanbiao")
    with reading(store, moment) as source:
        return [r.values.get("enterprise_name") for r in source.rows(ledger, source.keys(ledger, query))]


class Player:
    """Plays random acts on a store: every way a record can change, each day several."""

    VALUES: tuple[Values, ...] = (
        {"stage": "ST15", "cert_no": "165IP235744R0M"},
        {"stage": None, "remark": "备注"},
        {"contact_phone": "15186091390", "cert_no": None},
    )

    def __init__(self, store: SqlStore) -> None:
        """Begin with an empty store."""
        self.store, self.keys, self.versions = store, list[RecordKey](), 1

    def own(self, number: int) -> RecordKey | None:
        """Return one of the own records."""
        return self.keys[number % len(self.keys)] if self.keys else None

    def play(self, deed: str, number: int) -> None:
        """Do one act; one that is refused leaves nothing."""
        try:
            getattr(self, deed)(number)
        except Refusal:
            return

    def add(self, number: int) -> None:
        """Add a row with a subsidy, an institution with codes and a person."""
        self.keys.append(add_case(self.store, f"东台{number}公司", stage="ST02"))
        with self.store.act("补", "表单") as act:
            act.add(kind(self.store, "subsidy"), {"case_id": self.keys[-1].id, "subsidy_year": 2020 + number})
            act.add(
                kind(self.store, "institution"),
                {"institution_name": f"机构{number}", "service_forms": ("SF01", "SF02")},
            )
            person = act.add(kind(self.store, "person"), {"name": f"人{number}"})
            course = act.add(kind(self.store, "training"), {"course_name": "班"})
            links = {"training_id": course.id, "person_id": person.id}
            act.add(kind(self.store, "attendance"), {**links, "sign_in": True})

    def change(self, number: int) -> None:
        """Change a row, a deleted one too."""
        if key := self.own(number):
            with self.store.act("改", "表单") as act:
                act.put(kind(self.store, "case"), key, self.VALUES[number % len(self.VALUES)])

    def delete(self, number: int) -> None:
        """Delete a row."""
        if key := self.own(number):
            with self.store.act("删", "表单") as act:
                act.delete(kind(self.store, "case"), key)

    def note(self, number: int) -> None:
        """Look at a value."""
        with self.store.act("看", "表单") as act:
            act.note("查看", kind(self.store, "case"), self.own(number))

    def merge(self, number: int) -> None:
        """Take rows of a county in, deletions and revivals among them."""
        self.versions += 1
        version = Version(1, self.versions, "aaaa")
        above, key = RecordKey("320981", f"e{number % 3}"), RecordKey("320981", f"c{number % 3}")
        values: Values = {"enterprise_id": above.id, **self.VALUES[number % len(self.VALUES)]}
        with self.store.act("收包", "320981.ipk") as act:
            named: Values = {"enterprise_name": f"县{number}公司", "unit_code": "320981"}
            act.merge(kind(self.store, "enterprise"), [Record("enterprise", above, named, version)])
            merged = Record("case", key, values, version, deleted=number % 4 == 0)
            act.merge(kind(self.store, "case"), [merged])

    def undo(self, _number: int) -> None:
        """Take the last act back."""
        self.store.undo()

    def redo(self, _number: int) -> None:
        """Do it again."""
        self.store.redo()


DEEDS = st.sampled_from(("add", "add", "change", "change", "delete", "note", "merge", "undo", "redo"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.lists(st.tuples(DEEDS, st.integers(0, 7)), max_size=6), min_size=1, max_size=6))
def test_what_was_known_on_a_day_is_what_the_store_held(
    make_store: Make, days: list[list[tuple[str, int]]]
) -> None:
    store = make_store(role="city", unit="320900")
    player, held = Player(store), dict[date, dict[str, list[object]]]()
    for number, deeds in enumerate(days):
        day = FIRST + timedelta(days=2 * number)
        with on(day):
            for deed in deeds:
                player.play(*deed)
        held[day] = held[day + timedelta(days=1)] = listed(store)
    for day, snapshot in held.items():
        assert listed(store, Moment(known_on=day)) == snapshot
    assert listed(store, Moment(known_on=FIRST - timedelta(days=1))) == {name: [] for name in LEDGERS}
    assert store.check() == []


def test_a_day_ends_by_the_clock_where_it_was_written(store: SqlStore) -> None:
    with on(FIRST, "23:59:59+08:00"):
        add_case(store, "甲公司")
    with on(FIRST + timedelta(days=1), "00:00:00+08:00"):
        add_case(store, "乙公司")
    assert names(store, Moment(known_on=FIRST)) == ["甲公司"]
    assert names(store, Moment(known_on=FIRST + timedelta(days=1))) == ["甲公司", "乙公司"]


def test_erased_values_are_no_more_known_and_unknown_fields_are_left_out(store: SqlStore) -> None:
    with on(FIRST):
        add_case(store, "甲公司", stage="ST02")
    with on(FIRST + timedelta(days=9)):
        add_case(store, "乙公司")
    database = store._db  # noqa: SLF001  # what no command does yet
    first, second = database.execute("SELECT number FROM change WHERE operation = 'add' LIMIT 2").fetchall()
    database.execute("UPDATE change_value SET after = '{\"long_gone\": 1}' WHERE number = ?", second)
    database.execute("DELETE FROM change_value WHERE number = ?", first)
    ledger = store.catalogue.ledger("guanbiao")
    with reading(store, Moment(known_on=FIRST)) as past:
        (row,) = past.rows(ledger, past.keys(ledger, Query()))
        assert row.values == {}


def test_as_of_and_known_on_work_together_and_with_every_query(store: SqlStore) -> None:
    with on(FIRST):
        key = add_case(store, "锦盛公司", filing_date="2023-02-01", stage="ST02")
        add_case(store, "恒瑞公司", filing_date="2024-02-01", stage="ST02")
    with on(FIRST + timedelta(days=3)), store.act("改", "表单") as act:
        back: Values = {"stage": "ST15", "cert_issue_date": "2023-12-01", "cert_no": "165IP235744R0M"}
        act.put(kind(store, "case"), key, back)
    year_end = date(2023, 12, 31)
    assert names(store, Moment(as_of=year_end)) == ["锦盛公司"]
    assert names(store, Moment(as_of=date(2023, 1, 1))) == []
    certified = Query((("stage", "ST15"),))
    assert names(store, Moment(as_of=year_end), certified) == ["锦盛公司"]
    assert names(store, Moment(as_of=year_end, known_on=FIRST), certified) == []
    assert names(store, Moment(as_of=year_end, known_on=FIRST)) == ["锦盛公司"]
    assert names(store, Moment(known_on=FIRST), Query(search="锦")) == ["锦盛公司"]
    assert names(store, Moment(known_on=FIRST), Query(search="hrgs")) == ["恒瑞公司"]
    assert names(store, Moment(known_on=FIRST), Query(search="165IP")) == []
    assert names(store, Moment(known_on=FIRST), Query(search="公司", limit=1)) == ["锦盛公司"]


def test_a_course_not_begun_has_no_attendance_and_the_newest_year_is_the_newest_by_then(
    store: SqlStore,
) -> None:
    with store.act("新增", "表单") as act:
        person = act.add(kind(store, "person"), {"name": "顾㛃"})
        course = act.add(kind(store, "training"), {"course_name": "班", "start_date": "2024-05-01"})
        links = {"person_id": person.id, "training_id": course.id}
        act.add(kind(store, "attendance"), links)
        body = act.add(kind(store, "institution"), {"institution_name": "甲所", "found_date": "2020"})
        for year in (2022, 2023):
            told: Values = {"institution_id": body.id, "stat_year": year, "staff_count": year}
            act.add(kind(store, "institution_year"), told)
    before, after = (
        listed(store, Moment(as_of=date(2023, 6, 1))),
        listed(store, Moment(as_of=date(2024, 6, 1))),
    )
    assert [len(before[name]) for name in LEDGERS] == [0, 1, 0, 1]
    assert [len(after[name]) for name in LEDGERS] == [0, 1, 1, 1]
    assert [told["institution"][0][1].get("staff_count") for told in (before, after)] == [2022, 2023]  # type: ignore[index]
    assert listed(store, Moment(as_of=date(2019, 1, 1)))["institution"] == []


def test_a_past_stays_as_it_was_made(store: SqlStore) -> None:
    add_case(store, "甲公司")
    past = store.past(Moment(as_of=date(2100, 1, 1)))
    add_case(store, "乙公司")
    assert past.count(kind(store, "case")) == len(past.find(kind(store, "case"))) == 1
    assert past.catalogue is store.catalogue
    past.close()


def test_a_day_is_read_in_every_style_of_the_intake() -> None:
    assert parse_day("2024.6.30") == parse_day("2024年6月30日") == date(2024, 6, 30)
    for wrong in ("2024-06", "昨天", ""):
        with pytest.raises(Refusal, match="日期"):
            parse_day(wrong)


def test_a_digest_tells_rows_and_moments_apart() -> None:
    key = RecordKey("320981", "a")
    row, other = Row(key, {"stage": "ST15"}, {}), Row(key, {"stage": "ST31"}, {})
    day = Moment(as_of=FIRST)
    told = {
        digest("a", NOW, [row]),
        digest("a", NOW, [other]),
        digest("a", day, [row]),
        digest("b", NOW, [row]),
    }
    told |= {digest("a", NOW, []), digest("a", Moment(known_on=FIRST), [row])}
    assert len(told) == 6
    assert digest("a", NOW, [row]) == digest("a", NOW, [Row(key, {"stage": "ST15"}, {}, lsn=9)])
    assert all(len(one) == 29 for one in told)
