"""Declare people and their certificates (headers_person.csv, domain.md C), and their ledger."""

from ipdesk.fields import Coded, Date, IdNo, Integer, Name, Phone, Ref, Text, Uscc
from ipdesk.kinds import common
from ipdesk.kinds.declare import Field, Key, Kind, Ledger, Part
from ipdesk.kinds.sections import heads

PERSON_PART, WORK, PAPERS, CONTACT = ("人员", "工作与职称", "资格证书", "联系与备注")
REMARK = common.remark(CONTACT)
CONSENT = Field(
    "consent_date",
    "个人信息告知日期",
    Date(),
    heads=heads("告知日期|同意日期|告知时间"),
    required=True,
    section=CONTACT,
    help="把《个人信息告知书》交给本人的日期",
)

PERSON = Kind(
    "person",
    "人员",
    fields=(
        common.unit(PERSON_PART, 8, "单位所在县(市、区)|推荐单位", printed=1),
        Field(
            "name",
            "姓名",
            Text(),
            heads=heads("学员姓名|参训人员|参会人员|人员姓名|参训人员姓名|学员|参训学员"),
            required=True,
            identifies=True,
            section=PERSON_PART,
            column=1,
            width=90,
            printed=1,
        ),
        Field(
            "gender",
            "性别",
            Text(offered=("男", "女")),
            heads=heads("男/女"),
            section=PERSON_PART,
            column=7,
            width=64,
            printed=2,
        ),
        Field(
            "birth_ym",
            "出生年月",
            Date(month=True),
            heads=heads("年龄|出生日期|出生年月日"),
            section=PERSON_PART,
            width=90,
        ),
        Field(
            "id_no",
            "身份证号",
            IdNo(),
            heads=heads("身份证|身份证号码|居民身份证号|居民身份证号码|证件号码|公民身份号码|证件号"),
            section=PERSON_PART,
            width=170,
            help="默认不收集；发证确有需要的班次才填，不收集照片",
        ),
        Field(
            "category",
            "人才类别",
            Coded(table="person.category"),
            heads=heads("类别|人员类别|专业方向|从事工作|岗位类别|人员类型"),
            required=True,
            section=PERSON_PART,
            column=3,
            width=150,
            printed=1,
            help="代理、法律、运营、策划、信息人才计入3000人，其他类别只进培训统计",
        ),
        Field(
            "education",
            "学历",
            Coded(table="person.education", open=True),
            heads=heads("最高学历|文化程度|学历层次"),
            section=PERSON_PART,
            width=100,
        ),
        Field(
            "degree",
            "学位",
            Text(offered=("学士", "硕士", "博士")),
            heads=heads("最高学位"),
            section=PERSON_PART,
            width=90,
        ),
        Field("school", "毕业院校", Text(), heads=heads("毕业学校|学校"), section=PERSON_PART),
        Field("major", "所学专业", Text(), heads=heads("专业"), section=PERSON_PART),
        Field(
            "employer_name",
            "工作单位",
            Name(),
            heads=heads(
                "单位|单位名称|企业名称|所在企业|公司名称|机构名称|所在单位|工作单位名称|单位全称|企业"
            ),
            required=True,
            section=WORK,
            column=2,
            width=230,
            printed=1,
        ),
        Field(
            "employer_uscc",
            "单位信用代码",
            Uscc(),
            heads=heads("统一社会信用代码|社会信用代码|信用代码|单位统一社会信用代码"),
            section=WORK,
            width=176,
        ),
        Field("department", "部门", Text(), heads=heads("所在部门|所在科室|科室"), section=WORK, width=110),
        Field(
            "position",
            "职务",
            Text(),
            heads=heads("职务/职称|岗位|职位|担任职务|现任职务"),
            section=WORK,
            column=6,
            width=96,
            printed=2,
        ),
        Field(
            "title_code",
            "职称",
            Coded(table="person.title", open=True),
            heads=heads("专业技术职称|技术职称|职称等级|知识产权职称"),
            section=WORK,
            width=130,
            printed=3,
        ),
        Field(
            "title_date",
            "职称取得日期",
            Date(),
            heads=heads("评定时间|取得职称时间|职称取得时间"),
            section=WORK,
        ),
        Field(
            "is_fulltime",
            "专职/兼职",
            Text(offered=("专职", "兼职")),
            heads=heads("专职人数|专兼职"),
            section=WORK,
            width=90,
        ),
        Field(
            "ip_years",
            "从事知识产权工作年限",
            Integer(),
            heads=heads("从业年限|工作年限"),
            section=WORK,
        ),
        Field(
            "agency_code",
            "所在代理机构代码",
            Text(unbroken=True),
            heads=heads("所在专利代理机构代码|专利代理机构代码"),
            section=WORK,
        ),
        Field(
            "talent_program",
            "人才计划",
            Coded(table="person.talent_program", open=True),
            heads=heads("入选计划|人才工程|人才项目|荣誉称号"),
            section=WORK,
        ),
        Field(
            "talent_program_year",
            "入选年度",
            Integer(year=True),
            heads=heads("入选时间|入选年份"),
            section=WORK,
        ),
        Field(
            "in_service",
            "在岗状态",
            Text(offered=("在岗", "离岗", "退休")),
            heads=heads("是否在岗|在职状态|状态"),
            required=True,
            section=WORK,
            width=90,
        ),
        Field(
            "mobile",
            "手机号",
            Phone(mobile=True),
            heads=heads(
                "手机|手机号码|联系电话|联络方式|电话|联系方式|移动电话|手机号|电话号码|本人手机|本人手机号码|本人电话|手机号码（本人）"
            ),
            section=CONTACT,
            column=9,
            width=120,
        ),
        common.email(CONTACT, name="email"),
        common.mail_address(CONTACT),
        CONSENT,
        REMARK,
    ),
    identity=(Key("id_no"),),
    weaker=((Key("name"), Key("mobile")), (Key("name"), Key("employer_name"))),
)

PERSON_CERTIFICATE = Kind(
    "person_certificate",
    "资格证书",
    fields=(
        Field("person_id", "人员", Ref(kind="person"), required=True),
        Field(
            "cert_type",
            "证书类型",
            Coded(table="person.certificate", open=True),
            heads=heads("资格证书|持证情况|证书类别|证书名称|资格证"),
            section=PAPERS,
            width=150,
            printed=2,
        ),
        Field(
            "cert_no",
            "证书号",
            Text(unbroken=True),
            heads=heads("证书编号|执业证号|资格证书号|资格证号|证书号码"),
            section=PAPERS,
            width=130,
            printed=2,
        ),
        Field("cert_date", "发证日期", Date(), heads=heads("获证时间|发证时间|取得时间"), section=PAPERS),
        Field(
            "cert_valid_to",
            "证书有效期至",
            Date(end=True),
            heads=heads("证书有效期|有效期至|有效期"),
            section=PAPERS,
        ),
        Field(
            "agent_practice_no",
            "执业证号",
            Text(unbroken=True),
            heads=heads("执业备案号|工作证号"),
            section=PAPERS,
        ),
    ),
    identity=(Key("person_id"), Key("cert_type", optional=True), Key("cert_no", optional=True)),
)

IGNORED = {
    "seq": ("序号", "编号", "学号"),
    "nation": ("民族",),
    "politics": ("政治面貌", "是否党员", "党派"),
}
SEARCHED = ("name", "employer_name", "mobile", "id_no")
SOME_TRACE = (("mobile", "id_no", "employer_name"),)

PERSON_LEDGER = Ledger(
    "person",
    "知识产权人才名册",
    root=PERSON,
    parts=(Part(PERSON_CERTIFICATE, down="person_id", newest="cert_date"),),
    name_field="name",
    key_field="id_no",
    search=(*SEARCHED, "cert_no"),
    measure="人",
    sections=(PERSON_PART, WORK, PAPERS, CONTACT),
    order=("unit_code", "name", "gender", "employer_name", "position", "category"),
    last=("mobile", "email", "mail_address", "consent_date", "remark"),
    ignored=IGNORED,
    one_of=SOME_TRACE,
)
