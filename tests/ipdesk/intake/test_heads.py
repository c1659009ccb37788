"""Heads that clerks of county offices write: known with ordinary cells; those about something else are left out."""

import json
from pathlib import Path

import pytest

from tests.ipdesk.intake.reading import matches, tables

TOLD = json.loads(Path(__file__).with_name("heads.json").read_text(encoding="utf-8"))
CELLS, KNOWN, STRANGE = TOLD["cells"], TOLD["known"], TOLD["strange"]


def taken(head: str, kind: str) -> str | None:
    """Return what a column with such cells is taken for, between those that every sheet has."""
    columns = [("企业名称", "name"), ("统一社会信用代码", "uscc")]
    columns = [("序号", "seq") if k == kind else (h, k) for h, k in columns] + [(head, kind)]
    rows = [[CELLS[k][n] for _, k in columns] for n in range(6)]
    found = tables([["贯标企业台账"], [h for h, _ in columns], *rows])
    return next((m.taken for t in found for m in matches(t) if m.index == 2), None)


@pytest.mark.parametrize("field", KNOWN)
def test_none_of_a_fields_heads_is_taken_for_another(field: str) -> None:
    kind, heads = KNOWN[field].values()
    assert {taken(head, kind) for head in heads} <= {field, None}


def test_nearly_all_heads_are_known() -> None:
    found = [
        taken(head, kind) == field
        for field, (kind, heads) in ((f, k.values()) for f, k in KNOWN.items())
        for head in heads
    ]
    assert len(found) > 1000
    assert sum(found) >= 0.97 * len(found)


@pytest.mark.parametrize("kind", STRANGE)
def test_heads_about_something_else_are_left_out(kind: str) -> None:
    assert [head for head in STRANGE[kind] if taken(head, kind)] == []


@pytest.mark.parametrize(
    "head",
    [
        *("①备案时间", "（一）备案时间", "一、备案时间", "1、备案时间", "備案時間", "备案时间\nFiling date"),
        *("Filing date\n备案时间", "备案时间Date", "【备案时间】", "备案时间（选填）", "备　案　时　间"),
    ],
)
def test_numbers_translations_and_old_characters_do_not_matter(head: str) -> None:
    assert taken(head, "date") == "filing_date"
