"""Declare training classes and attendance (headers_person.csv, domain.md C), and their ledger."""

from ipdesk.fields import Bool, Coded, Date, Integer, Name, Number, Ref, Text
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
                "培训班名称|班次|课程名称|培训内容|培训项目|培训班|培训班(班次)|培训名称|班次名称|参加培训班次|参训班次|参加班次"
            ),
            required=True,
            section=CLASS,
            column=4,
            width=240,
            printed=1,
        ),
        Field("course_no", "班次编号", Text(), heads=heads("期数|期次"), section=CLASS, width=90),
        Field("organizer", "主办单位", Name(), heads=heads("组织单位|承办单位|举办单位"), section=CLASS),
        Field(
            "training_type",
            "培训类型",
            Coded(table="person.training_type", open=True),
            heads=heads("培训类别"),
            section=CLASS,
            width=150,
        ),
        Field(
            "training_mode",
            "培训方式",
            Text(offered=("线下", "线上", "线上线下结合")),
            heads=heads("培训形式"),
            section=CLASS,
            width=100,
        ),
        Field(
            "start_date",
            "开始日期",
            Date(),
            heads=heads("培训开始时间|培训时间|培训日期|开班时间|开班日期|培训开始日期|开始时间"),
            section=CLASS,
            column=5,
            width=100,
            printed=1,
        ),
        Field(
            "end_date",
            "结束日期",
            Date(end=True),
            heads=heads("培训结束时间|结业时间|培训结束日期|结束时间"),
            section=CLASS,
            width=100,
        ),
        Field("place", "培训地点", Text(), heads=heads("地点|上课地点"), section=CLASS),
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
            heads=heads("课时|培训学时|学时数"),
            section=RESULT,
            column=10,
            width=64,
            printed=2,
        ),
        Field(
            "sign_in",
            "签到",
            Bool(),
            heads=heads("是否签到|签到时间|到课情况|签到情况|是否到课"),
            section=RESULT,
            width=72,
        ),
        Field(
            "assessment_result",
            "考核结果",
            Coded(table="person.assessment_result"),
            heads=heads("成绩|考核情况|是否合格|考试结果|考核|结业考核|考核成绩|考核结论|考核是否合格"),
            section=RESULT,
            column=11,
            width=90,
            printed=1,
        ),
        Field(
            "score",
            "分数",
            Number(words=("分",)),
            heads=heads("得分|考试成绩|考试分数"),
            section=RESULT,
            width=72,
        ),
        Field(
            "certificate_no",
            "结业证书号",
            Text(unbroken=True),
            heads=heads("结业证书编号|培训证书号|合格证书号|结业证号|结业证编号"),
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
    one_of=SOME_TRACE,
    switches={"id_no": "collects_id_no"},
)
