"""Whole heads that say a field in words nobody listed are it; strange columns land nowhere, whatever their cells."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from ipdesk.fields import Context
from ipdesk.intake.mapping import ColumnMatch, Mapper
from ipdesk.intake.parts import read_tables
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.kinds import catalogue
from tests.ipdesk.intake.reading import sheet

TOLD = json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))
CELLS: dict[str, list[object]] = TOLD["cells"]
FRAME = {
    "guanbiao": [("企业名称", "company"), ("统一社会信用代码", "uscc")],
    "institution": [("机构名称", "company"), ("统一社会信用代码", "uscc")],
    "person": [("姓名", "person"), ("工作单位", "company")],
    "training": [("姓名", "person"), ("工作单位", "company")],
}
MAPPERS = {name: Mapper(Vocabulary(catalogue().ledger(name)), Context("320981")) for name in FRAME}


def taken(ledger: str, kind: str, heads: Sequence[str]) -> dict[str, list[str]]:
    """Return the fields for which columns of such cells are taken, beside those that every sheet has."""
    columns = [*FRAME[ledger], *((head, kind) for head in heads)]
    rows = [[CELLS[k][n] for _, k in columns] for n in range(6)]
    (table,) = read_tables(sheet([[h for h, _ in columns], *rows]), MAPPERS[ledger].vocabulary)
    found = MAPPERS[ledger].match(table, {})[len(FRAME[ledger]) :]
    return {head: _fields(ledger, match) for head, match in zip(heads, found, strict=True)}


def landed(ledger: str, kind: str, heads: Sequence[str]) -> dict[str, list[str]]:
    """Return the heads that are taken for a field, a few in each table so that its head row is known."""
    tables = (taken(ledger, kind, heads[at : at + 6]) for at in range(0, len(heads), 6))
    return {head: found for table in tables for head, found in table.items() if found}


def _fields(ledger: str, match: ColumnMatch) -> list[str]:
    field = MAPPERS[ledger].ledger.by_name.get(match.taken or "")
    return [*match.pair.names] if match.pair else [field.name] if field else []


@pytest.mark.parametrize(
    ("ledger", "field"), [(at, field) for at, said in TOLD["said"].items() for field in said]
)
def test_a_head_that_says_a_field_in_other_words_is_it(ledger: str, field: str) -> None:
    kind, heads = TOLD["said"][ledger][field]
    assert {head: taken(ledger, kind, [head])[head] for head in heads} == {head: [field] for head in heads}


@pytest.mark.parametrize("ledger", FRAME)
@pytest.mark.parametrize("kind", ["person", "phone", "date", "count"])
def test_a_strange_column_lands_nowhere(ledger: str, kind: str) -> None:
    heads = [*TOLD["strange"]["any"], *TOLD["strange"][ledger]]
    assert landed(ledger, kind, heads) == {}


@pytest.mark.parametrize(("ledger", "head", "kind"), [tuple(row) for row in TOLD["contradicted"]])
def test_cells_of_another_kind_speak_against_a_head(ledger: str, head: str, kind: str) -> None:
    assert taken(ledger, kind, [head])[head] == []


def test_a_word_of_the_field_goes_before_a_column_that_only_hints_at_it() -> None:
    heads, people = (
        ("参训人员", "代表姓名", "工作单位"),
        [(CELLS["person"][n], CELLS["person"][-n]) for n in range(6)],
    )
    rows = [[*two, CELLS["company"][n]] for n, two in enumerate(people)]
    (table,) = read_tables(sheet([heads, *rows]), MAPPERS["training"].vocabulary)
    assert [m.taken for m in MAPPERS["training"].match(table, {})] == ["name", None, "employer_name"]


SORTS = ["企业高管", "内审员", "专利代理师", "行政管理人员", "知识产权总监", "领导干部"]


@pytest.mark.parametrize(
    ("head", "cells", "field"),
    [
        ("参训对象", CELLS["person"], "name"),
        ("参会对象姓名", CELLS["person"], "name"),
        ("参训对象", SORTS, None),
        ("培训对象", CELLS["person"], None),
        ("培训对象", SORTS, None),
    ],
)
def test_whom_a_class_trained_is_a_name_where_the_cells_are_names(
    head: str, cells: Sequence[object], field: str | None
) -> None:
    rows = [[cells[n], CELLS["company"][n], CELLS["phone"][n]] for n in range(6)]
    (table,) = read_tables(sheet([[head, "工作单位", "联系电话"], *rows]), MAPPERS["training"].vocabulary)
    assert MAPPERS["training"].match(table, {})[0].taken == field
