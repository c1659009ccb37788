"""A period is filled in line by line, in one act, beside what was told the period before."""

from collections.abc import Callable
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk.actions import filling
from ipdesk.actions import ledger as deeds
from ipdesk.actions import reporting_periods as periods
from ipdesk.kinds.indicators import INDICATOR_VALUE
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.reporting.filings import Filing, filing

QUARTER, NEXT = Period.read("2024-Q1"), Period.read("2024-Q2")
DAY = date(2024, 4, 5)
ENTRIES: filling.Entries = {
    ("I01", ""): {"numerator": "900", "denominator": "80.5", "source": "上级反馈"},
    ("I03", ""): {"value": "4", "source": "上级反馈"},
    ("I05", "licence"): {"value": "2", "source": "部门报送"},
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def found(store: SqlStore, period: Period = QUARTER) -> Filing:
    return filing(store, "320981", period, DAY)


def test_each_figure_due_has_a_line(store: SqlStore) -> None:
    told = filling.lines(store, found(store))
    assert [line.place for line in told][3:] == [
        ("I04", ""),
        ("I05", "licence"),
        ("I05", "transfer"),
        ("I07", "administrative"),
        ("I07", "judicial"),
    ]
    assert told[0].fields == ("numerator", "denominator", "source", "fall_reason")
    assert (told[4].label, told[4].lacks) == ("许可转让备案 · 许可合同备案（件）", "未填")
    (mixed,) = (
        one for one in filling.lines(store, found(store, Period.read("2023"))) if one.indicator.is_ratio
    )
    assert mixed.fields == ("denominator", "source", "fall_reason")


def test_what_is_typed_is_saved_in_one_act(store: SqlStore) -> None:
    after = filling.save(store, found(store), ENTRIES)
    assert (after.filled, [one.lacks for one in after.asked][4]) == (3, "缺分项“转让登记”")
    told = {line.place: line for line in filling.lines(store, found(store, NEXT))}
    assert (told["I01", ""].last, told["I03", ""].last, told["I04", ""].last) == ("900 / 80.5", "4", "")
    filling.save(store, found(store), {("I03", ""): {"value": "5"}, ("I04", ""): {"value": ""}})
    assert [r.values.get("value") for r in store.find(INDICATOR_VALUE, indicator_code="I03")] == [5]
    assert store.find(INDICATOR_VALUE, indicator_code="I04") == []
    deeds.undo(store)
    deeds.undo(store)
    assert found(store).filled == 0


def test_what_cannot_be_is_refused_by_name_and_nothing_written(store: SqlStore) -> None:
    def refused(entries: filling.Entries, period: Period = QUARTER) -> str:
        with pytest.raises(Refusal) as refusal:
            filling.save(store, found(store, period), entries)
        return refusal.value.message

    assert refused({**ENTRIES, ("I04", ""): {"value": "很多"}}).startswith("马德里商标（件）：")
    assert found(store).filled == 0
    filling.save(store, found(store), ENTRIES)
    fallen = {"numerator": "800", "denominator": "80.5", "source": "上级反馈"}
    assert "下降原因" in refused({("I01", ""): fallen}, NEXT)
    filling.save(store, found(store, NEXT), {("I01", ""): {**fallen, "fall_reason": "到期未续费"}})
    periods.submit(store, QUARTER, remark="其余待反馈", today=DAY)
    assert "不能再填" in refused({("I03", ""): {"value": "9"}})


def test_a_whole_that_was_told_is_not_asked_in_items(store: SqlStore) -> None:
    told = {"indicator_code": "I05", "period": "2024-Q1", "value": 7, "source": "部门报送"}
    deeds.add(store, store.catalogue.ledger("indicator_value"), told, "测试")  # type: ignore[arg-type]
    places = [line.place for line in filling.lines(store, found(store))]
    assert ("I05", "") in places
    assert ("I05", "licence") not in places
