"""Which documents a case needs and lacks, by stage, track, dates and subsidy."""

import pytest

from ipdesk.codes import code_table
from ipdesk.fields import Value
from ipdesk.required import lacking, required

FILED, WRITTEN, AUDITED = ["D01", "D02"], ["D06", "D07"], ["D09", "D10"]
BUILT = [*FILED, *WRITTEN, *AUDITED]
ASKED = [*BUILT, "D11", "D12", "D13"]
CERTIFIED = [*ASKED, "D15"]


def codes(**values: Value) -> list[str]:
    return [document.code for document in required(values)]


@pytest.mark.parametrize(
    ("stage", "wanted"),
    [
        ("ST01", []),
        ("ST02", FILED),
        ("ST05", FILED),
        ("ST06", [*FILED, *WRITTEN]),
        ("ST10", BUILT),
        ("ST11", ASKED),
        ("ST14", ASKED),
        ("ST15", CERTIFIED),
        ("ST21", [*BUILT, "D17"]),
        ("ST22", [*BUILT, "D17"]),
        ("ST23", [*BUILT, "D17", "D18"]),
        ("ST31", [*CERTIFIED, "D19"]),
        ("ST32", [*CERTIFIED, "D19"]),
        ("ST33", [*CERTIFIED, "D20"]),
        ("ST34", [*CERTIFIED, "D20"]),
        ("ST90", []),
        (None, []),
    ],
)
def test_a_stage_asks_for_all_up_to_it_on_its_own_way(stage: Value, wanted: list[str]) -> None:
    assert codes(stage=stage) == wanted


def test_every_stage_of_the_table_is_known() -> None:
    for stage in code_table("stages.stage").codes:
        assert set(codes(stage=stage.code)) <= {d.code for d in code_table("documents").codes}


def test_what_is_written_as_the_way_counts_and_the_stage_where_nothing_is() -> None:
    assert codes(stage="ST10", track="绩效评价") == BUILT
    assert codes(stage="ST23", track="绩效评价") == codes(stage="ST23") == [*BUILT, "D17", "D18"]
    assert codes(stage="ST15", track="认证") == codes(stage="ST15") == CERTIFIED


def test_a_subsidy_asks_for_the_invoice_once_there_is_a_certificate() -> None:
    assert codes(stage="ST15", subsidy_amount_wan=5.0) == [*CERTIFIED, "D16"]
    assert codes(stage="ST11", subsidy_year=2024) == ASKED


def test_dates_after_the_certificate_ask_for_their_papers_whatever_the_stage_says() -> None:
    assert codes(stage="ST15", surveil_1_date="2024-05-06") == [*CERTIFIED, "D19"]
    assert codes(stage="ST15", transition_date="2025-05-06") == [*CERTIFIED, "D20"]
    assert codes(stage="ST33", surveil_2_date="2025-05") == [*CERTIFIED, "D19", "D20"]


def test_what_is_there_is_not_lacking() -> None:
    found = lacking({"stage": "ST06"}, ["D01", "D07", "营业执照"])
    assert [(d.code, d.name) for d in found] == [
        ("D02", "省系统备案截图/备案表"),
        ("D06", "知识产权手册(方针、目标、组织机构图、职责分配表)"),
    ]
