"""A figure that falls against the period before asks for a reason (rule V24), in form, intake and merge."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.problems import Grade, Refusal
from ipdesk.trends import Trends

TOTAL: dict[str, Value] = {
    "unit_code": "320981",
    "indicator_code": "I03",
    "period": "2024-Q1",
    "total": 10,
    "source": "上级反馈",
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    made = make_store("city", "320900")
    deeds.add(made, made.catalogue.ledger("indicator_value"), TOTAL, "测试")
    return made


def weighed(store: SqlStore, values: dict[str, Value]) -> list[tuple[str, str, Grade]]:
    found = Trends(store, store.catalogue.ledger("indicator_value")).problems(values, "form")
    return [(p.code, p.field, p.grade) for p in found]


def test_a_total_that_falls_asks_for_a_reason(store: SqlStore) -> None:
    fallen = {**TOTAL, "period": "2024-Q2", "total": 9}
    assert weighed(store, fallen) == [("V24", "total", Grade.REASON)]
    assert weighed(store, {**fallen, "fall_reason": "上级核减"}) == []
    assert weighed(store, {**fallen, "total": 10}) == []
    ledger = store.catalogue.ledger("indicator_value")
    with pytest.raises(Refusal, match="累计数值比上期（2024年第一季度）减少.*在“下降原因”里说明"):
        deeds.add(store, ledger, fallen, "测试")
    deeds.add(store, ledger, {**fallen, "fall_reason": "上级核减"}, "测试")


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2023-Q4"},  # an earlier one
        {"indicator_code": "I04"},
        {"unit_code": "320925"},
        {"total": None, "value": 3},  # an increment may be less
        {"indicator_code": "X1"},
        {"period": "以后"},
    ],
)
def test_others_are_not_held_against_it(store: SqlStore, other: dict[str, Value]) -> None:
    assert weighed(store, {**TOTAL, "period": "2024-Q2", "total": 9, **other}) == []


def test_a_stock_and_a_ratio_may_not_fall_either(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("indicator_value")
    stock: dict[str, Value] = {
        **TOTAL,
        "indicator_code": "Q05",
        "period": "2023",
        "value": 100,
        "total": None,
    }
    ratio: dict[str, Value] = {
        **TOTAL,
        "indicator_code": "I07",
        "total": None,
        "numerator": 9,
        "denominator": 10,
    }
    for values in (stock, ratio):
        deeds.add(store, ledger, values, "测试")
    assert weighed(store, {**stock, "period": "2024", "value": 99}) == [("V24", "value", Grade.REASON)]
    later = {**ratio, "period": "2024-Q2"}
    assert weighed(store, {**later, "numerator": 8}) == [("V24", "numerator", Grade.REASON)]
    assert weighed(store, {**later, "numerator": 18, "denominator": 20}) == []
    assert weighed(store, {**later, "denominator": 0}) == []


def test_a_sheet_is_held_against_the_store_and_itself(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "填报.csv"
    path.write_text(
        "报送单位,指标,报送期,累计数值,数据来源\n"
        "东台市,海外发明授权,2024年第二季度,12,上级反馈\n东台市,海外发明授权,2024年第三季度,11,上级反馈\n",
        encoding="utf-8-sig",
    )
    planned = intake.plan(store, store.catalogue.ledger("indicator_value"), path)
    assert [(p.code, p.row, p.grade) for p in planned.warnings] == [("V24", 3, Grade.WARNING)]
    assert len(planned.rows) == 2


def test_other_ledgers_have_no_trend(store: SqlStore) -> None:
    assert list(Trends(store, store.catalogue.ledger("person")).problems(TOTAL, "form")) == []
