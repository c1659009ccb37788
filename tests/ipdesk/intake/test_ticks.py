"""Columns of ticks: several columns feed one field of several codes."""

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.fields import Value
from ipdesk.records import Query
from tests.ipdesk.intake import truth

KEYS = (
    ("东台甲知识产权代理有限公司", "91320981MABJ1XG60Q"),
    ("东台乙商标事务所有限公司", "91320981MAN2J1K637"),
)


def sheet(path: Path, heads: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a list of institutions with some columns more."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("机构名称", "统一社会信用代码", *heads))
        writer.writerows((*key, *row) for key, row in zip(KEYS, rows, strict=True))
    return path


Read = tuple[intake.IntakePlan, list[Value]]


@pytest.fixture
def read(make_store: Callable[..., SqlStore], tmp_path: Path) -> Callable[..., Read]:
    """Return a reader of such a list: the plan, and what ip_objects and service_forms hold."""
    store = make_store()
    ledger = store.catalogue.ledger("institution")

    def taken_in(heads: Sequence[str], *rows: Sequence[str]) -> Read:
        planned = intake.plan(store, ledger, sheet(tmp_path / "a.csv", heads, *rows))
        intake.apply(store, planned)
        found = {r.values["uscc"]: r.values for r in store.rows(ledger, store.keys(ledger, Query()))}
        values = [found.get(code, {}) for _, code in KEYS]
        return planned, [v.get("ip_objects") for v in values] + [v.get("service_forms") for v in values]

    return taken_in


def test_ticks_of_several_columns_are_one_field(read: Callable[..., Read]) -> None:
    planned, held = read(("专利服务", "商标服务", "版权服务"), ("√", "", "是"), ("", "√", "否"))
    assert held[:2] == [("IO1", "IO3"), ("IO2",)]
    assert (planned.unmapped, planned.refused) == ([], [])
    assert {planned.mapping[head] for head in ("专利服务", "商标服务", "版权服务")} == {"ip_objects"}


def test_heads_may_name_any_option_and_stand_beside_words(read: Callable[..., Read]) -> None:
    planned, held = read(
        ("服务类别", "商业秘密服务", "贯标辅导"), ("专利代理", "有", "√"), ("商标代理", "√", "")
    )
    assert held == [("IO4",), ("IO4",), ("IF01", "IF06"), ("IF02",)]
    assert planned.unmapped == []


def test_a_cell_that_is_no_tick_is_told_where_it_stands(read: Callable[..., Read]) -> None:
    planned, held = read(("专利服务", "商标服务"), ("√", "√"), ("√", "×"))
    assert held[:2] == [("IO1", "IO2"), ("IO1",)]
    words, _ = read(("专利服务", "商标服务"), ("专利", ""), ("", "√"))
    assert words.mapping["专利服务"] == "ip_objects"
    assert planned.counts == {"added": 2}


def test_a_word_that_no_sample_showed_refuses_its_row_only(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    dice, path = random.Random(1), tmp_path / "a.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("机构名称", "统一社会信用代码", "专利服务"))
        for n in range(130):
            writer.writerow((f"东台第{n}事务所", truth.uscc(dice, "320981"), "部分" if n == 51 else "√"))
    store = make_store()
    planned = intake.plan(store, store.catalogue.ledger("institution"), path)
    assert [(p.row, p.field, p.code) for p in planned.refused] == [(53, "ip_objects", "code")]
    assert planned.wrong == [("a", 53, 2)]
    assert planned.counts == {"added": 129}
