"""Where the tables of a sheet stand and what their heads are."""

import pytest

from tests.ipdesk.intake.reading import CODES, Cells, drafts, matches, tables, taken

ROW = [1, "东台甲有限公司", CODES[0]]
HEADS = ["序号", "企业名称", "信用代码"]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["东台市贯标台账"]],
        [[], [], ["附件1"], ["东台市贯标台账"], ["填报单位：东台市知识产权局", None, "单位：万元"]],
        [["东台市贯标台账"], ["填报单位：东台市", "报告期：2024年", "填报日期：2024年6月1日"]],
    ],
)
@pytest.mark.parametrize("left", [0, 2])
def test_heads_are_found_below_titles_and_beside_empty_columns(above: Cells, left: int) -> None:
    rows: Cells = [[*[None] * left, *row] for row in [*above, HEADS, ROW]]
    (table,) = tables(rows)
    assert (table.top, table.bottom) == (len(above), len(above))
    assert taken(table) == {"序号": "seq", "企业名称": "enterprise_name", "信用代码": "uscc"}
    assert [d.row for d in drafts(rows)] == [len(above) + 2]


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("单位：万元", "万元"),
        ("填报单位（盖章）：某局　　单位：元", "元"),
        ("计量单位: 家、万元", "万元"),
        ("填报单位：东台", ""),
    ],
)
def test_a_line_above_tells_the_unit_of_amounts(title: str, measure: str) -> None:
    assert tables([[title], HEADS, ROW])[0].measure == measure


MERGED = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 5), (0, 6, 1, 6))
TWO_ROWS: Cells = [
    ["序号", "企业信息", None, "认证情况", None, None, "联系人"],
    [None, "名称", "信用代码", "机构", "证书编号", "有效期至", None],
    [1, "东台甲有限公司", CODES[0], "中知认证", "165IP230001R0M", "2026.5.5", "张三"],
]
NAMED = ["seq", "enterprise_name", "uscc", "cert_body", "cert_no", "cert_valid_to", "contact_name"]


@pytest.mark.parametrize("merges", [MERGED, ()], ids=["merged", "not merged, as in a text file"])
def test_two_rows_of_heads_are_read_together(merges: tuple[tuple[int, int, int, int], ...]) -> None:
    (table,) = tables(TWO_ROWS, *merges)
    assert (table.top, table.bottom) == (0, 1)
    assert [m.taken for m in matches(table)] == NAMED


def test_three_rows_of_heads_are_read_together() -> None:
    (table,) = tables(
        [
            ["序号", "基本信息", None, None, "认证信息", None, None],
            [None, "企业", None, "所在镇", "证书", None, "认证机构"],
            [None, "名称", "信用代码", None, "编号", "有效期至", None],
            [1, "东台甲有限公司", CODES[0], "三仓镇", "165IP230001R0M", "2026.5.1", "中知认证"],
        ]
    )
    assert [m.taken for m in matches(table)] == [
        *("seq", "enterprise_name", "uscc", "town_name", "cert_no", "cert_valid_to", "cert_body")
    ]


def test_the_same_heads_again_belong_to_the_same_table() -> None:
    page = [["东台市贯标台账（续）"], HEADS]
    rows: Cells = [
        ["东台市贯标台账"],
        HEADS,
        ROW,
        *page,
        [2, "东台乙有限公司", CODES[1]],
        *page,
        [3, "东台丙有限公司", CODES[2]],
    ]
    (table,) = tables(rows)
    assert table.skipped == {3, 4, 6, 7}
    assert [d.row for d in drafts(rows)] == [3, 6, 9]


def test_other_heads_below_are_another_table() -> None:
    rows: Cells = [
        ["一、获证企业"],
        [*HEADS, "证书编号"],
        [*ROW, "165IP230001R0M"],
        ["小计", "1家"],
        ["二、培育企业"],
        ["序号", "企业名称", "税号", "贯标阶段", "联系人"],
        [1, "东台乙有限公司", CODES[1], "启动", "张三"],
    ]
    first, second = tables(rows)
    assert (first.end, second.top) == (4, 5)
    assert [d.values.get("stage") for d in drafts(rows)] == [None, "ST03"]


def test_tables_side_by_side_are_read_apart() -> None:
    rows: Cells = [
        [*HEADS, None, *HEADS],
        [*ROW, None, 2, "东台乙有限公司", CODES[1]],
        [3, "东台丙有限公司", CODES[2]],
    ]
    assert [(d.row, d.values["uscc"]) for d in drafts(rows)] == [(2, CODES[0]), (3, CODES[2]), (2, CODES[1])]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["填表说明"], ["1. 每企业一行；2. 日期按实际填写。"]],
        [["栏目", "填写要求"], ["企业名称", "营业执照全称"], ["证书状态", "有效、暂停、撤销"]],
        [["甲", "乙"], [1, 2]],
    ],
)
def test_instructions_are_no_table(rows: Cells) -> None:
    assert tables(rows) == []


def test_a_list_of_words_has_heads_but_nothing_that_identifies() -> None:
    (table,) = tables([["贯标阶段", "证书状态", "认证机构"], ["启动", "有效", "中知认证"]])
    assert set(taken(table).values()) == {"guanbiao_state", "cert_status", "cert_body"}


def test_words_above_the_first_valid_code_are_heads_to_ask_about() -> None:
    (table,) = tables([["某某名单"], ["单位", "代码", "进行到哪"], ["东台甲有限公司", CODES[0], "启动"]])
    assert (table.top, [c.texts for c in table.columns]) == (1, [("单位",), ("代码",), ("进行到哪",)])


def test_a_note_in_brackets_with_a_number_is_still_a_head() -> None:
    heads = ["序号", "企业名称", "统一社会信用代码（18位，如91320981MABJ1XG60Q）"]
    assert taken(tables([heads, ROW])[0])[heads[2]] == "uscc"


def test_a_merge_over_half_the_sheet_costs_nothing() -> None:
    assert len(tables([HEADS, ROW], (1, 3, 1_000_000, 500), (5, 0, 900_000, 2))) == 1


def test_heads_merged_down_beside_a_group_of_one_column_take_the_next_row_along() -> None:
    heads: Cells = [["企业名称", "信用代码", "证书情况"], [None, None, "证书编号"]]
    rows: Cells = [*heads, ["东台甲有限公司", CODES[0], "165IP231234R0M"]]
    (table,) = tables(rows, (0, 0, 1, 0), (0, 1, 1, 1))
    assert (table.top, table.bottom) == (0, 1)
    assert taken(table)["证书编号"] == "cert_no"
