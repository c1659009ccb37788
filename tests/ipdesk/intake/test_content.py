"""What cells say where heads do not: whose rows they are, where the heads stand, what else a column holds."""

from collections.abc import Sequence

import pytest

from ipdesk.intake.rows import Draft
from tests.ipdesk.intake.reading import CODES, drafts, matches, tables

NAMES = (
    "东台锦盛新材料有限公司",
    "东台恒泰纺织有限公司",
    "东台博宏电子科技股份有限公司",
    "东台远海石油装备厂",
    "东台天新食品有限公司",
    "东台瑞丰化工集团有限公司",
)
HELPER = "盐城智衡知识产权服务有限公司"
Row = Sequence[object]


def fields(heads: Row, *columns: Row) -> list[str | None]:
    """Return what each column is taken for; columns as long as there are names."""
    (table,) = tables([heads, *zip(*columns, strict=True)])
    return [m.taken for m in matches(table)]


@pytest.mark.parametrize(
    "head",
    [
        "参与企业",
        "创建企业",
        "拟贯标企业",
        "被辅导企业",
        "获贯标证书企业",
        "企业注册名称",
        "贯标对象",
        "申请认证企业",
        "主体名称",
    ],
)
def test_the_only_column_of_differing_organisations_is_the_name(head: str) -> None:
    beside = fields(("统一社会信用代码", head, "辅导机构"), CODES, NAMES, [HELPER] * 6)
    assert beside == ["uscc", "enterprise_name", "advisor_name"]


@pytest.mark.parametrize(
    "head", ["签约服务方", "代办机构", "母公司", "曾用名", "中介", "贯标咨询方", "认证方", "原企业名称"]
)
def test_organisations_said_to_be_somebody_elses_are_no_names(head: str) -> None:
    assert "enterprise_name" not in fields(("统一社会信用代码", head), CODES, NAMES)


def test_who_serves_many_rows_is_no_name() -> None:
    assert fields(("统一社会信用代码", "对象"), CODES, [HELPER] * 6) == ["uscc", None]


@pytest.mark.parametrize(
    "head",
    ["营业执照代码", "证照号码", "机构信用代码", "代码", "社会信用代码/税号", "三证合一代码", "法人证号"],
)
def test_the_only_column_of_valid_codes_is_the_code(head: str) -> None:
    assert fields(("企业名称", head), NAMES, CODES) == ["enterprise_name", "uscc"]


def found(rows: Sequence[Row]) -> list[Draft]:
    """Return the record lines, each with name and code."""
    lines = drafts(rows)
    assert [(d.values["enterprise_name"], d.values["uscc"]) for d in lines] == list(
        zip(NAMES, CODES, strict=True)
    )
    return lines


@pytest.mark.parametrize("numbers", [(), (("甲", "乙", "丙", "丁", "1"),), (("1", "2", "3", "4", "5"),)])
def test_words_above_the_first_valid_code_are_the_heads(numbers: Sequence[Row]) -> None:
    heads = ("顺次", "企业详细名称", "证照号码", "何人出证", "说明事项")
    rows = [
        (str(n), name, code, "某", "无") for n, (name, code) in enumerate(zip(NAMES, CODES, strict=True), 1)
    ]
    found([("某某统计表",), heads, *numbers, *rows])


DATES = ("2023-05-06", "2023.6", "2024年3月1日", "2022/7/8", "2023-10-01", "2021-12-03")
PHONES = tuple(f"1381234567{n}" for n in range(6))
STAGES = ("获证", "启动", "内审", "备案", "体系运行", "管理评审")


@pytest.mark.parametrize(
    ("head", "cells", "field"),
    [
        ("企业联络员手机", PHONES, "contact_phone"),
        ("联系人联系方式", PHONES, "contact_phone"),
        ("联系人（电话）", PHONES, "contact_phone"),
        ("董事长手机", PHONES, None),
        ("法人电话", PHONES, None),
        ("辅导机构电话", PHONES, None),
        ("乡镇、街道", ("三仓镇", "头灶镇", "梁垛镇") * 2, "town_name"),
        ("落户镇区", ("三仓镇", "头灶镇", "梁垛镇") * 2, "town_name"),
        ("原所在镇", ("三仓镇", "头灶镇", "梁垛镇") * 2, None),
        ("贯标进程", STAGES, "guanbiao_state"),
        ("所处环节", STAGES, "guanbiao_state"),
        ("目前处于哪个阶段", STAGES, "guanbiao_state"),
        ("截至6月底进展", STAGES, "guanbiao_state"),
        ("数据管理进程", STAGES, None),
        ("上年进展情况", STAGES, None),
        ("证书届满日期", DATES, "cert_valid_to"),
        ("证书核发日期", DATES, "cert_issue_date"),
        ("获得认证证书时间", DATES, "cert_issue_date"),
        ("发证（日期）", DATES, "cert_issue_date"),
        ("质量证书核发日期", DATES, None),
        ("预计到期时间", DATES, None),
        ("发证及到期日期", DATES, None),
        ("体系运行起始时间", DATES, "run_start_date"),
        ("所贯标准", ("2013版", "新版") * 3, "standard_code"),
    ],
)
def test_a_word_of_the_head_and_cells_that_prove_it_name_a_field(
    head: str, cells: Row, field: str | None
) -> None:
    assert fields(("企业名称", "统一社会信用代码", head), NAMES, CODES, cells)[2] == field


def test_of_two_heads_the_one_that_says_more_is_meant() -> None:
    heads = ("企业名称", "统一社会信用代码", "代理机构", "贯标中介机构")
    found_fields = fields(heads, NAMES, CODES, ["盐城东方投资有限公司"] * 6, [HELPER] * 6)
    assert found_fields[2:] == [None, "advisor_name"]


def test_an_optional_column_mostly_unreadable_is_left_out_whole() -> None:
    spans = ("3年", "三年", "3年", "2026-05-01", "三年", "3年")
    (table,) = tables([("企业名称", "信用代码", "证书有效期"), *zip(NAMES, CODES, spans, strict=True)])
    found_match = matches(table)[2]
    assert (found_match.taken, found_match.doubt) == (None, "3年")


def test_a_single_unreadable_cell_refuses_its_row() -> None:
    dates = ("三年", *DATES[1:])
    lines = drafts([("企业名称", "信用代码", "证书有效期"), *zip(NAMES, CODES, dates, strict=True)])
    assert [d.refused for d in lines] == [True, *[False] * 5]


@pytest.mark.parametrize("head", ["注册资本（万美元）", "注册资本（港币万元）", "注册资金（USD）"])
def test_other_money_is_never_taken_for_yuan(head: str) -> None:
    assert fields(("企业名称", "统一社会信用代码", head), NAMES, CODES, [100] * 6)[2] is None


def test_a_line_that_counts_what_is_below_it_is_a_banner() -> None:
    heads = ("企业名称", "统一社会信用代码", "联系人")
    rows = [(name, code, "某") for name, code in zip(NAMES, CODES, strict=True)]
    lines = found([heads, ("三仓镇（4家）", None, None), *rows[:4], ("新区（2家）", None, None), *rows[4:]])
    assert [d.values.get("town_code") for d in lines] == [*["320981115"] * 4, None, None]


def test_codes_are_known_beside_a_mistyped_one() -> None:
    codes = (*CODES[:3], "91320981MA000")
    assert fields(("企业名称", "证照号码"), NAMES[:4], codes) == ["enterprise_name", "uscc"]


def test_an_unreadable_column_beaten_by_a_readable_one_is_only_left_out() -> None:
    heads = ("企业名称", "信用代码", "有效期至", "证书有效期")
    (table,) = tables([heads, *zip(NAMES, CODES, DATES, ["三年"] * 6, strict=True)])
    lost = matches(table)[3]
    assert (lost.field, lost.doubt) == (None, "")
