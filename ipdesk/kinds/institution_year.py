"""Declare an institution's business in one year (headers_institution.csv, domain.md B)."""

from ipdesk.fields import Date, Integer, Number, Ref
from ipdesk.kinds.declare import Field, Key, Kind
from ipdesk.kinds.sections import heads

STAFF, YEAR = "人员", "年度经营"

INSTITUTION_YEAR = Kind(
    "institution_year",
    "机构年度经营",
    fields=(
        Field("institution_id", "机构", Ref(kind="institution"), required=True),
        Field(
            "stat_year",
            "统计年度",
            Integer(year=True),
            heads=heads("年度|报告期|统计年份|年份|报告年度|所属年度"),
            section=YEAR,
            column=7,
            width=84,
            printed=1,
        ),
        Field(
            "revenue_total_wan",
            "营业总收入（万元）",
            Number(measure="万元"),
            heads=heads(
                "营业收入|总收入|年营业收入（万元）|年收入|营业总收入|营业总收入(万元)|年营业收入|营收"
            ),
            section=YEAR,
            width=110,
            printed=2,
        ),
        Field(
            "revenue_ip_wan",
            "知识产权主营业务收入（万元）",
            Number(measure="万元"),
            heads=heads(
                "主营业务收入|知产收入|知识产权服务收入|主营收入（万元）|知识产权主营业务收入(万元)|知识产权业务收入|主营收入|知识产权收入"
            ),
            section=YEAR,
            column=8,
            width=120,
            printed=1,
            help="只填知识产权服务的收入，不超过总收入",
        ),
        Field(
            "tax_wan",
            "纳税额（万元）",
            Number(measure="万元"),
            heads=heads("纳税总额|纳税额(万元)|纳税额|纳税"),
            section=YEAR,
        ),
        Field(
            "client_count",
            "服务企业数",
            Integer(),
            heads=heads("客户数量|服务客户数|服务企业数量|客户数"),
            section=YEAR,
        ),
        Field(
            "patent_filing_count",
            "代理专利申请量",
            Integer(),
            heads=heads("专利代理量|代理申请量|专利申请代理量"),
            section=YEAR,
        ),
        Field(
            "trademark_filing_count",
            "代理商标申请量",
            Integer(),
            heads=heads("商标代理量"),
            section=YEAR,
        ),
        Field(
            "guanbiao_advised_count",
            "辅导贯标企业数",
            Integer(),
            heads=heads("贯标辅导（家）|辅导贯标企业|贯标辅导企业数"),
            section=YEAR,
        ),
        Field(
            "staff_count",
            "从业人员数",
            Integer(),
            heads=heads("员工人数|从业人数|职工人数|人员总数|从业人员|员工数|人数"),
            section=STAFF,
            column=5,
            width=90,
            printed=1,
        ),
        Field(
            "ip_staff_count",
            "知识产权业务人员数",
            Integer(),
            heads=heads("专业人员数|知识产权从业人员|专业人员"),
            section=STAFF,
        ),
        Field(
            "patent_agent_count",
            "执业专利代理师数",
            Integer(),
            heads=heads(
                "专利代理师人数|执业专利代理师|专利代理师（人）|专利代理人数|专利代理师数|专利代理师"
            ),
            section=STAFF,
            column=12,
            width=100,
            printed=2,
        ),
        Field(
            "trademark_agent_count",
            "商标代理从业人员数",
            Integer(),
            heads=heads("商标代理从业人员|商标代理人数"),
            section=STAFF,
        ),
        Field(
            "lawyer_count", "执业律师数", Integer(), heads=heads("律师人数|执业律师|律师数"), section=STAFF
        ),
        Field(
            "bachelor_up_count",
            "本科及以上人数",
            Integer(),
            heads=heads("本科以上人数|本科及以上学历人数|本科及以上"),
            section=STAFF,
        ),
        Field("reported_at", "年度填报日期", Date(), section=YEAR, help="机构报来这一年数据的日期"),
    ),
    identity=(Key("institution_id"), Key("stat_year", optional=True)),
)
