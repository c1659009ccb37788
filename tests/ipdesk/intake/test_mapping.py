"""What each column is taken for: by its head, by head and cells together, never by spelling alone."""

import csv
import random

import pytest

from ipdesk.intake.heads import combined, fold_head, normal, shown
from ipdesk.intake.mapping import ColumnMatch
from ipdesk.resources import resource
from tests.ipdesk.intake import truth
from tests.ipdesk.intake.reading import CODES, LEDGER, VOCABULARY, Cells, matches, tables

with resource("codes", "headers_guanbiao.csv").open(encoding="utf-8-sig", newline="") as stream:
    SYNONYMS = list(csv.DictReader(stream))
DICE = random.Random(1)
CELLS: dict[str, list[object]] = {
    "phone": [f"138{n:08d}" for n in range(9)],
    "stage": ["获证", "启动", "内审"],
    "status": ["有效", "撤销", "暂停"],
    "date": ["2023.5.6", "2024年3月", "2023-01-02"],
    "uscc": [truth.uscc(DICE, "320981") for _ in range(9)],
    "unit": ["东台市", "东台", "建湖县"],
    "town": ["三仓镇", "头灶镇", "梁垛镇"],
    "name": ["东台甲有限公司", "乙纺织厂", "丙科技股份有限公司"],
    "person": ["张三", "李四", "王五"],
    "number": [5, 3, 1.5],
    "trade": ["在产", "停产", "在产"],
    "gone": ["注销", "注销", "注销"],
    "result": ["合格", "优秀", "合格"],
    "standard": ["2013版", "GB/T 29490-2023", "新版"],
    "yes": ["是", "否", "是"],
    "certificate": ["165IP235744R0M", "165IP235745R0M", "165IP235746R0M"],
    "mixed": ["张三 13812345678", "李四13812345679", "13812345670王五"],
    "none": [None],
}


def column(head: str, kind: str, *others: tuple[str, str]) -> list[ColumnMatch]:
    """Return what the columns beside name and code are taken for."""
    heads = ["企业名称", "信用代码", head, *(h for h, _ in others)]
    rows = [
        ["东台甲有限公司", CODES[0], *(CELLS[k][n % len(CELLS[k])] for k in (kind, *(k for _, k in others)))]
        for n in range(9)
    ]
    return list(matches(tables([heads, *rows])[0])[2:])


@pytest.mark.parametrize("row", SYNONYMS, ids=lambda r: f"{r['header_synonym']}")
def test_every_listed_head_is_its_field(row: dict[str, str]) -> None:
    near = VOCABULARY.near((row["header_synonym"],))
    assert near == (row["field"], 1.0)


def test_every_declared_label_and_head_is_its_field() -> None:
    for field in LEDGER.fields:
        for head in (field.label, *field.heads):
            assert VOCABULARY.near((head,)) == (field.sheet_name, 1.0), head


@pytest.mark.parametrize(
    "dressed",
    [
        "企业名称*",
        "*企业名称",
        "【企业名称】",
        "企业名称\n（必填）",
        " 企 业 名 称 ",
        "企业名称：",
        "1.企业名称",
        "企业名称（盖章）",
        "[必填]企业名称",
    ],
)
def test_marks_spaces_and_asides_do_not_matter(dressed: str) -> None:
    near = VOCABULARY.near((dressed,))
    assert near
    assert near.field == "enterprise_name"


@pytest.mark.parametrize(
    ("head", "kind", "field"),
    [
        ("贯标启动日期", "date", "start_date"),
        ("证书有效期限", "date", "cert_valid_to"),
        ("到期时间", "date", "cert_valid_to"),
        ("发证机关", "name", "cert_body"),
        ("认证单位名称", "name", "cert_body"),
        ("颁证时间", "date", "cert_issue_date"),
        ("证书发证日期", "date", "cert_issue_date"),
        ("首次监督审核时间", "date", "surveil_1_date"),
        ("新证书号", "certificate", "new_cert_no"),
        ("补助金额（元）", "number", "subsidy_amount_wan"),
        ("奖补资金(万元)", "number", "subsidy_amount_wan"),
        ("补贴金额/万元", "number", "subsidy_amount_wan"),
        ("联系人姓名", "person", "contact_name"),
        ("企业法人", "person", "legal_rep"),
        ("企业联系电话", "phone", "contact_phone"),
        ("办公电话", "phone", "contact_phone"),
        ("县区", "unit", "unit_name"),
        ("乡镇", "town", "town_name"),
        ("阶段", "stage", "guanbiao_state"),
        ("标准", "standard", "standard_code"),
        ("评价等次", "result", "eval_result"),
        ("辅导机构代码", "uscc", "advisor_uscc"),
        ("状态", "status", "cert_status"),
        ("状态", "stage", "guanbiao_state"),
    ],
)
def test_a_head_nobody_listed_is_taken_where_head_and_cells_agree(head: str, kind: str, field: str) -> None:
    (found,) = column(head, kind)
    assert (found.taken, found.certain) == (field, True)


def test_a_code_nobody_listed_is_known_by_its_check_digit() -> None:
    for head, field in (("编码", "uscc"), ("统一编码", "uscc"), ("原编码", None), ("合作方编码", None)):
        (table,) = tables(
            [["企业名称", head, "联系人"], *(["东台甲有限公司", code, "张三"] for code in CODES)]
        )
        assert [m.taken for m in matches(table)] == ["enterprise_name", field, "contact_name"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        *[
            ("状态", "trade"),
            ("状态", "gone"),
            ("状态", "none"),
            ("企业状态", "trade"),
            ("绩效评价时间", "date"),
        ],
        *[
            ("法人电话", "phone"),
            ("辅导机构电话", "phone"),
            ("认证机构联系电话", "phone"),
            ("财务电话", "phone"),
        ],
        *[
            ("认证时间", "date"),
            ("有效期起", "date"),
            ("计划启动时间", "date"),
            ("日期", "date"),
        ],
        *[
            ("预计获证时间", "date"),
            ("原发证日期", "date"),
            ("上次发证日期", "date"),
            ("原证书编号", "certificate"),
        ],
        *[
            ("编号", "certificate"),
            ("证书", "certificate"),
            ("机构", "name"),
            ("母公司名称", "name"),
            ("负责人", "person"),
        ],
        *[
            ("市级补助金额", "number"),
            ("是否科技型企业", "yes"),
            ("板块", "unit"),
            ("原所属区县", "unit"),
            ("属地", "town"),
        ],
        *[
            ("评价情况", "result"),
            ("验收情况", "result"),
            ("上年进度", "stage"),
            ("认证机构信用代码", "uscc"),
            ("金额", "number"),
        ],
    ],
)
def test_what_is_not_certain_is_left_out(head: str, kind: str) -> None:
    (found,) = column(head, kind)
    assert found.taken is None


def test_a_head_whose_cells_are_all_anothers_gives_way() -> None:
    (found,) = column("申报单位", "unit")
    assert found.taken == "unit_name"
    heads = ["申报单位", "企业名称", "信用代码"]
    (table,) = tables([heads, *(["东台市", "东台甲有限公司", code] for code in CODES)])
    assert [m.taken for m in matches(table)] == ["unit_name", "enterprise_name", "uscc"]


def test_one_field_takes_one_column_the_fullest() -> None:
    first, second = column("联系电话", "phone", ("手机", "phone"))
    assert (first.taken, second.taken, second.head) == ("contact_phone", None, "手机")
    first, second = column("联系电话", "none", ("手机", "phone"))
    assert (first.taken, second.taken) == (None, "contact_phone")


def test_repeated_heads_are_told_apart() -> None:
    first, second = column("联系电话", "phone", ("联系电话", "phone"))
    assert (first.head, second.head) == ("联系电话", "联系电话（2）")


def test_a_column_without_head_is_named_by_its_letter() -> None:
    rows: Cells = [["企业名称", None, "信用代码"], ["东台甲有限公司", "某某", CODES[0]]]
    assert [m.head for m in matches(tables(rows)[0])] == ["企业名称", "B列（无表头）", "信用代码"]


def test_samples_are_few_and_personal_ones_masked() -> None:
    (phone,) = column("联系电话", "phone")
    assert len(phone.samples) == 5
    assert all("****" in words for words in phone.samples)
    (unknown,) = column("微信", "phone")
    assert all("****" in words for words in unknown.samples)
    (name,) = column("联系人", "person")
    assert name.samples == ("张三", "李四", "王五")


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"进展说明": "guanbiao_state"}, "guanbiao_state"),
        ({"进展 说明": "stage"}, "guanbiao_state"),
        ({"进展说明": None}, None),
        ({"进展说明": ""}, None),
        ({"进展说明": "seq"}, "seq"),
    ],
)
def test_a_given_mapping_goes_before_every_guess(given: dict[str, str | None], taken: str | None) -> None:
    rows = [["企业名称", "信用代码", "进展说明"], ["东台甲有限公司", CODES[0], "启动"]]
    found = matches(tables(rows)[0], given)[2]
    assert (found.taken, found.certain) == (taken, True)


def test_a_repeated_head_can_be_given_by_its_number() -> None:
    rows = [
        ["企业名称", "信用代码", "电话", "电话"],
        ["东台甲有限公司", CODES[0], "13812345678", "13912345678"],
    ]
    found = matches(tables(rows)[0], {"电话": None, "电话（2）": "contact_phone"})
    assert [m.taken for m in found[2:]] == [None, "contact_phone"]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (("认证情况", "机构"), "cert_body"),
        (("证书信息", "编号"), "cert_no"),
        (("认证情况", "编号"), "cert_no"),
        (("补助情况", "金额"), "subsidy_amount_wan"),
        (("补助", "文号"), "subsidy_doc_no"),
        (("绩效评价", "文号"), "eval_doc_no"),
        (("绩效评价", "时间"), None),
        (("监督审核", "第一次"), "surveil_1_date"),
        (("第一次监督审核", "结论"), "surveil_1_result"),
        (("联系方式", "姓名"), "contact_name"),
        (("联系方式", "联系人"), "contact_name"),
        (("认证情况", "状态（有效/暂停/撤销）"), "cert_status"),
        (("东台市贯标台账", "企业名称"), "enterprise_name"),
    ],
)
def test_a_leaf_is_read_with_its_group(texts: tuple[str, ...], field: str | None) -> None:
    near = VOCABULARY.near(texts)
    assert (near.field if near else None) == field


def test_a_head_tells_its_unit() -> None:
    assert [
        fold_head(h).measure for h in ("金额（万元）", "金额（元）", "注册资本/万", "金额单位：千元", "万元")
    ] == [*("万元", "元", "", "千元", "")]
    assert combined(("补助（元）", "金额"))[0].measure == "元"
    assert (shown(("企业 信息", "名称", "")), shown(())) == ("企业信息/名称", "")
    assert normal("证书到期日期") == normal("证书到期时间")


def test_running_numbers_are_passed_over_only_where_they_are_numbers() -> None:
    assert [m.taken for m in column("编号", "number")] == ["seq"]
    assert [m.taken for m in column("编号", "certificate")] == [None]


def test_of_two_columns_with_the_same_head_and_other_cells_neither_is_taken() -> None:
    found = column("证书编号", "certificate", ("证书编号", "status"))
    assert [m.taken for m in found] == [None, None]
    found = column("证书编号", "certificate", ("证书编号", "certificate"))
    assert [m.taken for m in found] == ["cert_no", None]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        *(("名称", "enterprise_name"), ("参训企业", "enterprise_name"), ("受审核方名称", "enterprise_name")),
        *(("供应企业", None), ("代办", None)),
    ],
)
def test_the_only_column_of_companies_is_the_name_unless_its_head_says_whose(
    head: str, field: str | None
) -> None:
    rows: Cells = [[head, "信用代码"], *([name, CODES[n]] for n, name in enumerate(CELLS["name"]))]
    assert [m.taken for m in matches(tables(rows)[0])] == [field, "uscc"]
