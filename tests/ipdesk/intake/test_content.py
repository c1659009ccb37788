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
