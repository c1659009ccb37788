"""Declare the service institution (headers_institution.csv, domain.md B), and the ledger of both."""

from datetime import date

from ipdesk.fields import Bool, Coded, Codes, Date, Name, Number, Offered, Text, Uscc, Value
from ipdesk.kinds import common
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
        common.town(BASIC, "所在园区|集聚区|所在镇|镇（街道）|乡镇街道|所在镇(街道)"),
        common.registered_name(
            "institution_name",
            "机构名称",
            BASIC,
            "服务机构名称|单位名称|机构全称|公司名称|名称|律师事务所名称|企业名称|单位全称"
            "|知识产权服务机构名称|代理机构名称|服务机构",
            "与营业执照或执业许可证一致的全称",
        ),
        *common.credit_code(
            BASIC,
            "社会统一信用代码/纳税人识别号|社会信用代码|信用代码|组织机构代码|统一信用代码"
            "|统一代码|纳税人识别号|税号|机构信用代码",
            reason_in=BASIC,
        ),
        Field("short_name", "机构简称", Name(), heads=heads("公司简称|简称"), section=BASIC),
        Field(
            "org_form",
            "机构性质",
            Coded(table="institution.org_form", open=True),
            heads=heads("单位性质|组织形式|企业性质|机构类型"),
            section=BASIC,
            width=110,
        ),
        Field(
            "operating_status",
            "经营状态",
            Coded(table="institution.operating_status"),
            heads=heads("机构状态|状态|营业状态|存续状态|登记状态"),
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
            heads=heads("总部/分部|是否分公司|分支机构"),
            section=BASIC,
        ),
        Field(
            "parent_name",
            "上级机构",
            Name(),
            heads=heads("总部名称|母公司|上级机构名称|总公司"),
            section=BASIC,
            help="分支机构填总部的名称",
        ),
        Field(
            "parent_uscc",
            "上级机构信用代码",
            Uscc(),
            heads=heads("总部统一社会信用代码|总部信用代码"),
            section=BASIC,
        ),
        Field(
            "legal_rep",
            "法定代表人/负责人",
            Text(),
            heads=heads("法定代表人|负责人|执行事务合伙人|法人代表|法人|机构负责人"),
            section=BASIC,
        ),
        common.capital(BASIC),
        common.founded(BASIC, "成立时间|设立时间|经营年限|注册时间"),
        common.registered_address(BASIC, "住所|地址|详细地址"),
        Field(
            "office_address",
            "办公地址",
            Text(),
            heads=heads("经营场所|经营地址|办公场所"),
            section=BASIC,
            width=200,
        ),
        Field(
            "service_forms",
            "服务类别",
            Codes(table="institution.service_form"),
            heads=heads(
                "业务类别|服务项目|主营业务|业务范围|机构类别|服务内容|服务形态|服务类型|服务范围|业务类型|主要服务内容|主要业务|主营业务范围|主要服务"
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
            heads=heads("专利服务|商标服务|版权服务|权利类型|服务对象|服务对象(权利类型)"),
            section=SERVICE,
            width=150,
            help="可选多项：专利、商标、版权……",
        ),
        Field(
            "agency_code",
            "专利代理机构代码",
            Text(unbroken=True),
            heads=heads("国家专利代理机构代码|代理机构代码|机构代码"),
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
            heads=heads("商标备案|商标代理备案|商标备案号"),
            section=SERVICE,
        ),
        Field(
            "trademark_filing_valid_to",
            "商标代理备案有效期至",
            Date(end=True),
            heads=heads("备案有效期|备案到期日|商标代理备案有效期|备案有效期至"),
            section=SERVICE,
            help="备案有效期3年，可以延续",
        ),
        Field(
            "license_no",
            "执业许可证号",
            Text(unbroken=True),
            heads=heads("许可证号|律所执业许可证号"),
            section=SERVICE,
        ),
        Field(
            "credit_grade",
            "专利代理信用等级",
            Coded(table="institution.credit_grade"),
            heads=heads("信用等级|信用评价等级|评价等级"),
            section=GRADE,
            width=96,
        ),
        Field(
            "credit_score", "信用分值", Number(words=("分",)), heads=heads("信用得分|信用分"), section=GRADE
        ),
        Field(
            "star_grade",
            "星级",
            Coded(table="institution.star_grade"),
            heads=heads("星级评定|机构星级"),
            section=GRADE,
            width=96,
        ),
        Field(
            "honor",
            "荣誉资质",
            Text(),
            heads=heads("资质|资质荣誉|品牌机构|资质情况|荣誉"),
            section=GRADE,
            width=150,
        ),
        Field(
            "is_base",
            "是否分析评议/品牌培育机构",
            Bool(),
            heads=heads("是否品牌机构|国家知识产权服务品牌机构"),
            section=GRADE,
        ),
        common.contact(CONTACT, "经办人|联络人|机构联系人|联络员", column=10, printed=3),
        common.phone(CONTACT, column=11, printed=3),
        common.email(CONTACT),
        Field("website", "网址", Text(), heads=heads("官网|网站"), section=CONTACT),
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
