"""The declarations themselves: names, links, heads, and what the domain's tables say of them."""

import csv
from pathlib import Path

import pytest

from ipdesk.fields import Coded, Ref, Value
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal

KNOWN = catalogue()


@pytest.mark.parametrize("ledger", KNOWN.ledgers.values(), ids=lambda ledger: ledger.name)
def test_a_flat_row_names_each_field_once(ledger: Ledger) -> None:
    assert len({f.name for f in ledger.fields}) == len({f.label for f in ledger.fields}) == len(ledger.fields)


def test_a_field_of_several_kinds_is_the_roots() -> None:
    for ledger in KNOWN.ledgers.values():
        declared = [f.name for kind in ledger.kinds for f in kind.fields if not isinstance(f.type, Ref)]
        for name in {n for n in declared if declared.count(n) > 1}:
            assert ledger.kind_of(name) is ledger.root


def test_every_link_points_to_a_declared_kind() -> None:
    for kind in KNOWN.kinds.values():
        for field in kind.references:
            assert isinstance(field.type, Ref)
            assert field.type.kind in KNOWN.kinds


def test_every_code_table_is_there() -> None:
    for kind in KNOWN.kinds.values():
        for field in kind.fields:
            if isinstance(field.type, Coded):
                assert field.type.codes.codes


def test_sections_and_columns_are_all_placed() -> None:
    for ledger in KNOWN.ledgers.values():
        assert {f.section for f in ledger.fields} == set(ledger.sections)
        places = [f.column for f in ledger.columns]
        assert len(set(places)) == len(places)


def test_an_unknown_ledger_or_field_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="没有名为“x”的台账，可用的有：guanbiao"):
        KNOWN.ledger("x")
    with pytest.raises(Refusal, match="没有“x”这个字段"):
        KNOWN.ledger("guanbiao").kind_of("x")


def test_a_flat_row_is_split_by_kind() -> None:
    parts = KNOWN.ledger("guanbiao").split(
        {"unit_name": "320981", "guanbiao_state": "ST02", "subsidy_year": 2024}
    )
    assert parts == {
        "enterprise": {"unit_code": "320981"},
        "case": {"stage": "ST02"},
        "subsidy": {"subsidy_year": 2024},
    }


@pytest.mark.shared
def test_every_head_of_the_domain_is_declared_for_its_field(shared: Path) -> None:
    ledger = KNOWN.ledger("guanbiao")
    heads = {head: f.sheet_name for f in ledger.fields for head in (f.label, *f.heads)}
    heads |= {head: name for name, words in ledger.ignored.items() for head in words}
    with (shared / "domain" / "headers_guanbiao.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["header_synonym"]: row["field"] for row in rows}.items() <= heads.items()


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        (
            "indicator_value",
            {"indicator_code": "I03", "period": "2024-Q1"},
            "海外发明授权 2024年第一季度",
        ),
        ("target", {"indicator_code": "I03", "target_year": 2024}, "海外发明授权 2024"),
        ("period_report", {"period": "2024-03"}, "2024年3月"),
        ("task", {"task_code": "本地-1", "title": "建设服务大厅"}, "本地-1 建设服务大厅"),
        ("task", {"task_code": "T2-6", "title": "规范知识产权奖励政策"}, "规范知识产权奖励政策"),
        ("strong_county", {"unit_code": "320981"}, "东台市"),
        ("liaison", {"liaison_name": "王喆"}, "王喆"),
        ("guanbiao", {}, ""),
    ],
)
def test_a_row_is_called_in_words(name: str, values: dict[str, Value], words: str) -> None:
    assert catalogue().ledger(name).called(values) == words
