"""Declare the service institution (headers_institution.csv, domain.md B), and the ledger of both."""

from datetime import date

from ipdesk.fields import Bool, Coded, Codes, Date, Name, Number, Offered, PersonName, Text, Uscc, Value
from ipdesk.kinds import common, wordings
from ipdesk.kinds.declare import GATHERED, Field, Gather, Key, Kind, Ledger, Part, State, Values
from ipdesk.kinds.institution_year import INSTITUTION_YEAR, STAFF, YEAR
from ipdesk.kinds.sections import heads

OPERATING, FILING_OVER = "OS1", "备案已到期"
BASIC, SERVICE, GRADE, CONTACT = ("机构", "服务与资质", "信用与评定", "联系与备注")

INSTITUTION = Kind(
    "institution",
    "服务机构",
    fields=(
        common.unit(BASIC, 6, "区域", printed=1),
        common.town(
            BASIC,
            "所在园区|集聚区|所在镇|镇（街道）|乡镇街道|所在镇(街道)|乡镇|镇区|镇街|镇（街道、园区）"
            "|所属镇|所属乡镇|所属镇区|所在乡镇|所属镇街|所在镇街|乡镇（街道）|所在乡镇（街道）"
            "|所属乡镇（街道）|镇（区、街道）|所在板块|园区|所在街道|镇/街道|所属园区|所属镇（街道）"
            "|镇别|街道/镇|镇（区）",
            cue="镇|街道|园区|乡|板块",
        ),
        common.registered_name(
            "institution_name",
            "机构名称",
            BASIC,
            "服务机构名称|单位名称|机构全称|公司名称|名称|律师事务所名称|企业名称|单位全称"
            "|知识产权服务机构名称|代理机构名称|服务机构|知识产权服务机构|机构（单位）名称|单位（机构）名称|服务机构全称|代理机构|代理机构全称"
            "|事务所名称|机构|法人单位名称|市场主体名称|企业（机构）名称|专利代理机构名称"
            "|商标代理机构名称|律所名称|组织名称|公司全称|主体名称|企业全称|服务商名称|单位详细名称"
            "|填报机构|机构名",
            "与营业执照或执业许可证一致的全称",
        ),
        *common.credit_code(
            BASIC,
            "社会统一信用代码/纳税人识别号|社会信用代码|信用代码|组织机构代码|统一信用代码"
            "|统一代码|纳税人识别号|税号|机构信用代码|统一社会信用码|统一社会信用代码证号|社会统一信用代码|18位统一社会信用代码|单位信用代码"
            "|单位统一社会信用代码|营业执照号|营业执照注册号|机构统一社会信用代码"
            "|统一社会信用代码/组织机构代码|企业信用代码|执照号码|社会信用统一代码|USCC|三证合一代码",
            reason_in=BASIC,
        ),
        Field(
            "short_name",
            "机构简称",
            Name(),
            heads=heads("公司简称|简称|单位简称|服务机构简称"),
            section=BASIC,
        ),
        Field(
            "org_form",
            "机构性质",
            Coded(table="institution.org_form", open=True),
            heads=heads(
                "单位性质|组织形式|企业性质|机构类型|机构组织形式|单位类型|企业类型|主体类型|机构属性"
                "|法人类型|市场主体类型|登记类型|组织类型|公司类型|机构形式|登记注册类型|经济类型"
                "|机构组织类型|主体性质"
            ),
            section=BASIC,
            width=110,
        ),
        Field(
            "operating_status",
            "经营状态",
            Coded(table="institution.operating_status"),
            heads=heads(
                "机构状态|状态|营业状态|存续状态|登记状态|经营状况|运营状态|运营状况|目前状态|当前状态"
                "|机构现状|在营状态|运行状态|市场主体状态|状况|机构存续状态|生产经营状态|企业状态"
            ),
            cue="状态|状况|存续|在营",
            required=True,
            section=BASIC,
            column=4,
            width=96,
            printed=1,
            help="只有在业的机构计入服务机构数",
        ),
        Field(
            "is_branch",
            "是否分支机构",
            Bool(),
            heads=heads(
                "总部/分部|是否分公司|分支机构|是否为分支机构|是否分支|是否属于分支机构|是否分所"
                "|是否为分公司|是否系分支机构|是不是分支机构|属于分支机构"
            ),
            section=BASIC,
        ),
        Field(
            "parent_name",
            "上级机构",
            Name(),
            heads=heads(
                "总部名称|母公司|上级机构名称|总公司|上级单位|总机构名称|总部|总所名称|上级单位名称"
                "|总机构|母公司名称|总公司名称|所属总部|总所"
            ),
            section=BASIC,
            help="分支机构填总部的名称",
        ),
        Field(
            "parent_uscc",
            "上级机构信用代码",
            Uscc(),
            heads=heads(
                "总部统一社会信用代码|总部信用代码|上级机构统一社会信用代码|总公司信用代码|总机构信用代码"
                "|总公司统一社会信用代码"
            ),
            section=BASIC,
        ),
        Field(
            "legal_rep",
            "法定代表人/负责人",
            PersonName(several=True),
            heads=heads(
                "法定代表人|负责人|执行事务合伙人|法人代表|法人|机构负责人|法定代表人（负责人）"
                "|法人（负责人）|法人/负责人|负责人姓名|法定代表人姓名|机构负责人姓名|单位负责人"
                "|主要负责人|执行事务合伙人（负责人）|负责人（法定代表人）|单位负责人姓名|法人姓名"
                "|法人代表姓名|法定代表人（执行事务合伙人）|事务所负责人|企业负责人|公司负责人|所长"
                "|法人代表（负责人）|法人代表（负责人）姓名|合伙事务执行人|负责人（法人）|机构法人"
            ),
            section=BASIC,
        ),
        common.capital(
            BASIC,
            "注册资本金|注册资金总额|认缴注册资本|出资额|出资额（万元）|认缴出资额|开办资金"
            "|注册资本金（万元）|注册资金（万元）",
        ),
        common.founded(
            BASIC,
            "成立时间|设立时间|经营年限|注册时间|注册日期|设立日期|成立年月|机构成立时间|工商注册时间"
            "|成立年月日|注册成立时间|登记日期|开业时间|设立登记日期|机构设立时间|批准设立时间"
            "|工商登记时间",
        ),
        common.registered_address(
            BASIC,
            "住所|地址|详细地址|注册地|单位地址|机构地址|公司地址|登记地址|住所地|机构住所|注册住所"
            "|营业执照地址|注册登记地址|工商注册地址|企业地址|登记住所",
        ),
        Field(
            "office_address",
            "办公地址",
            Text(),
            heads=heads(
                "经营场所|经营地址|办公场所|办公场所地址|实际办公地址|现办公地址|经营场所地址"
                "|实际经营地址|办公地点|主要经营场所|办公所在地|经营地点|办公详细地址|现办公场所"
                "|实际办公场所"
            ),
            section=BASIC,
            width=200,
        ),
        Field(
            "service_forms",
            "服务类别",
            Codes(table="institution.service_form"),
            heads=heads(
                "业务类别|服务项目|主营业务|业务范围|机构类别|服务内容|服务形态|服务类型|服务范围"
                "|业务类型|主要服务内容|主要业务|主营业务范围|主要服务|主要业务类型|主要服务类型|服务业态"
                "|业务种类|经营业务范围|从事业务|主要服务范围|服务种类|主营服务|业务领域|服务领域"
                "|主要业务范围|从事业务类型|主营业务类别|开展业务|开展服务类型|业务内容|服务业务"
                "|主要经营业务|主要服务项目|主要业务内容|主营业务种类|业务门类|提供的服务|主要服务种类"
                "|服务业务类型|经营业务"
            ),
            required=True,
            section=SERVICE,
            column=3,
            width=200,
            printed=1,
            help="可选多项：代理、法律、信息、咨询、运营……",
        ),
        Field(
            "main_form",
            "主业",
            Coded(table="institution.service_form"),
            section=SERVICE,
            help="服务类别有多项的，选最主要的一项",
        ),
        Field(
            "ip_objects",
            "服务对象（权利类型）",
            Codes(table="institution.ip_object"),
            heads=heads(
                "专利服务|商标服务|版权服务|权利类型|服务对象|服务对象(权利类型)|涉及权利类型"
                "|服务权利类型|知识产权类型|知识产权类别|权利类别|服务对象类型|业务涉及权利类型"
                "|服务的权利类型"
            ),
            section=SERVICE,
            width=150,
            help="可选多项：专利、商标、版权……",
        ),
        Field(
            "agency_code",
            "专利代理机构代码",
            Text(unbroken=True),
            heads=heads(
                "国家专利代理机构代码|代理机构代码|机构代码|机构编码|代理机构编码|国家局机构代码"
                "|专利代理机构编码|专利代理机构编号|国知局机构代码|专代机构代码|国家局代码"
            ),
            section=SERVICE,
            column=9,
            width=110,
            printed=2,
            help="5位数字，江苏以32开头；没有专利代理资格的不填",
        ),
        Field(
            "trademark_filing_no",
            "商标代理备案号",
            Text(unbroken=True),
            heads=heads(
                "商标备案|商标代理备案|商标备案号|商标代理备案编号|商标局备案号|商标代理机构备案号"
                "|商标代理备案登记号|商标代理机构备案编号|商标备案编号|国家商标局备案号"
            ),
            section=SERVICE,
        ),
        Field(
            "trademark_filing_valid_to",
            "商标代理备案有效期至",
            Date(end=True),
            heads=heads(
                "备案有效期|备案到期日|商标代理备案有效期|备案有效期至|商标备案有效期|商标代理备案到期日"
                "|商标代理备案到期时间|商标备案到期时间|商标代理备案截止日期|备案到期时间|备案截止日期"
                "|商标备案到期日"
            ),
            section=SERVICE,
            help="备案有效期3年，可以延续",
        ),
        Field(
            "license_no",
            "执业许可证号",
            Text(unbroken=True),
            heads=heads(
                "许可证号|律所执业许可证号|执业许可证编号|许可证编号|专利代理机构执业许可证号"
                "|律师事务所执业许可证号|执业许可证书号|许可证书编号"
            ),
            section=SERVICE,
        ),
        Field(
            "credit_grade",
            "专利代理信用等级",
            Coded(table="institution.credit_grade"),
            heads=heads(
                "信用等级|信用评价等级|评价等级|信用评级|信用评价结果|代理信用等级|专利代理信用评价等级"
                "|信用评价|信用级别|机构信用等级|专利代理信用评价结果|信用评价级别|信用等次|信用等级评定"
                "|年度信用等级|信用评价等次"
            ),
            section=GRADE,
            width=96,
        ),
        Field(
            "credit_score",
            "信用分值",
            Number(words=("分",)),
            heads=heads("信用得分|信用分|信用评分|信用评价得分|信用评价分值"),
            section=GRADE,
        ),
        Field(
            "star_grade",
            "星级",
            Coded(table="institution.star_grade"),
            heads=heads("星级评定|机构星级|星级等级|星级评定结果|评定星级|机构星级评定|服务机构星级"),
            section=GRADE,
            width=96,
        ),
        Field(
            "honor",
            "荣誉资质",
            Text(),
            heads=heads(
                "资质|资质荣誉|品牌机构|资质情况|荣誉|所获荣誉|获得荣誉|荣誉情况|资质荣誉情况|获奖情况"
                "|荣誉称号|资质及荣誉|获得资质|荣誉及资质|主要荣誉"
            ),
            section=GRADE,
            width=150,
        ),
        Field(
            "is_base",
            "是否分析评议/品牌培育机构",
            Bool(),
            heads=heads(
                "是否品牌机构|国家知识产权服务品牌机构|是否品牌培育机构|是否分析评议机构|是否国家品牌服务机构"
            ),
            section=GRADE,
        ),
        common.contact(
            CONTACT,
            "经办人|联络人|机构联系人|联络员|联系人姓名|业务联系人|联系人名|经办人姓名|联络人姓名"
            "|联络员姓名|日常联系人|工作联系人|对接人|单位联系人",
            column=10,
            printed=3,
        ),
        common.phone(CONTACT, "机构联系电话|机构电话|单位联系电话", column=11, printed=3),
        common.email(CONTACT),
        Field(
            "website",
            "网址",
            Text(),
            heads=heads("官网|网站|机构网站|机构网址|公司网站|官方网站|单位网址|网站地址"),
            section=CONTACT,
        ),
        common.remark(CONTACT),
    ),
    identity=(Key("uscc"),),
)


def filing_state(values: Values, today: date) -> Value:
    """Return 备案已到期 when the trademark agent's filing ran out (valid for three years, to be renewed)."""
    until = str(values.get("trademark_filing_valid_to") or "")
    return FILING_OVER if until and until < today.isoformat()[: len(until)] else None


def operates(values: Values) -> bool:
    """Tell whether an institution is in business, as far as is told."""
    return values.get("operating_status") in (None, OPERATING)


def unreported_year(values: Values, today: date) -> Value:
    """Return the last whole year when an institution in business has no figures of it; gathered are its years.

    One founded since has none to report.
    """
    year, held = today.year - 1, values.get(GATHERED)
    has_told = isinstance(held, tuple) and str(year) in held
    was_there = str(values.get("found_date") or "")[:4] <= str(year)
    return str(year) if operates(values) and was_there and not has_told else None


INSTITUTION_LEDGER = Ledger(
    "institution",
    "知识产权服务机构名录",
    root=INSTITUTION,
    parts=(Part(INSTITUTION_YEAR, down="institution_id", newest="stat_year"),),
    name_field="institution_name",
    key_field="uscc",
    parent="parent_uscc",
    search=(
        "institution_name",
        "short_name",
        "uscc",
        "agency_code",
        "legal_rep",
        "contact_name",
        "contact_phone",
    ),
    sections=(BASIC, SERVICE, YEAR, STAFF, GRADE, CONTACT),
    order=("unit_code", "town_code", "institution_name", "uscc", "service_forms"),
    last=("contact_name", "contact_phone", "contact_email", "website", "remark"),
    ignored={"seq": ("序号", "编号")},
    says=wordings.INSTITUTION,
    neutral=wordings.NEUTRAL_INSTITUTION,
    derived={"_filing": State("商标代理备案情况", filing_state, Offered(((FILING_OVER, FILING_OVER),)))},
    gathered={
        "_report": State(
            "没有报的年度",
            unreported_year,
            Text(),
            Gather("institution_year", "institution_id", "stat_year"),
        )
    },
)
