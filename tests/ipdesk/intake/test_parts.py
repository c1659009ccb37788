"""What a sheet spreads over several columns is one value; what cannot be put together is left out and named."""

import pytest

from tests.ipdesk.intake.reading import CODES, Cells, codes, drafts, matches, tables

KEYS = ["企业名称", "信用代码"]
ROWS = [["东台甲有限公司", CODES[0]], ["东台乙有限公司", CODES[1]], ["东台丙有限公司", CODES[2]]]
MERGED = ((0, 0, 1, 0), (0, 1, 1, 1))


def grouped(group: str, leaves: list[str], cells: Cells) -> Cells:
    """Return a sheet with some columns under one group head."""
    blanks = [None] * (len(leaves) - 1)
    heads: Cells = [[*KEYS, group, *blanks], [None, None, *leaves]]
    return [*heads, *([*row, *more] for row, more in zip(ROWS, cells, strict=False))]


@pytest.mark.parametrize("merged", [True, False])
def test_year_month_and_day_in_columns_of_their_own_are_one_date(merged: bool) -> None:
    rows = grouped("发证日期", ["年", "月", "日"], [[2023, 5, 6], ["2024年", "12月", None], [2023, 13, 1]])
    found = drafts(rows, *(((0, 2, 0, 4), *MERGED) if merged else ()))
    assert [d.values.get("cert_issue_date") for d in found] == ["2023-05-06", "2024-12", None]
    assert [codes(d) for d in found] == [[], [], [("cert_issue_date", "date")]]


def test_a_month_without_its_year_is_no_date() -> None:
    found = drafts(
        grouped("发证日期", ["年", "月"], [[2023, 5], [None, 5], ["某", 5]]), (0, 2, 0, 3), *MERGED
    )
    assert [bool(codes(d)) for d in found] == [False, True, True]


@pytest.mark.parametrize("mark", ["√", 1, "是", "●"])
def test_the_furthest_stage_marked_is_the_stage(mark: object) -> None:
    leaves = ["备案", "启动", "内审", "获证"]
    cells: Cells = [[mark, mark, None, None], [mark, mark, mark, mark], [None, None, None, None]]
    found = drafts(grouped("贯标进度", leaves, cells), (0, 2, 0, 5), *MERGED)
    assert [d.values.get("stage") for d in found] == ["ST03", "ST15", None]
    assert not any(d.refused for d in found)


@pytest.mark.parametrize(
    ("group", "leaves"),
    [("贯标进度", ["备案", "启动", "认证审核", "获证"]), ("某某", ["备案", "启动", "内审", "获证"])],
)
def test_marks_that_are_not_all_stages_are_left_out(group: str, leaves: list[str]) -> None:
    rows = grouped(group, leaves, [["√", "√", None, None], ["√", "√", "√", "√"], ["√", None, None, None]])
    found = drafts(rows, (0, 2, 0, 5), *MERGED)
    assert [(d.values.get("stage"), d.refused) for d in found] == [(None, False)] * 3
    (table,) = tables(rows, (0, 2, 0, 5), *MERGED)
    assert [m.taken for m in matches(table)[2:]] == [None] * 4


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("贯标进度", ["√", "√", "√"]),
        ("贯标进度", ["好", "较好", "一般"]),
        ("发证日期", ["见附件", "第二季度", "2023年第二季度"]),
        ("补助金额", ["按政策", "另定", "另定"]),
    ],
)
def test_a_column_none_of_whose_cells_can_be_read_is_left_out(head: str, cells: list[str]) -> None:
    rows: Cells = [[*KEYS, head], *([*row, cell] for row, cell in zip(ROWS, cells, strict=True))]
    assert [d.refused for d in drafts(rows)] == [False] * 3
    assert matches(tables(rows)[0])[2].taken is None


def test_a_row_of_measures_below_the_heads_belongs_to_them() -> None:
    rows: Cells = [
        [*KEYS, "补助金额", "注册资本", "发证日期"],
        [None, None, "元", "（万元）", "日期"],
        [*ROWS[0], 50000, 800, "2023.5.6"],
    ]
    (row,) = drafts(rows)
    assert (row.row, row.values["subsidy_amount_wan"], row.values["reg_capital_wan"]) == (3, 5.0, 800.0)
    assert row.values["cert_issue_date"] == "2023-05-06"
