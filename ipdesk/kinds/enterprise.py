"""Declare the enterprise (fields after headers_guanbiao.csv and domain.md A4; names in the headers win)."""

from ipdesk.fields import Bool, Coded, Date, Integer, Name, Number, Text, Uscc
from ipdesk.kinds.declare import Field, Key, Kind
from ipdesk.kinds.sections import BASIC, MONEY, PROFILE, heads

ENTERPRISE = Kind(
    "enterprise",
    "企业",
    fields=(
        Field(
            "unit_code",
            "报送单位",
            Coded(table="regions"),
            heads=heads(
                "报送单位(县市区)|所属区县|县（市、区）|县市区|区域|区（园区）|属地|所在地区|归口单位|地区|县市|区县|县区|所属县区"
            ),
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
            heads=heads("所在镇|镇（街道）|乡镇街道|园区"),
            head="town_name",
            section=BASIC,
            column=4,
            width=110,
            printed=3,
        ),
        Field(
            "enterprise_name",
            "企业名称",
            Name(),
            heads=heads(
                "单位名称|单位全称|公司名称|申报单位|企业全称|贯标企业名称|组织名称|申请组织|获证组织名称|贯标单位|申报企业"
            ),
            required=True,
            identifies=True,
            section=BASIC,
            column=1,
            width=260,
            printed=1,
            help="与营业执照一致的全称",
        ),
        Field(
            "uscc",
            "统一社会信用代码",
            Uscc(),
            heads=heads(
                "社会信用代码|信用代码|组织机构代码|注册号/社会信用代码/证件号码|纳税人识别号|税号|统一信用代码|统一代码|企业代码"
            ),
            required=True,
            identifies=True,
            section=BASIC,
            column=2,
            width=176,
            printed=1,
            help="营业执照上的18位代码",
            excused_by="uscc_reason",
        ),
        Field(
            "uscc_reason",
            "信用代码说明",
            Text(),
            heads=heads("代码说明|信用代码校验说明"),
            section=PROFILE,
            width=150,
            help="执照上的代码通不过校验时，在这里写明原因",
        ),
        Field("former_names", "曾用名", Text(), section=PROFILE, help="多个名称用顿号隔开"),
        Field(
            "legal_rep",
            "法定代表人",
            Text(),
            heads=heads("法人代表|法人|单位法定代表人姓名"),
            section=PROFILE,
        ),
        Field(
            "reg_address",
            "注册地址",
            Text(),
            heads=heads("详细地址|住所|单位地址|企业地址"),
            section=PROFILE,
            width=200,
        ),
        Field(
            "mail_address", "通讯地址", Text(), heads=heads("联系地址|邮寄地址"), section=PROFILE, width=200
        ),
        Field("postcode", "邮编", Text(), heads=heads("邮政编码"), section=PROFILE),
        Field(
            "stat_county_code",
            "统计所在地",
            Coded(table="regions"),
            section=PROFILE,
            help="统计上属于哪个县（市、区），与报送单位可以不同",
        ),
        Field(
            "reg_capital_wan",
            "注册资本（万元）",
            Number(measure="万元"),
            heads=heads("注册资本|注册资金|注册资本(万元)"),
            section=PROFILE,
        ),
        Field("found_date", "成立日期", Date(), heads=heads("注册时间|注册时间（企业）"), section=PROFILE),
        Field(
            "ownership_type",
            "企业类型",
            Text(),
            heads=heads("企业性质|单位性质|注册登记类型"),
            section=PROFILE,
        ),
        Field("scale", "企业规模", Text(), heads=heads("规模|大中小微"), section=PROFILE),
        Field(
            "industry_code",
            "所属行业",
            Coded(table="industries", open=True),
            heads=heads("所属行业(GB/T 4754)|行业|国民经济行业|行业分类|行业类别"),
            section=PROFILE,
            help="按 GB/T 4754 选大类；表上的其他写法按原文保留",
        ),
        Field(
            "plan_industry",
            "重点产业",
            Coded(table="plan_industries", open=True),
            heads=heads("产业领域|所属产业|产业"),
            section=PROFILE,
        ),
        Field(
            "is_hightech",
            "是否高新技术企业",
            Bool(),
            heads=heads(
                "高新技术企业|是否高企|高新企业|高企|是否高新企业|国家高新技术企业|是否国家高新技术企业|是否为高企|是否为高新技术企业"
            ),
            section=PROFILE,
        ),
        Field(
            "is_zjtx",
            "是否专精特新",
            Bool(),
            heads=heads("专精特新企业|专精特新|是否专精特新企业|是否为专精特新企业|是否为专精特新企业"),
            section=PROFILE,
        ),
        Field("is_listed", "上市/拟上市", Text(), heads=heads("上市情况|拟上市"), section=PROFILE),
        Field(
            "ip_demo_level",
            "知识产权示范/优势企业",
            Text(),
            heads=heads("知识产权示范企业|知识产权优势企业"),
            section=PROFILE,
        ),
        Field(
            "staff_count",
            "职工人数",
            Integer(),
            heads=heads("员工人数|从业人数|员工数|职工总数"),
            section=PROFILE,
        ),
        Field(
            "rd_staff_count", "研发人员数", Integer(), heads=heads("研发人员数量|研发人员"), section=PROFILE
        ),
        Field(
            "ip_staff_count",
            "知识产权管理人员数",
            Integer(),
            heads=heads("知识产权管理人员数量|专职人数|兼职人数"),
            section=PROFILE,
        ),
        Field(
            "invention_patent_count",
            "有效发明专利数",
            Integer(),
            heads=heads("发明专利拥有量|有效发明专利|发明专利数|发明专利（件）"),
            section=PROFILE,
        ),
        Field("patent_count", "专利数", Integer(), heads=heads("有效专利数|专利（件）"), section=PROFILE),
        Field(
            "trademark_count",
            "注册商标数",
            Integer(),
            heads=heads("注册商标拥有量|有效商标|注册商标"),
            section=PROFILE,
        ),
        Field("bank_name", "开户银行", Text(), heads=heads("开户行"), section=MONEY),
        Field("bank_account", "账号", Text(), heads=heads("帐号|银行账号|银行帐号"), section=MONEY),
    ),
    identity=(Key("uscc"),),
)
