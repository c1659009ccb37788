"""Declare enterprise, case (贯标案卷) and subsidy, and the ledger that clerks know as their flat view.

Fields after headers_guanbiao.csv and domain.md A4; where the two differ the names in the headers win.
"""

from ipdesk.fields import Bool, Coded, Date, Integer, Name, Number, Phone, Ref, Text, Uscc
from ipdesk.kinds.declare import Field, Key, Kind, Ledger, Part


def _heads(words: str) -> tuple[str, ...]:
    """Return the heads of a column, written with strokes between them."""
    return tuple(words.split("|"))


BASIC, PROFILE, CASE_PART, CERT, AFTER, MONEY, CONTACT = (
    "企业",
    "企业概况",
    "贯标过程",
    "证书与评价",
    "证后管理",
    "补助资金",
    "联系与备注",
)

ENTERPRISE = Kind(
    "enterprise",
    "企业",
    fields=(
        Field(
            "unit_code",
            "报送单位",
            Coded(table="regions"),
            heads=_heads("报送单位(县市区)|所属区县|县（市、区）|县市区|区域|区（园区）|属地|所在地区|归口单位"),
            head="unit_name",
            required=True,
            section=BASIC,
            column=7,
            width=100,
            help="企业归哪个单位报送；功能区企业报给功能区，与信用代码登记地可以不同",
        ),
        Field(
            "town_code",
            "所在镇（街道）",
            Coded(table="towns", scoped=True),
            heads=_heads("所在镇|镇（街道）|乡镇街道|园区"),
            head="town_name",
            section=BASIC,
            column=4,
            width=110,
        ),
        Field(
            "enterprise_name",
            "企业名称",
            Name(),
            heads=_heads(
                "单位名称|单位全称|公司名称|申报单位|企业全称|贯标企业名称|组织名称|申请组织|获证组织名称"
            ),
            required=True,
            identifies=True,
            section=BASIC,
            column=1,
            width=260,
            help="与营业执照一致的全称",
        ),
        Field(
            "uscc",
            "统一社会信用代码",
            Uscc(),
            heads=_heads(
                "社会信用代码|信用代码|组织机构代码|注册号/社会信用代码/证件号码|纳税人识别号|税号|统一信用代码"
            ),
            required=True,
            identifies=True,
            section=BASIC,
            column=2,
            width=176,
            help="营业执照上的18位代码",
        ),
        Field("former_names", "曾用名", Text(), section=PROFILE, help="多个名称用顿号隔开"),
        Field("legal_rep", "法定代表人", Text(), heads=_heads("法人代表|法人|单位法定代表人姓名"), section=PROFILE),
        Field(
            "reg_address",
            "注册地址",
            Text(),
            heads=_heads("详细地址|住所|单位地址|企业地址"),
            section=PROFILE,
            width=200,
        ),
        Field("mail_address", "通讯地址", Text(), heads=_heads("联系地址|邮寄地址"), section=PROFILE, width=200),
        Field("postcode", "邮编", Text(), heads=_heads("邮政编码"), section=PROFILE),
        Field(
            "stat_county_code",
            "统计所在地",
            Coded(table="regions"),
            section=PROFILE,
            help="统计上属于哪个县（市、区），与报送单位可以不同",
        ),
        Field(
            "reg_capital_wan", "注册资本（万元）", Number(measure="万元"), heads=_heads("注册资本|注册资金|注册资本(万元)"), section=PROFILE
        ),
        Field("found_date", "成立日期", Date(), heads=_heads("注册时间|注册时间（企业）"), section=PROFILE),
        Field("ownership_type", "企业类型", Text(), heads=_heads("企业性质|单位性质|注册登记类型"), section=PROFILE),
        Field("scale", "企业规模", Text(), heads=_heads("规模|大中小微"), section=PROFILE),
        Field(
            "industry_code",
            "所属行业",
            Coded(table="industries", open=True),
            heads=_heads("所属行业(GB/T 4754)|行业|国民经济行业|行业分类"),
            section=PROFILE,
            help="按 GB/T 4754 选大类；表上的其他写法按原文保留",
        ),
        Field(
            "plan_industry",
            "重点产业",
            Coded(table="plan_industries", open=True),
            heads=_heads("产业领域|所属产业|产业"),
            section=PROFILE,
        ),
        Field("is_hightech", "是否高新技术企业", Bool(), heads=_heads("高新技术企业|是否高企|高新企业"), section=PROFILE),
        Field("is_zjtx", "是否专精特新", Bool(), heads=_heads("专精特新企业|专精特新"), section=PROFILE),
        Field("is_listed", "上市/拟上市", Text(), heads=_heads("上市情况|拟上市"), section=PROFILE),
        Field(
            "ip_demo_level",
            "知识产权示范/优势企业",
            Text(),
            heads=_heads("知识产权示范企业|知识产权优势企业"),
            section=PROFILE,
        ),
        Field("staff_count", "职工人数", Integer(), heads=_heads("员工人数|从业人数"), section=PROFILE),
        Field("rd_staff_count", "研发人员数", Integer(), heads=_heads("研发人员数量|研发人员"), section=PROFILE),
        Field(
            "ip_staff_count",
            "知识产权管理人员数",
            Integer(),
            heads=_heads("知识产权管理人员数量|专职人数|兼职人数"),
            section=PROFILE,
        ),
        Field(
            "invention_patent_count",
            "有效发明专利数",
            Integer(),
            heads=_heads("发明专利拥有量|有效发明专利|发明专利数"),
            section=PROFILE,
        ),
        Field("patent_count", "专利数", Integer(), heads=_heads("有效专利数|专利（件）"), section=PROFILE),
        Field(
            "trademark_count", "注册商标数", Integer(), heads=_heads("注册商标拥有量|有效商标|注册商标"), section=PROFILE
        ),
        Field("bank_name", "开户银行", Text(), heads=_heads("开户行"), section=MONEY),
        Field("bank_account", "账号", Text(), heads=_heads("帐号|银行账号"), section=MONEY),
    ),
    identity=(Key("uscc"),),
)

ENTERPRISE_FAMILY = dict.fromkeys(("SD1", "SD2", "SD5", None), "企业知识产权管理")

CASE = Kind(
    "case",
    "贯标案卷",
    fields=(
        Field("enterprise_id", "企业", Ref(kind="enterprise"), required=True),
        Field("case_no", "案卷号", Text(), section=CASE_PART),
        Field(
            "stage",
            "贯标状态",
            Coded(table="stages.stage"),
            heads=_heads("知识产权贯标企业|贯标情况|贯标阶段|进展情况|目前进度|进度|工作进展"),
            head="guanbiao_state",
            required=True,
            section=CASE_PART,
            column=3,
            width=130,
            help="企业贯标走到哪一步",
        ),
        Field(
            "standard_code",
            "贯标标准",
            Coded(table="stages.standard"),
            heads=_heads("标准号|认证标准|执行标准|依据标准|标准版本"),
            required=True,
            section=CASE_PART,
            column=9,
            width=150,
        ),
        Field("track", "达标方式", Text(), heads=_heads("通过方式|验收方式"), section=CASE_PART),
        Field("filing_date", "备案日期", Date(), heads=_heads("备案时间|省备案时间|贯标备案时间"), section=CASE_PART),
        Field("filing_no", "备案号", Text(), heads=_heads("备案编号"), section=CASE_PART),
        Field("filing_batch", "备案批次", Text(), section=CASE_PART),
        Field(
            "start_date",
            "启动日期",
            Date(),
            heads=_heads("启动时间|贯标启动时间|开展贯标时间"),
            section=CASE_PART,
            column=8,
            width=100,
        ),
        Field(
            "advisor_name",
            "辅导机构",
            Name(),
            heads=_heads("咨询机构|服务机构|贯标辅导机构|咨询公司"),
            section=CASE_PART,
            column=10,
            width=210,
        ),
        Field("advisor_uscc", "辅导机构信用代码", Uscc(), section=CASE_PART),
        Field("run_start_date", "体系运行日期", Date(), heads=_heads("体系运行时间|文件发布日期|运行日期"), section=CASE_PART),
        Field("internal_audit_date", "内审日期", Date(), heads=_heads("内审时间|内部审核时间"), section=CASE_PART),
        Field("mgmt_review_date", "管理评审日期", Date(), heads=_heads("管评时间|管理评审时间"), section=CASE_PART),
        Field("first_pass_date", "首次达标日期", Date(), section=CERT, help="首次获证或评价合格的日期，由填报人填写"),
        Field("pass_basis", "达标依据", Text(), section=CERT),
        Field(
            "cert_body",
            "认证机构",
            Coded(table="cert_bodies", open=True),
            heads=_heads("发证机构|审核机构|发证单位|认证公司"),
            section=CERT,
            column=11,
            width=190,
        ),
        Field(
            "cert_no", "证书编号", Text(), heads=_heads("证书号|认证证书编号|证书号码|认证注册号"), section=CERT, column=12, width=140
        ),
        Field(
            "cert_issue_date",
            "发证日期",
            Date(),
            heads=_heads("颁证日期|获证日期|获证时间|认证通过时间|通过时间|证书起始日期"),
            section=CERT,
            column=13,
            width=100,
        ),
        Field(
            "cert_valid_to",
            "有效期至",
            Date(end=True),
            heads=_heads("证书有效期|到期日期|证书到期日|截止日期"),
            section=CERT,
            column=5,
            width=100,
            help="一般为发证日期加3年减1天",
        ),
        Field(
            "cert_status",
            "证书状态",
            Coded(table="stages.cert_status"),
            heads=_heads("状态（有效/暂停/撤销）"),
            section=CERT,
            column=6,
            width=90,
        ),
        Field("status_date", "状态日期", Date(), section=CERT, help="暂停、撤销、注销的日期"),
        Field("cert_scope", "认证范围", Text(long=True), heads=_heads("覆盖范围|证书范围"), section=CERT),
        Field(
            "eval_result",
            "绩效评价结果",
            Coded(table="stages.evaluation_result"),
            heads=_heads("评价等级|验收结果|合格/优秀|评价结果"),
            section=CERT,
        ),
        Field("eval_apply_date", "绩效评价申请日期", Date(), section=CERT),
        Field(
            "eval_date",
            "绩效评价合格日期",
            Date(),
            heads=_heads("验收时间|合格时间|确认日期|通过验收时间"),
            section=CERT,
            column=14,
            width=120,
        ),
        Field("eval_doc_no", "确认文号", Text(), heads=_heads("文号|文件号"), section=CERT),
        Field("surveil_1_date", "第1次监督日期", Date(), heads=_heads("第一次监督审核|首次年审|年审时间"), section=AFTER),
        Field("surveil_1_result", "第1次监督结论", Text(), section=AFTER),
        Field("surveil_2_date", "第2次监督日期", Date(), heads=_heads("第二次监督审核|二次年审"), section=AFTER),
        Field("surveil_2_result", "第2次监督结论", Text(), section=AFTER),
        Field("transition_date", "换版日期", Date(), section=AFTER),
        Field("recert_date", "再认证日期", Date(), heads=_heads("再认证时间|复审时间"), section=AFTER),
        Field("new_cert_no", "新证书编号", Text(), section=AFTER),
        Field("contact_name", "联系人", Text(), heads=_heads("联络人|企业联系人|经办人"), section=CONTACT, column=16, width=84),
        Field(
            "contact_phone",
            "联系电话",
            Phone(),
            heads=_heads("电话|手机|手机号码|移动电话|联系方式"),
            section=CONTACT,
            column=17,
            width=120,
        ),
        Field("contact_email", "邮箱", Text(), heads=_heads("E-mail|电子邮箱|eamil"), section=CONTACT),
        Field("remark", "备注", Text(long=True), heads=_heads("说明"), section=CONTACT),
    ),
    identity=(Key("enterprise_id"), Key("standard_code", families=ENTERPRISE_FAMILY)),
)

SUBSIDY = Kind(
    "subsidy",
    "补助",
    fields=(
        Field("case_id", "案卷", Ref(kind="case"), required=True),
        Field("subsidy_year", "补助年度", Integer(year=True), heads=_heads("奖励年度|年度"), section=MONEY),
        Field("subsidy_level", "补助级别", Text(), heads=_heads("奖励级别"), section=MONEY),
        Field(
            "subsidy_amount_wan",
            "补助金额（万元）",
            Number(measure="万元"),
            heads=_heads("补助金额|补助金额(万元)|资助金额|金额（万元）|拟补助金额|奖补金额"),
            section=MONEY,
            column=15,
            width=110,
        ),
        Field("subsidy_doc_no", "补助文号", Text(), section=MONEY),
        Field(
            "cert_fee_wan",
            "认证费用（万元）",
            Number(measure="万元"),
            heads=_heads("认证费用|认证费用(万元)|认证成本费用|认证费"),
            section=MONEY,
        ),
        Field("invoice_no", "发票号", Text(), section=MONEY),
    ),
    identity=(Key("case_id"), Key("subsidy_level", optional=True), Key("subsidy_year", optional=True)),
)

GUANBIAO = Ledger(
    "guanbiao",
    "贯标企业台账",
    root=CASE,
    parts=(Part(ENTERPRISE, up="enterprise_id"), Part(SUBSIDY, down="case_id", newest="subsidy_year")),
    name_field="enterprise_name",
    key_field="uscc",
    search=("enterprise_name", "uscc", "contact_name", "contact_phone", "advisor_name", "cert_no", "former_names"),
    sections=(BASIC, CASE_PART, CERT, AFTER, MONEY, CONTACT, PROFILE),
    order=("unit_code", "town_code", "enterprise_name", "uscc", "stage", "standard_code", "track"),
    ignored={"seq": ("序号", "编号")},
)
