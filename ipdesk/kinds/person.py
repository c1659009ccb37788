"""Declare people and their certificates (headers_person.csv, domain.md C), and their ledger."""

from ipdesk.fields import Coded, Date, IdNo, Integer, Name, PersonName, Phone, Ref, Text, Uscc
from ipdesk.kinds import common, wordings_people
from ipdesk.kinds.declare import Field, Key, Kind, Ledger, Part
from ipdesk.kinds.sections import heads

PERSON_PART, WORK, PAPERS, CONTACT = ("人员", "工作与职称", "资格证书", "联系与备注")
REMARK = common.remark(CONTACT)
CONSENT = Field(
    "consent_date",
    "个人信息告知日期",
    Date(),
    heads=heads(
        "告知日期|同意日期|告知时间|个人信息告知时间|告知书签署日期|告知书日期|签署告知书日期"
        "|告知书签收日期|知情同意日期|信息告知日期"
    ),
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
            PersonName(),
            heads=heads(
                "学员姓名|参训人员|参会人员|人员姓名|参训人员姓名|学员|参训学员|人才姓名|本人姓名"
                "|参训人姓名|参训学员姓名|参会人员姓名|培训学员|培训人员姓名|报名人姓名|报名人员"
                "|报名人员姓名|报名人|人员名称|从业人员姓名|参培人员|参培人员姓名|代理师姓名"
                "|专利代理师姓名|受训人员|受训人员姓名|名字|参加人员|参加人员姓名|参训人|专家姓名"
                "|员工姓名|参会人|参会人姓名|考生姓名|参训者姓名|参训者|培训人员|姓名（中文）|人员姓名全称"
            ),
            cue=wordings_people.NAME_CUE,
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
            heads=heads("男/女|男女|性别（男或女）"),
            section=PERSON_PART,
            column=7,
            width=64,
            printed=2,
        ),
        Field(
            "birth_ym",
            "出生年月",
            Date(month=True),
            heads=heads("年龄|出生日期|出生年月日|生日|出生时间|出生日|出生年月日期|出生日期（年月）"),
            section=PERSON_PART,
            width=90,
        ),
        Field(
            "id_no",
            "身份证号",
            IdNo(),
            heads=heads(
                "身份证|身份证号码|居民身份证号|居民身份证号码|证件号码|公民身份号码|证件号|身份证件号码"
                "|公民身份证号码|公民身份证号|有效证件号码|证件编号|居民身份证|二代身份证号|身份证件号"
                "|本人身份证号|本人身份证号码|公民身份号|身份证编号"
            ),
            section=PERSON_PART,
            width=170,
            help="默认不收集；发证确有需要的班次才填，不收集照片",
        ),
        Field(
            "category",
            "人才类别",
            Coded(table="person.category"),
            heads=heads(
                "类别|人员类别|专业方向|从事工作|岗位类别|人员类型|人才类型|人才分类|人员分类|所属类别"
                "|学员类别|学员类型|参训人员类别|参训人员类型|所属人才类别|人才种类|知识产权人才类别"
                "|身份类别|从业类别|人才方向|从业人员类别|工作类别|从事工作类别|人员属性|人才专业类别"
                "|学员身份|学员分类|人才专业方向|人才属性类别|人才所属类别|学员人才类别|参训人员身份类别"
            ),
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
            heads=heads(
                "最高学历|文化程度|学历层次|学历情况|教育程度|最高学历层次|全日制学历|受教育程度|现学历"
                "|学历程度|最终学历|毕业学历"
            ),
            section=PERSON_PART,
            width=100,
        ),
        Field(
            "degree",
            "学位",
            Text(offered=("学士", "硕士", "博士")),
            heads=heads("最高学位|学位情况|学位层次|所获学位|取得学位|获得学位|最终学位|已获学位"),
            section=PERSON_PART,
            width=90,
        ),
        Field(
            "school",
            "毕业院校",
            Text(),
            heads=heads(
                "毕业学校|学校|毕业高校|毕业院校名称|院校|就读院校|毕业大学|最高学历毕业院校|毕业学校名称"
                "|毕业院校/学校"
            ),
            section=PERSON_PART,
        ),
        Field(
            "major",
            "所学专业",
            Text(),
            heads=heads(
                "专业|专业名称|毕业专业|所学专业名称|学科专业|最高学历专业|学习专业|主修专业|所读专业"
                "|所修专业|所学专业/方向|毕业所学专业"
            ),
            section=PERSON_PART,
        ),
        Field(
            "employer_name",
            "工作单位",
            Name(),
            heads=heads(
                "单位|单位名称|企业名称|所在企业|公司名称|机构名称|所在单位|工作单位名称|单位全称|企业"
                "|现工作单位|就职单位|就业单位|任职单位|公司|公司全称|所在公司|所属单位|所属企业|所在机构"
                "|企业全称|企业（单位）名称|单位（企业）名称|现单位|服务单位|执业机构|执业机构名称"
                "|所在单位名称|供职单位|任职企业|从业机构|派出单位|选送单位|报名单位|参训单位|参训企业"
                "|参会单位|送培单位|所属公司|从业单位|报名企业|参训单位名称|参会企业|选派单位|所属机构"
                "|执业单位|工作单位全称|任职公司|工作单位名称（全称）"
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
            heads=heads(
                "统一社会信用代码|社会信用代码|信用代码|单位统一社会信用代码|企业信用代码|单位代码"
                "|企业统一社会信用代码|所在单位统一社会信用代码|所在单位信用代码|工作单位统一社会信用代码"
                "|统一信用代码|工作单位信用代码|公司统一社会信用代码|单位社会信用代码|单位统一信用代码"
                "|机构统一社会信用代码|统一社会信用码|社会统一信用代码"
            ),
            section=WORK,
            width=176,
        ),
        Field(
            "department",
            "部门",
            Text(),
            heads=heads(
                "所在部门|所在科室|科室|部门/科室|工作部门|所属部门|部门名称|科室/部门|部门（科室）"
                "|科室（部门）|任职部门|所属科室|工作科室|处室|处室/部门"
            ),
            section=WORK,
            width=110,
        ),
        Field(
            "position",
            "职务",
            Text(),
            heads=heads(
                "职务/职称|岗位|职位|担任职务|现任职务|职务/岗位|岗位/职务|岗位职务|工作岗位|岗位名称"
                "|职务名称|所任职务|职务（岗位）|岗位（职务）|职务职称|职务或岗位|现职务|行政职务"
                "|所在岗位|现任岗位|任职岗位|职位名称|单位职务|岗位/职位|职务/职位|从事岗位|职务及职称"
                "|职务、职称|任职情况|现任职位|职务（职称）|行政职务/岗位"
            ),
            section=WORK,
            column=6,
            width=96,
            printed=2,
        ),
        Field(
            "title_code",
            "职称",
            Coded(table="person.title", open=True),
            heads=heads(
                "专业技术职称|技术职称|职称等级|知识产权职称|职称情况|职称级别|专业技术资格|职称名称"
                "|专业技术职务|现有职称|专技职称|专业职称|职称资格|技术职务|技术等级|最高职称"
                "|专业技术职称等级|现职称|职称类别|专业技术职务任职资格|专业技术等级|取得职称"
            ),
            section=WORK,
            width=130,
            printed=3,
        ),
        Field(
            "title_date",
            "职称取得日期",
            Date(),
            heads=heads(
                "评定时间|取得职称时间|职称取得时间|职称评定时间|职称获得时间|取得职称日期|职称评定日期"
                "|职称取得年月|评定日期|职称证书取得时间|职称批准时间|获得职称时间|评审时间|职称评聘时间"
                "|职称证取得时间"
            ),
            section=WORK,
        ),
        Field(
            "is_fulltime",
            "专职/兼职",
            Text(offered=("专职", "兼职")),
            heads=heads(
                "专职人数|专兼职|专职或兼职|专（兼）职|专兼职情况|专/兼职|专职兼职|专职/兼职情况"
                "|全职/兼职|从业性质|专职、兼职|专/兼职情况"
            ),
            section=WORK,
            width=90,
        ),
        Field(
            "ip_years",
            "从事知识产权工作年限",
            Integer(),
            heads=heads(
                "从业年限|工作年限|从事知识产权年限|知识产权工作年限|从业年数|知识产权从业年限"
                "|从事专利工作年限|从事本专业年限|工作年数|相关工作年限|从事知识产权工作年数"
                "|从事相关工作年限|执业年限"
            ),
            section=WORK,
        ),
        Field(
            "agency_code",
            "所在代理机构代码",
            Text(unbroken=True),
            heads=heads(
                "所在专利代理机构代码|专利代理机构代码|代理机构代码|机构代码|所在机构代码|代理机构编码"
                "|执业机构代码"
            ),
            section=WORK,
        ),
        Field(
            "talent_program",
            "人才计划",
            Coded(table="person.talent_program", open=True),
            heads=heads(
                "入选计划|人才工程|人才项目|荣誉称号|人才计划名称|入选人才计划|入选人才工程|人才称号"
                "|入选人才项目|人才计划（工程）|获得人才称号|入选工程|人才工程（计划）|所获人才称号"
                "|入选人才计划名称"
            ),
            section=WORK,
        ),
        Field(
            "talent_program_year",
            "入选年度",
            Integer(year=True),
            heads=heads("入选时间|入选年份|入选人才计划年度|入选人才计划时间|入选年"),
            section=WORK,
        ),
        Field(
            "in_service",
            "在岗状态",
            Text(offered=("在岗", "离岗", "退休")),
            heads=heads(
                "是否在岗|在职状态|状态|在岗情况|在职情况|人员状态|在岗状况|是否在职|目前状态|任职状态"
                "|现状态|工作状态|从业状态|在职/离职|目前是否在岗|是否在岗在职"
            ),
            required=True,
            section=WORK,
            width=90,
        ),
        Field(
            "mobile",
            "手机号",
            Phone(mobile=True),
            heads=heads(
                "手机|手机号码|联系电话|联络方式|电话|联系方式|移动电话|手机号|电话号码|本人手机"
                "|本人手机号码|本人电话|手机号码（本人）|联系手机|联系手机号|联系手机号码|个人手机"
                "|个人电话|学员手机|学员电话|学员手机号|手机/电话|电话/手机|移动电话号码|学员联系电话"
                "|学员联系方式|个人联系方式|个人联系电话|参训人员电话|参训人员手机|联系号码|本人联系电话"
                "|本人联系方式|联络电话|参训人手机|报名人手机|报名人电话|报名人联系电话|常用手机"
                "|常用手机号|参会人员电话|参会人员手机|通讯号码|通讯方式|联系电话（手机）"
                "|联系方式（手机）|学员手机号码|个人手机号|个人手机号码|参训人电话|参会人电话"
                "|本人手机电话"
            ),
            section=CONTACT,
            column=9,
            width=120,
        ),
        common.email(CONTACT, name="email"),
        common.mail_address(CONTACT, "通信地址|收件地址|快递地址|证书邮寄地址|邮寄证书地址"),
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
            heads=heads(
                "资格证书|持证情况|证书类别|证书名称|资格证|证书种类|持证类型|持有证书|资格证书名称"
                "|资格证书类型|取得证书|执业资格|职业资格|持证种类|证书情况|所持证书|职业资格证书"
                "|取得资格证书|资格类型|执业资格证书|持证名称|所持证书名称|已获证书|资质证书|资格名称"
                "|持有资格证书|资格证书类别|持有证书类型|所获资格证书|证书种类名称"
            ),
            section=PAPERS,
            width=150,
            printed=2,
        ),
        Field(
            "cert_no",
            "证书号",
            Text(unbroken=True),
            heads=heads(
                "证书编号|执业证号|资格证书号|资格证号|证书号码|资格证书编号|资格证编号|持证编号|证书编码"
                "|资格证书号码|持证号|所持证书编号|资格证号码|职业资格证书编号|代理师资格证号"
                "|专利代理师资格证号|资格证书编码"
            ),
            section=PAPERS,
            width=130,
            printed=2,
        ),
        Field(
            "cert_date",
            "发证日期",
            Date(),
            heads=heads(
                "获证时间|发证时间|取得时间|证书取得时间|领证日期|领证时间|证书发证日期|取证时间|取证日期"
                "|证书颁发日期|获证日期|取得日期|证书取得日期|证书获得时间|颁证日期|证书发放日期|颁发日期"
                "|颁证时间|取得证书时间|取得证书日期|证书颁发时间|获得时间|资格取得时间|取得资格证书时间"
                "|资格证取得时间|签发日期|拿证时间"
            ),
            section=PAPERS,
        ),
        Field(
            "cert_valid_to",
            "证书有效期至",
            Date(end=True),
            heads=heads(
                "证书有效期|有效期至|有效期|证书有效期止|证书到期时间|证书到期日期|到期日期|到期时间"
                "|证书到期日|有效期止|有效截止日期|有效期限|证书有效期限|证书截止日期|有效期截止日期"
                "|有效期终止日期|证书失效日期|有效期到|资格有效期|资格证有效期|证书起止日期|证书起止时间"
                "|有效期起止|有效期起止日期|证书有效期起止|有效期起止时间"
            ),
            section=PAPERS,
        ),
        Field(
            "agent_practice_no",
            "执业证号",
            Text(unbroken=True),
            heads=heads(
                "执业备案号|工作证号|执业备案编号|执业证书号|执业证编号|执业证书编号|执业登记号"
                "|专利代理师执业证号|代理师执业证号|执业备案证号|执业证号码|执业证（备案）号"
            ),
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
    search=(*SEARCHED, "cert_no", "agent_practice_no"),
    measure="人",
    sections=(PERSON_PART, WORK, PAPERS, CONTACT),
    order=("unit_code", "name", "gender", "employer_name", "position", "category"),
    last=("mobile", "email", "mail_address", "consent_date", "remark"),
    ignored=IGNORED,
    says=wordings_people.PERSON,
    neutral=wordings_people.NEUTRAL_PERSON,
    others=wordings_people.EMPLOYERS,
    one_of=SOME_TRACE,
)
