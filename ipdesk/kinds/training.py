"""Declare training classes and attendance (headers_person.csv, domain.md C), and their ledger."""

from ipdesk.fields import Bool, Coded, Date, Integer, Name, Number, Ref, Text
from ipdesk.kinds import wordings_people
from ipdesk.kinds.declare import Field, Key, Kind, Ledger, Part
from ipdesk.kinds.person import (
    CONSENT,
    CONTACT,
    IGNORED,
    PAPERS,
    PERSON,
    PERSON_CERTIFICATE,
    PERSON_PART,
    REMARK,
    SEARCHED,
    SOME_TRACE,
    WORK,
)
from ipdesk.kinds.sections import heads

CLASS, RESULT = ("培训班", "签到与考核")

TRAINING = Kind(
    "training",
    "培训班",
    fields=(
        Field(
            "course_name",
            "培训班（班次）",
            Text(),
            heads=heads(
                "培训班名称|班次|课程名称|培训内容|培训项目|培训班|培训班(班次)|培训名称|班次名称"
                "|参加培训班次|参训班次|参加班次|培训班次|参训班名|培训班（期）名称|班级名称|班级"
                "|参加培训班名称|培训课程名称|培训课程|培训班名|培训班次名称|培训主题|培训项目名称|班名"
                "|参加的培训班|培训活动名称|参加培训名称|培训班级|参训班级|参训名称|参训培训班|所在班次"
                "|报名班次|所报班次|报名培训班|参加培训班"
            ),
            required=True,
            section=CLASS,
            column=4,
            width=240,
            printed=1,
        ),
        Field(
            "course_no",
            "班次编号",
            Text(),
            heads=heads("期数|期次|培训期数|培训期次|班次号|期别|培训编号|培训班编号|班次代码|班级编号|班期"),
            section=CLASS,
            width=90,
        ),
        Field(
            "organizer",
            "主办单位",
            Name(),
            heads=heads(
                "组织单位|承办单位|举办单位|培训主办方|主办方|培训主办单位|主办机构|培训机构|承办机构"
                "|组织方|培训组织单位|举办机构|办班单位|培训举办单位"
            ),
            section=CLASS,
        ),
        Field(
            "training_type",
            "培训类型",
            Coded(table="person.training_type", open=True),
            heads=heads(
                "培训类别|培训种类|培训班类型|培训班类别|培训项目类型|培训性质|班次类型|班次类别|培训分类"
            ),
            section=CLASS,
            width=150,
        ),
        Field(
            "training_mode",
            "培训方式",
            Text(offered=("线下", "线上", "线上线下结合")),
            heads=heads(
                "培训形式|授课方式|授课形式|参训方式|教学方式|培训模式|办班形式|学习方式|上课方式"
                "|办班方式|参训形式|线上/线下|学习形式|教学形式"
            ),
            section=CLASS,
            width=100,
        ),
        Field(
            "start_date",
            "开始日期",
            Date(),
            heads=heads(
                "培训开始时间|培训时间|培训日期|开班时间|开班日期|培训开始日期|开始时间|开课时间|开课日期"
                "|培训起始日期|培训起始时间|起始日期|起始时间|培训开班时间|举办时间|举办日期|培训举办时间"
                "|开训时间|上课时间|参训时间|参训日期|报到时间|报到日期|办班时间|班次时间|参加培训时间"
                "|培训班时间|起止时间|培训起止时间|起止日期|培训起止日期|培训期间|培训时段|培训开始于"
                "|培训日期区间|培训首日|开班的时间|培训起讫时间|起讫时间|培训起讫日期|开始培训时间"
                "|培训班开班时间"
            ),
            until="end_date",
            section=CLASS,
            column=5,
            width=100,
            printed=1,
        ),
        Field(
            "end_date",
            "结束日期",
            Date(end=True),
            heads=heads(
                "培训结束时间|结业时间|培训结束日期|结束时间|培训截止日期|培训截止时间|培训终止日期"
                "|结业日期|结课时间|结课日期|结班时间|培训结业时间|培训结业日期"
            ),
            section=CLASS,
            width=100,
        ),
        Field(
            "place",
            "培训地点",
            Text(),
            heads=heads(
                "地点|上课地点|培训场所|授课地点|举办地点|办班地点|培训地址|上课地址|培训班地点|开班地点"
                "|教学地点|举办地|办班地址|培训地|培训班举办地|授课场所"
            ),
            section=CLASS,
        ),
        Field("planned_count", "计划人数", Integer(), section=CLASS),
        Field("notice_no", "培训文号", Text(), heads=heads("培训通知文号"), section=CLASS),
        Field(
            "class_hours",
            "本班学时",
            Number(words=("个学时", "学时", "课时", "小时")),
            section=CLASS,
            help="整个班次的学时；每个人的学时填在签到与考核里",
        ),
        Field("teachers", "授课师资", Text(), heads=heads("授课老师|授课教师|任课教师"), section=CLASS),
        Field(
            "collects_id_no",
            "收集身份证号",
            Bool(),
            section=CLASS,
            help="默认不收集；发证确有需要的班次才选“是”，表里有身份证号一列的导入后自动为“是”",
        ),
    ),
    identity=(Key("course_name"), Key("start_date", optional=True)),
)

ATTENDANCE = Kind(
    "attendance",
    "培训记录",
    fields=(
        Field("training_id", "培训班", Ref(kind="training"), required=True),
        Field("person_id", "人员", Ref(kind="person"), required=True),
        Field(
            "hours",
            "学时",
            Number(words=("个学时", "学时", "课时", "小时")),
            heads=heads(
                "课时|培训学时|学时数|完成学时|课时数|总学时|学习时长|培训课时|完成课时|培训时长|实际学时"
                "|培训学时数|获得学时|参训学时|总课时|所修学时"
            ),
            section=RESULT,
            column=10,
            width=64,
            printed=2,
        ),
        Field(
            "sign_in",
            "签到",
            Bool(),
            heads=heads(
                "是否签到|签到时间|到课情况|签到情况|是否到课|出勤|出勤情况|到会情况|是否出勤|是否到会"
                "|报到情况|是否报到|到课|参训情况|到场情况|是否参训|签到确认|出席情况|到训情况|是否参加"
                "|到班情况|是否到班|是否出席|学员签到|现场签到|是否已签到"
            ),
            section=RESULT,
            width=72,
        ),
        Field(
            "assessment_result",
            "考核结果",
            Coded(table="person.assessment_result"),
            heads=heads(
                "成绩|考核情况|是否合格|考试结果|考核|结业考核|考核成绩|考核结论|考核是否合格|考核等次"
                "|考试结论|考核等级|结业考试|考评结果|成绩等次|考核评定|结业考核结果|结业情况|测试结果"
                "|考核评价|培训考核结果|考试情况|综合评定|结业考核情况|培训考核|考试等次|成绩评定"
                "|考试等级|结业结论|合格情况|评定结果|考核评定结果|考试是否合格|结业考核等次|考核评定等次"
                "|培训考核结论|结业考核结论"
            ),
            section=RESULT,
            column=11,
            width=90,
            printed=1,
        ),
        Field(
            "score",
            "分数",
            Number(words=("分",)),
            heads=heads(
                "得分|考试成绩|考试分数|考核分数|测试得分|考试得分|测试成绩|考核得分|总分|分值"
                "|结业考试成绩|结业分数|测试分数|测验成绩|结业考试分数|总成绩|综合得分|笔试成绩|最终得分"
                "|结业测试成绩|结业考试得分|考试分值|结业考核分数"
            ),
            section=RESULT,
            width=72,
        ),
        Field(
            "certificate_no",
            "结业证书号",
            Text(unbroken=True),
            heads=heads(
                "结业证书编号|培训证书号|合格证书号|结业证号|结业证编号|结业证书号码|培训合格证号"
                "|培训证书编号|结业证书编码|合格证编号|培训合格证编号|合格证书编号|合格证号|培训证号"
                "|培训结业证号|培训结业证书编号|培训合格证书编号|结业证|结业证书|培训合格证书号"
                "|培训结业证书号|培训结业证书编码"
            ),
            section=RESULT,
            width=130,
            printed=2,
        ),
        CONSENT,
        REMARK,
    ),
    identity=(Key("person_id"), Key("training_id")),
)

TRAINING_LEDGER = Ledger(
    "training",
    "培训学员名册",
    root=ATTENDANCE,
    parts=(
        Part(TRAINING, up="training_id"),
        Part(PERSON, up="person_id"),
        Part(PERSON_CERTIFICATE, down="person_id", newest="cert_date", of="person"),
    ),
    name_field="name",
    key_field="id_no",
    search=(*SEARCHED, "course_name", "certificate_no"),
    measure="人次",
    sections=(PERSON_PART, CLASS, RESULT, WORK, PAPERS, CONTACT),
    order=("unit_code", "name", "gender", "employer_name", "position", "category"),
    last=("mobile", "email", "mail_address", "consent_date", "remark"),
    ignored=IGNORED,
    says=wordings_people.TRAINING,
    neutral=wordings_people.NEUTRAL_PERSON,
    others=wordings_people.EMPLOYERS,
    one_of=SOME_TRACE,
    switches={"id_no": "collects_id_no"},
)
