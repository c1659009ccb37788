"""Declare the subsidies of a 贯标 case (headers_guanbiao.csv, domain.md A4; names in the headers win)."""

from ipdesk.fields import Integer, Number, Ref, Text
from ipdesk.kinds.declare import Field, Key, Kind
from ipdesk.kinds.sections import MONEY, heads

SUBSIDY = Kind(
    "subsidy",
    "补助",
    fields=(
        Field("case_id", "案卷", Ref(kind="case"), required=True),
        Field(
            "subsidy_year",
            "补助年度",
            Integer(year=True),
            heads=heads("奖励年度|年度|补助年份|奖补年份|补助所属年度|兑现年度"),
            section=MONEY,
        ),
        Field(
            "subsidy_level", "补助级别", Text(), heads=heads("奖励级别|补助层级|奖补资金级别"), section=MONEY
        ),
        Field(
            "subsidy_amount_wan",
            "补助金额（万元）",
            Number(measure="万元", most=1000),
            heads=heads(
                "补助金额|补助金额(万元)|资助金额|金额（万元）|拟补助金额|奖补金额|补助（万元）"
                "|贯标补助（万元）|补助额|补助经费|已补助金额|资助额（万元）|奖励（万元）|奖补（万元）"
                "|扶持资金|财政补助金额|兑现金额|兑现资金|奖补兑现金额|奖补兑现资金|实际兑现金额|拨付金额"
                "|拨付资金|拟兑现补助金额"
            ),
            section=MONEY,
            column=15,
            width=110,
            printed=1,
        ),
        Field(
            "subsidy_doc_no",
            "补助文号",
            Text(),
            heads=heads("补助文件号|补助文件文号|资金文号|下达文号"),
            section=MONEY,
        ),
        Field(
            "cert_fee_wan",
            "认证费用（万元）",
            Number(measure="万元", most=1000),
            heads=heads(
                "认证费用|认证费用(万元)|认证成本费用|认证费|认证费用金额|认证成本（万元）"
                "|认证支出（万元）|认证审核费|认证费用支出|认证费支出|认证审核费用|认证花费|认证开支"
                "|认证支出金额|认证费用总额|认证费用合计|认证收费金额|认证服务费"
            ),
            section=MONEY,
        ),
        Field("invoice_no", "发票号", Text(), heads=heads("发票号码|认证发票号|认证费发票号"), section=MONEY),
    ),
    identity=(Key("case_id"), Key("subsidy_level", optional=True), Key("subsidy_year", optional=True)),
)
