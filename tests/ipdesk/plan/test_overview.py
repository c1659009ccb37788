"""The overview: states by pace, places among the units, days of a trend, towns covered, and what is behind a figure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions.ledger import add
from ipdesk.actions.overview import write_overview, write_picture
from ipdesk.actions.workspace import name_office
from ipdesk.codes import CITY
from ipdesk.fields import Value
from ipdesk.kinds.declare import Values
from ipdesk.past import NOW
from ipdesk.plan.definition import plans
from ipdesk.plan.indicators import Figure, Target
from ipdesk.plan.overview import Overview, figures_on, overview
from ipdesk.plan.part import Part
from ipdesk.plan.ranking import ranked
from ipdesk.plan.state import Pace, State, percent, reason
from ipdesk.plan.table import indicator_table, said
from ipdesk.plan.trend import name, quarters
from ipdesk.problems import Refusal
from ipdesk.store import Moment

PLAN = plans()[0]
HALF = Pace(PLAN, date(2023, 12, 15))
MakeStore = Callable[..., SqlStore]


def figure(code: str, value: float | None, goal: float | None = None, *, unit: str = CITY) -> Figure:
    told = None if value is None else Fraction(str(value))
    target = None if goal is None else Target(unit, code, Fraction(str(goal)))
    return Figure(PLAN.by_code[code], unit, Part(told, why="" if told is not None else "未报"), target)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (figure("I03", 150, 150), State.REACHED),
        (figure("I11", 200, 200), State.BEHIND),
        (figure("I11", 201, 200), State.REACHED),
        (figure("I12", 4.5, 5), State.REACHED),
        (figure("I03", 100, 150), State.ON_TRACK),
        (figure("I03", 10, 150), State.BEHIND),
        (figure("I03", None, 150), State.UNREPORTED),
        (figure("I03", 10), State.UNSET),
        (figure("I07", 99.99, 100), State.BEHIND),
        (figure("Q04", 1, 0), State.ON_TRACK),
        (figure("Q04", 0, 0), State.REACHED),
        (figure("Q06", 5), State.RISING),
        (replace(figure("Q06", 5), before=Fraction(5)), State.RISING),
        (replace(figure("Q06", 5), before=Fraction(6)), State.BEHIND),
    ],
)
def test_the_state_follows_the_plan_and_the_pace(one: Figure, state: State) -> None:
    day = date(2025, 4, 30) if state is State.BEHIND and one.indicator.code == "I11" else HALF.day
    told = Pace(PLAN, date(2025, 5, 1)) if one.indicator.code == "I11" else Pace(PLAN, day)
    assert told.state(one) is state


def test_nothing_keeps_pace_once_its_day_is_past() -> None:
    assert Pace(PLAN, date(2025, 5, 1)).state(figure("I03", 149, 150)) is State.BEHIND
    assert Pace(PLAN, date(2024, 1, 1)).state(figure("Q04", 1, 0)) is State.BEHIND


def test_what_cannot_be_told_is_not_called_unreported() -> None:
    none = replace(figure("I07", None, 100), part=Part(why="无案件"))
    assert (HALF.state(none), said(none)) == (State.NOTHING, "无案件")


def test_reasons_and_parts_are_told_in_words() -> None:
    assert [reason(one) for one in (figure("I03", None), figure("I03", 1), figure("Q06", 1))] == [
        "未报",
        "没有定目标",
        "没有上期可比",
    ]
    assert reason(figure("I03", 1, 2)) == reason(replace(figure("Q06", 1), before=Fraction(1))) == ""
    assert [percent(p) for p in (None, Fraction(1), Fraction(9999, 10_000), Fraction(13, 15))] == [
        "—",
        "100.0%",
        "99.9%",
        "86.7%",
    ]
    assert said(figure("I03", None), State.UNREPORTED) == ""
    assert said(replace(figure("Q06", 5), before=Fraction(6))) == "比上期下降"


def test_units_stand_by_what_they_have_done_and_equals_share_a_place() -> None:
    told = [
        figure("I03", 9, 10, unit="320981"),
        figure("I03", 9, 30, unit="320925"),
        figure("I03", None, 5, unit="320924"),
        figure("I03", 18, 20, unit="320923"),
        figure("I03", 99, 100),
    ]
    found = [(one.place, one.figure.unit) for one in ranked(told)]
    assert found == [(1, "320981"), (1, "320923"), (3, "320925"), (None, "320924")]


def test_without_every_target_the_figures_themselves_are_compared() -> None:
    told = [figure("I03", 9, 10, unit="320981"), figure("I03", 30, unit="320925")]
    assert [one.figure.unit for one in ranked(told)] == ["320925", "320981"]


def test_of_what_is_to_be_none_the_least_goes_first() -> None:
    told = [figure("Q04", 2, 0, unit="320981"), figure("Q04", 0, 0, unit="320925")]
    assert [(one.place, one.figure.unit) for one in ranked(told)] == [(1, "320925"), (2, "320981")]
    assert ranked([]) == []


def test_a_trend_goes_by_quarters_to_the_day() -> None:
    days = quarters(PLAN, date(2023, 5, 6))
    assert [name(day) for day in days] == ["22Q3", "22Q4", "23Q1", "23-05-06"]
    assert [name(day) for day in quarters(PLAN, date(2022, 12, 31))] == ["22Q3", "22Q4"]
    late = quarters(PLAN, date(2026, 11, 23))
    assert (late[-2] <= date(2025, 6, 30), late[-1]) == (True, date(2026, 11, 23))


VALUE: dict[str, Value] = {"indicator_code": "I03", "period": "2024-Q1", "unit_code": "320981", "value": 7}
STATION = {
    "station_name": "东台镇商标品牌指导站",
    "unit_code": "320981",
    "town_code": "320981100",
    "station_kind": "SK1",
    "station_level": "SL3",
    "built_date": "2023-05-06",
}
LIAISON = {
    "liaison_name": "陈喆",
    "unit_code": "320981",
    "town_code": "320981100",
    "liaison_level": "LL3",
    "appointed_date": "2023-05-06",
}


def put(store: SqlStore, ledger: str, *rows: Values) -> None:
    for row in rows:
        add(store, store.catalogue.ledger(ledger), dict(row), "test")


@pytest.fixture
def store(make_store: MakeStore) -> SqlStore:
    made = make_store()
    put(made, "indicator_value", VALUE, {**VALUE, "period": "2024-Q2", "value": 5})
    put(made, "station", STATION)
    put(made, "liaison", LIAISON)
    return made


def of(told: Overview, code: str) -> Figure:
    return next(one for one in told.figures if one.indicator.code == code)


def test_a_county_tells_its_own_figures_with_their_records(store: SqlStore) -> None:
    told = overview(store, NOW, PLAN)
    assert told.units == ("320981",)
    one = of(told, "I03")
    assert one.value == 12
    assert [(n.counts, n.record.name) for n in told.behind(one) if n.record] == [
        (True, "2024年第一季度 海外发明授权"),
        (True, "2024年第二季度 海外发明授权"),
    ]
    assert len(told.ranked("I03")) == 1
    assert told.of("320981") == told.figures


def test_towns_tell_what_they_have_as_of_the_day(store: SqlStore) -> None:
    town = next(one for one in overview(store, NOW, PLAN).towns if one.code == "320981100")
    assert (len(town.ids("station")), len(town.ids("liaison")), bool(town.name)) == (1, 1, True)
    told = overview(store, Moment(date(2023, 1, 1)), PLAN)
    assert not any(one.stations or one.liaisons for one in told.towns)
    now = overview(store, NOW, PLAN)
    assert [one.ledger for one in now.records_of((*town.stations, "gone"))] == ["station"]


def test_an_earlier_day_has_its_own_figures(store: SqlStore) -> None:
    found = figures_on(store, NOW, PLAN, date(2024, 3, 31))
    assert next(one.value for one in found if one.indicator.code == "I03") == 7


def test_doubts_are_listed_first(store: SqlStore) -> None:
    put(store, "indicator_value", {**VALUE, "period": "2025-Q2", "value": 9})
    told = overview(store, NOW, PLAN)
    first = told.behind(of(told, "I03"))[0]
    assert (first.counts, "跨过" in first.said) == (False, True)
    assert "1 条说不清" in said(of(told, "I03"))


def test_the_table_tells_targets_and_states(store: SqlStore) -> None:
    put(store, "target", {"indicator_code": "I03", "unit_code": "320981", "target_value": 10})
    told = overview(store, NOW, PLAN)
    table = indicator_table(told, "东台市知识产权局", datetime(2026, 11, 23))
    row = next(row for row in table.groups[0].rows if row[0] == "I03")
    assert row[2:8] == ["件", "≥10", "12", "120.0%", "100.0%", "达标"]
    assert table.title == "东台市计划指标完成情况表"
    assert PLAN.name in table.notes[0]


def test_it_is_written_as_pdf_workbook_and_picture(store: SqlStore, tmp_path: Path) -> None:
    told = overview(store, Moment(date(2024, 6, 30)), PLAN)
    with pytest.raises(Refusal, match="单位全称"):
        write_overview(told, "", tmp_path / "a.pdf")
    name_office(store, "东台市知识产权局")
    for suffix, magic in ((".pdf", b"%PDF"), (".xlsx", b"PK")):
        out = tmp_path / f"a{suffix}"
        write_overview(told, store.office.office_name, out, "320981")
        assert out.read_bytes().startswith(magic)
    write_picture(b"\x89PNG", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"\x89PNG"


def test_the_city_tells_every_unit(make_store: MakeStore) -> None:
    told = overview(make_store("city", CITY), NOW)
    table = indicator_table(told, "盐城市知识产权局", datetime(2026, 11, 23))
    assert (told.units[0], len(table.groups)) == (CITY, len(told.units))
    assert table.title == "计划指标完成情况表"
    assert all(one.place is None for one in told.ranked("I03"))
