"""Which lines are records, what they say, and what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.intake import lines
from ipdesk.intake.cells import CellError
from ipdesk.intake.rows import Scope
from ipdesk.problems import Grade
from tests.ipdesk.intake.reading import CITY, CODES, COUNTY, Cells, codes, drafts

HEADS = ["序号", "企业名称", "信用代码", "启动时间"]
ROW = [1, "东台甲有限公司", CODES[0], "2023.5.6"]


@pytest.mark.parametrize(
    "line",
    [
        [],
        [None, " ", "—", "/"],
        [7],
        ["合计", None, "52家"],
        ["小　计：", 3],
        [None, "三仓镇小计", 3],
        [None, None, "共计12家", None],
        ["小计（3家）", None, 3],
        ["平均", None, 2.5],
        [None, "其中：高企", 3],
        ["本页合计", 3, 4],
        ["以上共12家", 3, 4],
        ["备注：请认真填写"],
        ["注", "1", "x"],
        ["※日期写到日"],
        ["填报人：张三", "审核人：李四", None, "日期：2024.5.1"],
        ["填报单位（盖章）：", "李四", None],
        ["（1）", "（2）", "（3）", "（4）"],
        ["甲", "乙", "1", "2"],
        ["A", "B", "C", "D"],
        ["（必填）", "（必填）", "（必填）", "（选填）"],
        [None, "营业执照全称", "18位", "格式：2023-05-06"],
        ["本页以下空白，请另附页说明其他需要说明的情况，并加盖单位公章后报送市局"],
    ],
)
def test_what_is_no_record_is_passed_over(line: list[object]) -> None:
    assert [d.row for d in drafts([HEADS, line, ROW])] == [3]


@pytest.mark.parametrize("mark", ["例", "示例", "例：", "填写示例", "例1"])
def test_an_example_is_passed_over_even_with_a_valid_code(mark: str) -> None:
    assert [d.row for d in drafts([HEADS, [mark, "盐城某某有限公司", CODES[5], "2023.5.6"], ROW])] == [3]
    assert lines.is_example(["示例：盐城某某有限公司"])


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ([2, "东台乙有限公司", None, None], [("uscc", "required")]),
        ([2, None, CODES[1], None], [("enterprise_name", "required")]),
        ([2, None, None, "2023.5.6"], [("uscc", "required"), ("enterprise_name", "required")]),
        ([None, "东台乙有限公司"], [("uscc", "required")]),
        ([2, "东台乙有限公司", "91320981", None], [("uscc", "V01")]),
        ([2, "东台乙有限公司", 9.13e17, None], [("uscc", "V01")]),
        ([2, "东台乙有限公司", CODES[1], "2023.13.1"], [("start_date", "date")]),
        ([2, "东台乙有限公司", "1", "去年"], [("uscc", "V01"), ("start_date", "date")]),
        ([2, CellError("#N/A"), CODES[1], None], [("enterprise_name", "number")]),
        ([2, "东台乙有限公司", CODES[1], CellError("公式未计算")], [("start_date", "date")]),
    ],
)
def test_a_record_that_cannot_be_taken_in_says_why(
    line: list[object], refused: list[tuple[str, str]]
) -> None:
    (bad,) = drafts([HEADS, line])
    assert codes(bad) == refused
    assert bad.refused
    assert all(p.sheet == "台账" and p.row == 2 for p in bad.problems)


def test_other_required_fields_may_be_empty() -> None:
    (row,) = drafts([HEADS[:3], ROW[:3]])
    assert not row.refused
    assert row.values == {"unit_code": "320981", "enterprise_name": "东台甲有限公司", "uscc": CODES[0]}


UNITS: Cells = [
    ["报送单位", "所在镇", "企业名称", "信用代码"],
    ["东台市", None, "东台甲有限公司", CODES[0]],
    [None, "三仓镇", "东台乙有限公司", CODES[1]],
    ["建湖县", "庆丰镇", "东台丙有限公司", CODES[2]],
    ["火星", "三仓镇", "东台丁有限公司", CODES[3]],
    ["东台", "庆丰镇", "东台戊有限公司", CODES[4]],
]


def test_a_county_takes_its_own_unit_only() -> None:
    rows = drafts(UNITS)
    assert [r.values.get("unit_code") for r in rows] == ["320981", "320981", "320925", None, "320981"]
    assert [codes(r) for r in rows] == [
        [],
        [],
        [("unit_name", "unit")],
        [("unit_name", "code")],
        [("town_name", "code")],
    ]
    assert rows[0].values.get("town_code") is None


def test_the_city_takes_any_unit_and_asks_for_a_missing_one() -> None:
    rows = drafts(UNITS, scope=CITY)
    assert [r.values.get("unit_code") for r in rows] == ["320981", None, "320925", None, "320981"]
    assert [(p.code, p.grade) for p in rows[1].problems if p.field == "unit_name"] == [
        ("unit", Grade.WARNING)
    ]
    assert rows[2].values["town_code"] == "320925107"


def test_a_missing_unit_column_means_the_own_unit() -> None:
    assert drafts([HEADS, ROW])[0].values["unit_code"] == "320981"
    assert drafts([HEADS, ROW], scope=CITY)[0].values["unit_code"] == "320900"


def test_merged_cells_are_filled_down_and_empty_ones_stay_empty() -> None:
    rows = drafts(
        [
            ["县（市、区）", "所在镇", "企业名称", "信用代码", "辅导机构", "补助金额"],
            ["东台市", "三仓镇", "东台甲有限公司", CODES[0], "某某咨询有限公司", 5],
            [None, None, "东台乙有限公司", CODES[1], None, None],
            [None, None, "东台丙有限公司", CODES[2], None, None],
        ],
        *((1, 0, 3, 0), (1, 1, 2, 1), (1, 4, 3, 4), (1, 5, 2, 5)),
    )
    assert [r.values.get("town_code") for r in rows] == ["320981115", "320981115", None]
    assert [r.values.get("advisor_name") for r in rows] == ["某某咨询有限公司"] * 3
    assert [r.values.get("subsidy_amount_wan") for r in rows] == [5.0, None, None]
    assert [p.message for p in rows[0].problems if p.field == "subsidy_amount_wan"] == [
        "补助金额（万元）：这一格与下面1行合并，数字只记在这一行，请核对"
    ]


def test_an_enterprise_merged_over_two_certificates_is_two_records() -> None:
    rows = drafts(
        [
            ["企业名称", "信用代码", "贯标标准", "证书编号"],
            ["东台甲有限公司", CODES[0], "2013版", "165IP230001R0M"],
            [None, None, "GB/T 33250-2016", "165IP230002R0M"],
            [None, None, None, None],
        ],
        *((1, 0, 3, 0), (1, 1, 3, 1)),
    )
    assert [(r.values["uscc"], r.values["standard_code"]) for r in rows] == [
        (CODES[0], "SD1"),
        (CODES[0], "SD3"),
    ]


def test_a_banner_tells_the_unit_of_the_lines_below_it() -> None:
    rows = drafts(
        [
            HEADS[:3],
            ["一、东台市（2家）"],
            [1, "甲有限公司", CODES[0]],
            ["本页小计", 1],
            [2, "乙有限公司", CODES[1]],
            ["小计", 2],
            ["二、建湖县"],
            [1, "丙有限公司", CODES[2]],
            ["合计", 3],
            [1, "丁有限公司", CODES[3]],
        ],
        scope=CITY,
    )
    assert [r.values.get("unit_code") for r in rows] == ["320981", "320981", "320925", None]


def test_a_banner_tells_the_town_within_a_county_and_another_unit_is_refused() -> None:
    rows = drafts(
        [
            HEADS[:3],
            ["（一）三仓镇"],
            [1, "甲有限公司", CODES[0]],
            ["小计：1家"],
            [2, "乙有限公司", CODES[1]],
            ["头灶镇（1家）"],
            [3, "丙有限公司", CODES[2]],
            ["建湖县"],
            [4, "丁有限公司", CODES[3]],
        ]
    )
    assert [r.values.get("town_code") for r in rows] == ["320981115", None, "320981118", None]
    assert [codes(r) for r in rows] == [[], [], [], [("unit_name", "unit")]]


def test_a_banner_that_names_no_town_ends_the_one_before() -> None:
    rows = drafts(
        [HEADS[:3], ["三仓镇"], [1, "甲有限公司", CODES[0]], ["其他企业"], [2, "乙有限公司", CODES[1]]]
    )
    assert [r.values.get("town_code") for r in rows] == ["320981115", None]


@pytest.mark.parametrize(
    ("above", "refused"),
    [
        ([["建湖县企业知识产权贯标台账"]], True),
        ([["附件2"], ["填报单位：建湖县市场监督管理局"], ["2024年"]], True),
        ([["东台市、建湖县贯标台账"]], False),
        ([["盐城市贯标台账"]], False),
        ([["盐城市东台市贯标台账"]], False),
        ([["经开区贯标台账"]], False),
    ],
)
def test_a_title_of_another_county_is_not_read_as_ones_own(above: Cells, refused: bool) -> None:
    rows: Cells = [*above, HEADS[:3], [1, "甲有限公司", CODES[0]]]
    assert [codes(r) for r in drafts(rows)] == [[("unit_name", "unit")] if refused else []]
    (own,) = drafts([*above, [*HEADS[:3], "县（市、区）"], [1, "甲有限公司", CODES[0], "东台市"]])
    assert codes(own) == []
    assert drafts(rows, scope=CITY)[0].values["unit_code"] == "320900"


def test_a_title_line_above_a_later_table_goes_before_the_first_one() -> None:
    rows = drafts(
        [
            ["建湖县贯标台账"],
            HEADS,
            ROW,
            ["二、东台市培育企业"],
            [*HEADS[:3], "贯标阶段"],
            [1, "乙有限公司", CODES[1], "启动"],
        ]
    )
    assert [codes(r) for r in rows] == [[("unit_name", "unit")], []]


@pytest.mark.parametrize(
    ("head", "refused"),
    [("板块", [False, True, False]), ("原所属区县", [False] * 3), ("所在市", [False] * 3)],
)
def test_units_in_a_column_left_out_still_refuse_others_rows(head: str, refused: list[bool]) -> None:
    cells = ["盐城市"] * 3 if head == "所在市" else ["东台市", "建湖县", None]
    rows: Cells = [[*HEADS[:3], head], *([n, "甲有限公司", CODES[n], cell] for n, cell in enumerate(cells))]
    assert [codes(r) == [("unit_name", "unit")] for r in drafts(rows)] == refused


def test_a_banner_merged_over_the_name_column_is_still_a_banner() -> None:
    rows = drafts([HEADS[1:], ["建湖县"], ["甲有限公司", CODES[0]]], (1, 0, 1, 2), scope=CITY)
    assert [r.values["unit_code"] for r in rows] == ["320925"]


@pytest.mark.parametrize(
    ("head", "cell", "value", "problem"),
    [
        ("补助金额（元）", 50000, 5.0, None),
        ("补助金额", "5万元", 5.0, None),
        ("补助金额", 50000, None, ("number", Grade.ERROR)),
        ("补助金额", "50000元", 5.0, None),
        ("补助金额（万元）", 50000, 50000.0, ("V19", Grade.WARNING)),
        ("补助金额（元）", 5, 0.0005, ("V19", Grade.WARNING)),
        ("补助金额", 5, 5.0, None),
        ("注册资本", 50000, 50000.0, None),
    ],
)
def test_an_amount_without_unit_is_never_guessed(
    head: str, cell: object, value: float | None, problem: tuple[str, Grade] | None
) -> None:
    (row,) = drafts([["企业名称", "信用代码", head], ["东台甲有限公司", CODES[0], cell]])
    told = row.values.get("reg_capital_wan" if head == "注册资本" else "subsidy_amount_wan")
    assert told == value
    assert [(p.code, p.grade) for p in row.problems if p.field.endswith("_wan")] == (
        [problem] if problem else []
    )


def test_a_unit_told_in_the_title_counts() -> None:
    rows: Cells = [
        ["贯标台账", None, "单位：元"],
        ["企业名称", "信用代码", "补助金额"],
        ["东台甲有限公司", CODES[0], 50000],
    ]
    assert drafts(rows)[0].values["subsidy_amount_wan"] == 5.0


def test_no_sentence_holds_the_number_of_a_person() -> None:
    (row,) = drafts([["企业名称", "信用代码", "联系电话"], ["东台甲有限公司", CODES[0], "12812345678"]])
    assert codes(row) == [("contact_phone", "V06")]
    assert not any("12812345678" in p.message for p in row.problems)
    (kept,) = drafts([["企业名称", "信用代码", "联系电话"], ["东台甲有限公司", CODES[0], "138****5678"]])
    assert (kept.refused, "contact_phone" in kept.values) == (False, False)


def test_a_label_is_not_said_twice() -> None:
    (row,) = drafts([HEADS, [1, "东台甲有限公司", "1", None]])
    assert row.problems[0].message == "统一社会信用代码应为18位，现在是1位，请核对营业执照"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("（一）三仓镇（12家）", "三仓镇"),
        ("2、东台市：", "东台市"),
        ("建湖县 共3家", "建湖县"),
        ("三仓镇", "三仓镇"),
    ],
)
def test_a_banner_is_freed_of_its_number(words: str, named: str) -> None:
    assert lines.banner(lines.words_of(words)) == named


def test_words_of_cells() -> None:
    assert [lines.words_of(c) for c in (None, "—", " １２ ", 1.0, 0.5, CellError("#N/A"))] == [
        "",
        "",
        "12",
        "1",
        "0.5",
        "#N/A",
    ]


WORDS = st.sampled_from(
    [
        *(
            "企业名称",
            "信用代码",
            "序号",
            "启动时间",
            "所在镇",
            "县（市、区）",
            "补助金额（元）",
            "认证情况",
            "编号",
            "状态",
        ),
        *(
            "合计",
            "小计",
            "例",
            "备注：",
            "东台市",
            "一、三仓镇",
            "三仓镇",
            "东台甲有限公司",
            CODES[0],
            CODES[1],
            "2023.5.6",
        ),
        *("13812345678", "有效", "启动", "", "—", "（1）", "GB/T 29490-2013"),
    ]
)
GRID = st.lists(
    st.lists(st.one_of(st.none(), WORDS, st.integers(0, 60000), st.dates(), st.booleans()), max_size=7),
    max_size=9,
)
RANGE = st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(0, 9), st.integers(0, 7)).map(
    lambda m: (min(m[0], m[2]), min(m[1], m[3]), max(m[0], m[2]), max(m[1], m[3]))
)


@given(GRID, st.lists(RANGE, max_size=4), st.sampled_from([COUNTY, CITY]))
def test_any_sheet_is_read_without_breaking(
    grid: Cells, ranges: list[tuple[int, int, int, int]], scope: Scope
) -> None:
    for draft in drafts(grid, *ranges, scope=scope):
        assert 1 <= draft.row <= len(grid)
        assert draft.refused or {"enterprise_name", "uscc"} <= draft.values.keys()
        assert draft.refused or scope is CITY or draft.values["unit_code"] == "320981"


def test_a_subtotal_with_its_count_ends_no_unit() -> None:
    rows: Cells = [HEADS[:3], ["建湖县"], ["小计（3家）", None, 3], [1, "甲有限公司", CODES[0]]]
    assert [codes(r) for r in drafts(rows)] == [[("unit_name", "unit")]]
