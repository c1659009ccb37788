"""The sheets that counties sent, with the right answers: every cell, every refusal, and the way back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.kinds import catalogue
from ipdesk.records import Query
from ipdesk.resources import resource
from tests.conftest import SHARED

LEDGER = catalogue().ledger("guanbiao")


class Sample(NamedTuple):
    """A sheet and what a correct intake yields."""

    path: Path
    unit: str
    rows: list[dict[str, object]]
    refused: set[tuple[int, str, str]]


def samples(folder: Path) -> list[Sample]:
    """Return the 贯标 sheets of a folder of samples."""
    found = []
    for file in sorted(folder.glob("expected/*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["ledger"] == "guanbiao":
            refused = {(r["row"], r["field"], r["code"]) for r in told["rejected"]}
            found.append(Sample(folder / told["file"], told["unit_code"], told["rows"], refused))
    return found


def held(store: SqlStore) -> list[dict[str, object]]:
    """Return the rows of the ledger, filled values only."""
    rows = store.rows(LEDGER, store.keys(LEDGER, Query()))
    return [{name: value for name, value in row.values.items() if value is not None} for row in rows]


def by_code(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows in the order of their codes."""
    return sorted(rows, key=lambda row: str(row["uscc"]))


def check(sample: Sample, store: SqlStore, tmp_path: Path) -> None:
    """Bring a sample in, again, and again from its result workbook."""
    planned = intake.plan(store, LEDGER, sample.path)
    done = intake.apply(store, planned)
    assert done == intake.IntakeOutcome(len(sample.rows), 0, 0)
    assert by_code(held(store)) == by_code(sample.rows)
    assert {(p.row, p.field, p.code) for p in planned.refused} == sample.refused
    assert planned.unmapped == []
    again = intake.plan(store, LEDGER, sample.path)
    assert (again.counts, again.read) == ({"unchanged": len(sample.rows)}, planned.read)
    result = tmp_path / "结果.xlsx"
    intake.write_result(planned, result)
    back = intake.plan(store, LEDGER, result)
    assert {(p.row, p.field, p.code) for p in back.refused} == sample.refused
    assert (back.counts, back.unmapped) == ({"unchanged": len(sample.rows)}, [])


@pytest.mark.parametrize("sample", samples(resource("samples")), ids=lambda s: s.path.name)
def test_a_sample_comes_in_cell_by_cell(
    sample: Sample, make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    check(sample, make_store(unit=sample.unit), tmp_path)


@pytest.mark.shared
@pytest.mark.parametrize(
    "sample", samples(SHARED / "samples") if SHARED.is_dir() else [], ids=lambda s: s.path.name
)
def test_the_samples_shipped_are_those_shared(sample: Sample) -> None:
    shipped = {s.path.name: s for s in samples(resource("samples"))}[sample.path.name]
    assert shipped.path.read_bytes() == sample.path.read_bytes()
    assert (shipped.rows, shipped.refused) == (sample.rows, sample.refused)
