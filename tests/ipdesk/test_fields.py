"""Field types: what they read, refuse, show, mask and write out."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.fields import (
    Bool,
    Coded,
    Context,
    Date,
    FieldType,
    Integer,
    Name,
    Number,
    PersonName,
    Phone,
    Ref,
    Text,
    Uscc,
    Value,
)
from ipdesk.kinds.declare import Ledger
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.institution import INSTITUTION_LEDGER
from ipdesk.problems import ValueProblem
from tests.ipdesk.intake.reading import CODES

TYPES = (
    Text(),
    Name(),
    Number(),
    Number(measure="万元", most=1000),
    Integer(),
    Integer(year=True),
    Date(),
    Date(end=True),
    Bool(),
    Coded(table="stages.stage"),
    Coded(table="cert_bodies", open=True),
    Coded(table="towns", scoped=True),
    Uscc(),
    Phone(),
)
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates())


@given(st.sampled_from(TYPES), CELLS, st.sampled_from(["", "元", "万元"]))
def test_any_cell_is_a_value_nothing_or_a_problem(type_: FieldType, cell: object, measure: str) -> None:
    context = Context("320981", measure)
    try:
        value = type_.parse(cell, context)
    except ValueProblem:
        value = None
    if value is not None:
        assert type_.loaded(type_.stored(value)) == value
        assert isinstance(type_.show(value), str)
        assert not isinstance(value, float) or math.isfinite(value)
    assert type_.parse(None) is None


@given(st.sampled_from(TYPES), CELLS)
def test_what_a_form_shows_is_read_back_the_same(type_: FieldType, cell: object) -> None:
    context = Context("320981")
    try:
        value = type_.parse(cell, context)
    except ValueProblem:
        return
    if value is not None and not isinstance(type_, (Text, Name, Phone)):
        assert type_.parse(type_.edit(value), context) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (" 甲\n乙 ", "甲 乙"),
        ("１６５ＩＰ２３", "165IP23"),
        (12.0, "12"),
        (0.5, "0.5"),
        (True, "是"),
        (date(2023, 5, 6), "2023-05-06"),
    ],
)
def test_text_stands_as_it_is_without_stray_spaces(cell: object, value: str) -> None:
    assert Text().parse(cell) == value


@pytest.mark.parametrize("cell", [9.13209e17, "9.13209E+17", "1.2e15", 10**16, math.inf, math.nan])
@pytest.mark.parametrize(("type_", "code"), [(Text(), "number"), (Uscc(), "V01"), (Phone(), "V06")])
def test_a_number_that_destroyed_a_code_is_refused_with_the_reason(
    cell: object, type_: FieldType, code: str
) -> None:
    with pytest.raises(ValueProblem, match="科学计数") as refused:
        type_.parse(cell)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [(" 东台甲(集团) 有限公司 ", "东台甲（集团）有限公司"), ("ＡＢＣ 电子", "ABC 电子"), ("无", None)],
)
def test_a_name_has_full_width_brackets_and_no_spaces(cell: str, value: str | None) -> None:
    assert Name().parse(cell) == value


def test_a_name_is_known_by_its_ending() -> None:
    assert Name().recognises("东台甲有限公司（筹）")
    assert not Name().recognises("张三")
    assert not Name().recognises(3)


@pytest.mark.parametrize(
    ("cell", "measure", "value"),
    [
        (5, "", 5.0),
        (50000, "元", 5.0),
        ("5万元", "元", 5.0),
        ("50,000元", "", 5.0),
        ("￥50,000.00", "元", 5.0),
        ("人民币5万元整", "", 5.0),
        ("0.5亿元", "", 5000.0),
        ("伍佰万元", "", 500.0),
        ("五百万", "元", 500.0),
        ("贰拾万元整", "", 20.0),
        ("人民币伍萬圆整", "", 5.0),
        ("一亿二千万元", "", 12000.0),
        ("三十五万五千元", "", 35.5),
        ("五", "", 5.0),
        ("十", "万元", 10.0),
        ("５．５", "", 5.5),
        ("3千元", "", 0.3),
        ("1,262.7", "", 1262.7),
        (".5", "", 0.5),
    ],
)
def test_an_amount_is_in_the_unit_of_cell_or_head(cell: object, measure: str, value: float) -> None:
    assert Number(measure="万元").parse(cell, Context(None, measure)) == value


@pytest.mark.parametrize("cell", ["3-5万", "约5万", "5%", "约伍万元", "2万元/家", "9" * 60, "1,26"])
def test_what_is_no_figure_is_refused(cell: str) -> None:
    with pytest.raises(ValueProblem, match="单位：万元"):
        Number(measure="万元").parse(cell)
    with pytest.raises(ValueProblem):
        Number().parse("5万元")


def test_figures_are_shown_grouped_and_edited_plain() -> None:
    type_ = Number(measure="万元")
    assert (type_.show(1262.70), type_.edit(1262.7), type_.cell(5.0)) == ("1,262.7", "1262.7", 5.0)
    assert (type_.show(None), type_.cell(None)) == ("", None)


@pytest.mark.parametrize(
    ("cell", "value"), [("51人", 51), (51.0, 51), ("1,200", 1200), ("12.00", 12), ("—", None)]
)
def test_a_whole_number_may_carry_its_measure(cell: object, value: int | None) -> None:
    assert Integer().parse(cell) == value
    assert Integer().cell(value) == value


@pytest.mark.parametrize("cell", ["51.5", -3, "约50", "24"])
def test_a_year_or_count_that_is_none_is_refused(cell: object) -> None:
    with pytest.raises(ValueProblem, match="请改正"):
        Integer(year=True).parse(cell)


def test_a_year_has_four_figures() -> None:
    assert Integer(year=True).parse("2024年度") == 2024


def test_a_date_takes_the_last_day_of_a_span_only_where_it_ends() -> None:
    assert Date(end=True).parse("2023.5.6-2026.5.5") == "2026-05-05"
    assert Date().parse("—") is None
    with pytest.raises(ValueProblem):
        Date().parse("2023.5.6-2026.5.5")


@pytest.mark.parametrize(
    ("cell", "value"), [("√", True), ("无", False), ("是", True), (0, False), ("", None), ("×", False)]
)
def test_yes_and_no(cell: object, value: bool | None) -> None:
    assert Bool().parse(cell) is value
    assert Bool().loaded(Bool().stored(value)) is value


def test_yes_and_no_are_shown_and_offered() -> None:
    assert (Bool().show(True), Bool().show(False), Bool().show(None)) == ("是", "否", "")
    assert Bool().options() == (("1", "是"), ("0", "否"))
    with pytest.raises(ValueProblem, match="请改为“是”或“否”"):
        Bool().parse("可能")


def test_a_code_is_looked_up_shown_and_offered() -> None:
    stage, body = Coded(table="stages.stage"), Coded(table="cert_bodies", open=True)
    assert (stage.parse("已获证"), stage.show("ST15"), stage.show(None)) == ("ST15", "获证", "")
    assert body.parse("某某(北京)认证") == "某某（北京）认证"
    assert not body.recognises("某某认证")
    assert ("CS5", "过期失效") not in Coded(table="stages.cert_status").options()
    with pytest.raises(ValueProblem, match="不在代码表中"):
        stage.parse("进行中")


def test_towns_are_looked_up_within_the_unit() -> None:
    town = Coded(table="towns", scoped=True)
    assert town.parse("三仓镇", Context("320981")) == "320981115"
    assert not town.recognises("三仓镇", Context("320925"))
    assert all(code.startswith("320925") for code, _ in town.options(Context("320925")))


@pytest.mark.parametrize(
    "cell", [CODES[0], CODES[0].lower(), f" {CODES[0]}\n", "'" + CODES[0], f"{CODES[0][:8]}-{CODES[0][8:]}"]
)
def test_a_credit_code_is_read_however_it_is_typed(cell: str) -> None:
    assert Uscc().parse(cell) == CODES[0]
    assert Uscc().recognises(cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("123", "现在是3位"),
        ("91A20981MABJ1XG60Q", "第3至8位应是数字"),
        ("9132098IMABJ1XG60Q", "不会有“I”"),
        (CODES[0][:-1] + "X", "校验位不符"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_what_is_wrong(cell: str, why: str) -> None:
    with pytest.raises(ValueProblem, match=why):
        Uscc().parse(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (13812345678.0, "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0515—88888888", "0515-88888888"),
        ("13812345678/0515-88888888", "13812345678、0515-88888888"),
        ("13812345678\n13912345678", "13812345678、13912345678"),
        ("0515 88888888", "051588888888"),
        ("转8001", "转8001"),
    ],
)
def test_a_phone_number_is_read_without_spaces(cell: object, value: str) -> None:
    assert Phone().parse(cell) == value


def test_a_wrong_mobile_number_is_refused_and_not_told() -> None:
    with pytest.raises(ValueProblem) as refused:
        Phone().parse("12812345678")
    assert refused.value.code == "V06"
    assert "12812345678" not in refused.value.message


@pytest.mark.parametrize("cell", ["138123456789", "13812345678901", "1381234567813912345678"])
def test_a_mobile_number_with_too_many_figures_is_refused(cell: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        Phone().parse(cell)
    assert refused.value.code == "V06"
    assert cell not in refused.value.message


@pytest.mark.parametrize("cell", ["100万美元", "500万港币", "USD100", "€5", "万", "元"])
def test_other_money_is_no_amount(cell: str) -> None:
    with pytest.raises(ValueProblem):
        Number(measure="万元").parse(cell)


@pytest.mark.parametrize(
    ("cell", "known"),
    [("13812345678", True), ("0515-88888888", True), ("张三", False), ("12812345678", False)],
)
def test_a_phone_number_is_known_by_its_look(cell: str, known: bool) -> None:
    assert Phone().recognises(cell) is known


@pytest.mark.parametrize(
    ("type_", "value", "masked"),
    [(Phone(), "13812345678", "138****5678"), (Text(), "甲", "甲"), (Phone(), None, None)],
)
def test_personal_values_are_masked(type_: FieldType, value: Value, masked: Value) -> None:
    assert type_.mask(value) == masked


def test_a_link_names_its_kind() -> None:
    assert Ref(kind="case").kind == "case"
    assert Text().cell("甲") == "甲"
    assert Text().options() == ()


@pytest.mark.parametrize(
    ("type_", "cell", "known"), [(Date(), "2023.5", True), (Date(), "去年", False), (Integer(), "", False)]
)
def test_a_cell_looks_like_a_type_when_it_can_be_read(type_: FieldType, cell: str, known: bool) -> None:
    assert type_.recognises(cell) is known


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [(Text(), None, ""), (Text(), "甲", "甲"), (Date(), "2023-05", "2023-05"), (Number(), 0.5, "0.5")],
)
def test_a_value_is_shown_and_edited(type_: FieldType, value: Value, shown: str) -> None:
    assert (type_.show(value), type_.edit(value)) == (shown, shown)
    assert type_.mask(value) == value


def test_what_no_package_could_carry_is_refused_where_it_is_written() -> None:
    for kind, cell in ((Number(measure="万元"), 320911000012345), (Text(), "字" * 32_768)):
        with pytest.raises(ValueProblem):
            kind.parse(cell)
    assert Text().parse("字" * 32_767) == "字" * 32_767


@pytest.mark.parametrize("type_", [Bool(), Number(), Integer(), Date(), Coded(table="regions")])
def test_a_telephone_in_the_wrong_column_is_not_quoted(type_: FieldType) -> None:
    for cell in ("13912345678转8001号", "王五 139-1234-5678"):
        with pytest.raises(ValueProblem) as problem:
            type_.parse(cell)
        assert "1234" not in problem.value.message


def test_millions_are_read() -> None:
    assert [Number(measure="万元").parse(w) for w in ("5百万", "5百万元", "1,200万")] == [
        500.0,
        500.0,
        1200.0,
    ]


@pytest.mark.parametrize("words", ["五六万", "十五六万", "三五万元"])
def test_an_amount_between_two_figures_is_refused(words: str) -> None:
    with pytest.raises(ValueProblem):
        Number(measure="万元").parse(words)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　力", "王力"),
        (" 欧阳 娜娜 ", "欧阳娜娜"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
        ("李Ｍary", "李Mary"),
        ("John  Smith", "John Smith"),
        ("㤚𬭎", "㤚𬭎"),
    ],
)
def test_a_persons_name_has_no_space_that_only_fills_its_cell(cell: str, name: str) -> None:
    assert PersonName().parse(cell) == name
    assert PersonName().parse(name) == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　力", "王力"),
        ("张三 李四", "张三 李四"),
        ("欧阳 娜娜", "欧阳 娜娜"),
        ("张三 李四、王 五", "张三 李四、王五"),
    ],
)
def test_where_several_may_be_named_only_a_spread_name_loses_its_space(cell: str, name: str) -> None:
    assert PersonName(several=True).parse(cell) == name
    assert PersonName(several=True).parse(name) == name


@pytest.mark.parametrize(
    ("ledger", "field"),
    [(GUANBIAO, "legal_rep"), (GUANBIAO, "contact_name"), (INSTITUTION_LEDGER, "legal_rep")],
)
def test_persons_in_other_ledgers_are_read_as_persons(ledger: Ledger, field: str) -> None:
    assert ledger.field(field).type.parse("王　力") == "王力"
