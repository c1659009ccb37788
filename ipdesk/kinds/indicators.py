"""Declare what is reported of an indicator for a period, the targets set for it, and the report of a period as such.

Sources: indicators.csv (what is reported, in which unit, how often), domain.md E (what is kept with every figure).
"""

from ipdesk.fields import Bool, Coded, Date, Integer, Number, PeriodCode, Text
from ipdesk.kinds import common
from ipdesk.kinds.declare import Field, Key, Kind, Ledger
from ipdesk.kinds.sections import heads

WHAT, FIGURES, PROOF, TARGET_PART, REPORT_PART = ("指标与报送期", "数值与比率", "来源与审核", "目标", "报送")


def _indicator(section: str) -> Field:
    return Field(
        "indicator_code",
        "指标",
        Coded(table="indicators"),
        heads=heads("指标名称|指标代码|主要指标|指标项|考核指标|目标指标"),
        identifies=True,
        required=True,
        section=section,
        column=1,
        width=240,
        printed=1,
    )


def _period(section: str) -> Field:
    return Field(
        "period",
        "报送期",
        PeriodCode(),
        heads=heads("报告期|统计期|期次|所属期|填报期|数据所属期"),
        identifies=True,
        required=True,
        section=section,
        column=2,
        width=110,
        printed=1,
        help="按指标规定的频次填，如 2024-03（月）、2024-Q1（季）、2024（年）",
    )


def _measure(section: str, told: str) -> Field:
    """Return the unit of measure that a sheet tells, so that 亿元 are not taken for 万元."""
    return Field(
        "measure",
        "计量单位",
        Text(offered=("件", "万元", "亿元", "%", "个", "家", "人")),
        heads=heads("单位|数值单位|指标单位"),
        section=section,
        width=84,
        help=told,
    )


INDICATOR_VALUE = Kind(
    "indicator_value",
    "指标数值",
    fields=(
        common.unit(WHAT, 3, printed=1),
        _indicator(WHAT),
        _period(WHAT),
        Field(
            "item",
            "分项",
            Coded(table="indicator_items"),
            heads=heads("分项名称|其中|类别"),
            section=WHAT,
            column=7,
            width=110,
            printed=2,
            help="指标要求分列的才填，如许可备案和转让登记；不分列的空着",
        ),
        _measure(FIGURES, "可不填；金额只按万元填"),
        Field(
            "value",
            "本期数值",
            Number(),
            heads=heads("数值|本期|本期数|本期值|本期完成|完成数|指标值|本期新增|本期完成数"),
            section=FIGURES,
            column=4,
            width=100,
            printed=1,
            help="累计类指标填本期新增数，存量类填期末数；金额按万元填",
        ),
        Field(
            "total",
            "累计数值",
            Number(),
            heads=heads("累计|累计数|累计值|累计完成|累计完成数|自计划起累计"),
            section=FIGURES,
            column=8,
            width=100,
            printed=1,
            help="自计划统计起点到本期末的累计数；与各期新增之和不同时以它为准",
        ),
        Field(
            "numerator",
            "分子",
            Number(),
            heads=heads("分子数|分子值|已完成数|按期结案数"),
            section=FIGURES,
            column=5,
            width=90,
            printed=2,
            help="比率类指标必填，市级汇总用分子、分母分别相加",
        ),
        Field(
            "denominator",
            "分母",
            Number(),
            heads=heads("分母数|分母值|应完成数|应结案数"),
            section=FIGURES,
            column=6,
            width=90,
            printed=2,
        ),
        Field(
            "fall_reason",
            "下降原因",
            Text(long=True),
            heads=heads("下降说明|比上期减少原因|减少原因|变动原因"),
            section=FIGURES,
            width=160,
            help="比上期下降时写明原因",
        ),
        Field(
            "source",
            "数据来源",
            Text(offered=("上级反馈", "统计部门", "法院、检察院、公安", "登记册", "第三方调查", "部门报送")),
            heads=heads("来源|数据出处|资料来源"),
            required=True,
            section=PROOF,
            column=9,
            width=110,
            printed=2,
        ),
        Field(
            "definition_version",
            "口径版本",
            Text(),
            heads=heads("口径|统计口径|口径说明|指标口径"),
            section=PROOF,
            width=110,
            help="按哪一版口径统计，如“2023年常住人口”",
        ),
        Field(
            "evidence",
            "佐证",
            Text(long=True),
            heads=heads("佐证材料|证明材料|依据|支撑材料"),
            section=PROOF,
            width=160,
            printed=3,
        ),
        Field(
            "reporter",
            "填报人",
            Text(),
            heads=heads("填表人|经办人|报送人|制表人"),
            section=PROOF,
            width=84,
            printed=3,
        ),
        Field(
            "reviewer",
            "审核人",
            Text(),
            heads=heads("复核人|审核|负责人|审核人员"),
            section=PROOF,
            width=84,
            printed=3,
        ),
        Field("reviewed_at", "审核日期", Date(), heads=heads("审核时间|复核日期"), section=PROOF, width=100),
        common.remark(PROOF),
    ),
    identity=(Key("period"), Key("indicator_code"), Key("unit_code"), Key("item")),
)

INDICATOR_VALUE_LEDGER = Ledger(
    "indicator_value",
    "指标分期填报",
    root=INDICATOR_VALUE,
    parts=(),
    name_field="indicator_code",
    name_with=("period", "item"),
    key_field="indicator_code",
    search=("indicator_code", "period", "source", "reporter", "evidence"),
    measure="条",
    sections=(WHAT, FIGURES, PROOF),
    order=("unit_code", "indicator_code", "period", "item", "value", "total", "numerator", "denominator"),
    last=("remark",),
    ignored={"seq": ("序号", "编号")},
    group="indicators",
)

TARGET = Kind(
    "target",
    "目标",
    fields=(
        common.unit(TARGET_PART, 2, "责任单位|承担单位", printed=1),
        _indicator(TARGET_PART),
        Field(
            "target_year",
            "目标年度",
            Integer(year=True),
            heads=heads("年度|考核年度|年份"),
            section=TARGET_PART,
            column=3,
            width=90,
            printed=1,
            help="整个计划期的目标不填年度",
        ),
        Field(
            "target_value",
            "目标值",
            Number(),
            heads=heads("目标|目标数|任务数|分解数|目标任务|年度目标|指导性目标"),
            identifies=True,
            required=True,
            section=TARGET_PART,
            column=4,
            width=100,
            printed=1,
            help="单位与指标相同，如质押融资按亿元",
        ),
        _measure(TARGET_PART, "可不填；填了就要与指标的单位一致，如质押融资的目标按亿元"),
        Field(
            "target_source",
            "目标来源",
            Coded(table="plan.target_source"),
            heads=heads("来源|下达方式|目标依据类型"),
            required=True,
            section=TARGET_PART,
            column=5,
            width=100,
            printed=1,
        ),
        Field(
            "doc_no",
            "依据文号",
            Text(),
            heads=heads("文号|依据|下达文号|文件号"),
            section=TARGET_PART,
            column=6,
            width=150,
            printed=2,
        ),
        Field(
            "set_date",
            "下达日期",
            Date(),
            heads=heads("日期|文件日期|下达时间"),
            section=TARGET_PART,
            column=7,
            width=100,
            printed=2,
        ),
        common.remark(TARGET_PART),
    ),
    identity=(Key("indicator_code"), Key("unit_code"), Key("target_year")),
)

TARGET_LEDGER = Ledger(
    "target",
    "目标分解表",
    root=TARGET,
    parts=(),
    name_field="indicator_code",
    name_with=("target_year",),
    key_field="indicator_code",
    search=("indicator_code", "doc_no"),
    measure="条",
    sections=(TARGET_PART,),
    order=("unit_code", "indicator_code", "target_year", "target_value"),
    last=("remark",),
    ignored={"seq": ("序号", "编号")},
    group="indicators",
)

PERIOD_REPORT = Kind(
    "period_report",
    "期次报送",
    fields=(
        common.unit(REPORT_PART, 1, "单位", printed=1),
        _period(REPORT_PART),
        Field(
            "report_state",
            "报送状态",
            Coded(table="plan.report_state"),
            required=True,
            section=REPORT_PART,
            column=3,
            width=90,
            printed=1,
        ),
        Field(
            "is_zero",
            "零报告",
            Bool(),
            section=REPORT_PART,
            column=4,
            width=80,
            printed=1,
            help="本期确实没有可报的，也要报送",
        ),
        Field("submitted_at", "报送日期", Date(), section=REPORT_PART, column=5, width=100, printed=1),
        Field("reporter", "填报人", Text(), section=REPORT_PART, column=6, width=84, printed=2),
        Field("reviewer", "审核人", Text(), section=REPORT_PART, width=84, printed=2),
        Field(
            "submission",
            "报送次数",
            Integer(),
            section=REPORT_PART,
            width=80,
            help="第几次报送；退回后重新报送的加一次",
        ),
        Field(
            "withdrawn_for",
            "撤回原因",
            Text(long=True),
            section=REPORT_PART,
            width=160,
            help="报送后市局接收前撤回的，写明原因",
        ),
        common.remark(REPORT_PART),
    ),
    identity=(Key("period"), Key("unit_code")),
)

PERIOD_REPORT_LEDGER = Ledger(
    "period_report",
    "期次报送",
    root=PERIOD_REPORT,
    parts=(),
    name_field="period",
    key_field="period",
    search=("period", "reporter"),
    measure="期",
    sections=(REPORT_PART,),
    order=("unit_code", "period", "report_state", "is_zero", "submitted_at"),
    last=("remark",),
    ignored={"seq": ("序号", "编号")},
    group="indicators",
)
