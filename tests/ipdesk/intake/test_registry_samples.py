"""The sheets of institutions and trainees that are shared, with the right answers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.records import Query
from tests.conftest import SHARED

FILES = (
    "盐城市知识产权服务机构名录.xlsx",
    "东台市企业知识产权高管培训班学员名册.xlsx",
    "建湖县专利代理师考前培训班报名回执.xlsx",
)
NAMES = {"institution": "uscc", "training": "mobile"}
OWN = {"collects_id_no": True}  # switched on by the sheet's own column


def plain(values: object) -> object:
    """Return values as JSON tells them."""
    return json.loads(json.dumps(values))


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_a_sample_of_a_registry_comes_in_cell_by_cell(
    name: str, make_store: Callable[..., SqlStore], shared: Path
) -> None:
    told = json.loads((SHARED / "samples" / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    store = make_store("county" if told["unit_code"] else "city", told["unit_code"] or "320900")
    ledger = store.catalogue.ledger(told["ledger"])
    planned = intake.plan(store, ledger, shared / "samples" / name)
    refused = {(r["row"], r["field"], r["code"]) for r in told["rejected"]}
    assert {(p.row, p.field, p.code) for p in planned.refused} == refused
    assert planned.unmapped == []
    assert intake.apply(store, planned).added == len(told["rows"])
    key = NAMES[ledger.name]
    held = {
        r.values[key]: {n: v for n, v in r.values.items() if (n, v) not in OWN.items()}
        for r in store.rows(ledger, store.keys(ledger, Query()))
    }
    assert plain(held) == {row[key]: row for row in told["rows"]}
    again = intake.plan(store, ledger, shared / "samples" / name)
    assert again.counts == {"unchanged": len(told["rows"])}
