"""Declare a unit's tasks under the plan, their progress by period, and supervision slips (domain.md F).

A task's own words stand in the plan (tasks.csv); a unit's record says how it carries the task out. A slip is the
city's; the county's answer is a record of its own, since a record has one writer.
"""

from datetime import date

from ipdesk.fields import Coded, Date, Integer, Offered, PeriodCode, Text, Value
from ipdesk.kinds import common
from ipdesk.kinds.declare import Field, Key, Kind, Ledger, State, Values
from ipdesk.kinds.sections import heads

TASK_PART, WORK, PROGRESS_PART, SLIP, ANSWER, CLOSING = (
    "任务",
    "分工与时限",
    "进展",
    "督办",
    "整改回复",
    "销号",
)


def _task_code(section: str, *, needed: bool = True) -> Field:
    return Field(
        "task_code",
        "任务编号",
        Coded(table="tasks", open=True),
        heads=heads("任务代码|对应任务|重点任务|任务|任务序号"),
        identifies=needed,
        required=needed,
        section=section,
        column=1 if needed else 6,
        width=240,
        printed=1,
        help="计划中的任务选编号（如 T2-6）；本地自定的任务直接写编号",
    )


TASK = Kind(
    "task",
    "任务",
    fields=(
        common.unit(TASK_PART, 3, printed=1),
        _task_code(TASK_PART),
        Field(
            "task_kind",
            "任务类别",
            Coded(table="plan.task_kind"),
            heads=heads("类别|类型"),
            section=TASK_PART,
            column=7,
            width=90,
            printed=3,
        ),
        Field(
            "title",
            "任务名称",
            Text(),
            heads=heads("任务内容|工作任务|任务标题|重点工作|名称"),
            section=TASK_PART,
            column=2,
            width=220,
            printed=1,
            help="计划中的任务不用填，按编号带出",
        ),
        Field(
            "local_measures",
            "本地落实措施",
            Text(long=True),
            heads=heads("落实措施|工作举措|具体措施|主要措施|举措|措施"),
            section=WORK,
            column=8,
            width=260,
            printed=1,
        ),
        Field(
            "departments",
            "责任部门",
            Text(),
            heads=heads("责任单位|牵头单位及配合单位|负责单位|承办部门|责任科室"),
            section=WORK,
            column=4,
            width=160,
            printed=1,
        ),
        Field(
            "person_in_charge",
            "责任人",
            Text(),
            heads=heads("负责人|具体责任人|责任领导"),
            section=WORK,
            column=5,
            width=84,
            printed=2,
        ),
        Field(
            "due_date",
            "完成时限",
            Date(end=True),
            heads=heads("时限|完成时间|时间要求|完成期限|时间节点"),
            section=WORK,
            column=6,
            width=100,
            printed=1,
            help="计划写明时限的不得晚于计划",
        ),
        common.remark(WORK),
    ),
    identity=(Key("task_code"), Key("unit_code")),
)

TASK_LEDGER = Ledger(
    "task",
    "任务分解表",
    root=TASK,
    parts=(),
    name_field="task_code",
    name_with=("title",),
    key_field="task_code",
    search=("task_code", "title", "local_measures", "person_in_charge"),
    measure="项",
    sections=(TASK_PART, WORK),
    order=("unit_code", "task_code", "title", "departments", "person_in_charge", "due_date"),
    last=("remark",),
    ignored={"seq": ("序号",)},
    group="tasks",
)

TASK_PROGRESS = Kind(
    "task_progress",
    "任务进展",
    fields=(
        common.unit(PROGRESS_PART, 3, printed=1),
        _task_code(PROGRESS_PART),
        Field(
            "period",
            "报送期",
            PeriodCode(),
            heads=heads("报告期|统计期|期次|季度|月份"),
            identifies=True,
            required=True,
            section=PROGRESS_PART,
            column=2,
            width=110,
            printed=1,
        ),
        Field(
            "task_state",
            "进展状态",
            Coded(table="plan.task_state"),
            heads=heads("状态|完成情况|进度|任务状态|进展"),
            required=True,
            section=PROGRESS_PART,
            column=4,
            width=90,
            printed=1,
        ),
        Field(
            "progress",
            "进展情况",
            Text(long=True),
            heads=heads("工作进展|落实情况|进展说明|工作开展情况|主要做法|完成情况说明"),
            section=PROGRESS_PART,
            column=5,
            width=280,
            printed=1,
        ),
        Field(
            "percent",
            "完成百分比",
            Integer(),
            heads=heads("完成率|完成进度|进度（%）|完成比例"),
            section=PROGRESS_PART,
            width=90,
            printed=2,
        ),
        Field(
            "evidence",
            "佐证材料",
            Text(long=True),
            heads=heads("佐证|证明材料|附件清单|支撑材料"),
            section=PROGRESS_PART,
            column=7,
            width=180,
            printed=2,
        ),
        Field(
            "difficulty",
            "困难与建议",
            Text(long=True),
            heads=heads("存在问题|存在困难|需协调事项|问题和建议|困难"),
            section=PROGRESS_PART,
            width=180,
            printed=2,
        ),
        Field("reporter", "填报人", Text(), heads=heads("经办人|填表人"), section=PROGRESS_PART, width=84),
        common.remark(PROGRESS_PART),
    ),
    identity=(Key("period"), Key("task_code"), Key("unit_code")),
)

TASK_PROGRESS_LEDGER = Ledger(
    "task_progress",
    "任务进展",
    root=TASK_PROGRESS,
    parts=(),
    name_field="task_code",
    name_with=("period",),
    key_field="task_code",
    search=("task_code", "progress", "evidence", "difficulty"),
    measure="条",
    sections=(PROGRESS_PART,),
    order=("unit_code", "task_code", "period", "task_state", "progress"),
    last=("remark",),
    ignored={"seq": ("序号",)},
    group="tasks",
)

OPEN, OVERDUE, ANSWERED, CLOSED = "待回复", "逾期未回复", "已回复", "已销号"


def slip_state(values: Values, today: date) -> Value:
    """Return how far a slip has come: awaited, overdue, answered, closed (domain.md F)."""
    if values.get("closed_date"):
        return CLOSED
    if values.get("reply_date"):
        return ANSWERED
    due = str(values.get("deadline") or "")
    return OVERDUE if due and due < today.isoformat()[: len(due)] else OPEN


SUPERVISION = Kind(
    "supervision",
    "督办单",
    fields=(
        common.unit(SLIP, 3, "被督办单位|承办单位|责任单位", printed=1),
        Field(
            "slip_no",
            "督办编号",
            Text(unbroken=True),
            heads=heads("编号|督办单编号|督办文号|文号|单号"),
            identifies=True,
            required=True,
            section=SLIP,
            column=1,
            width=140,
            printed=1,
        ),
        Field(
            "subject",
            "督办事项",
            Text(),
            heads=heads("事项|督办内容|督办主题|事项名称"),
            required=True,
            section=SLIP,
            column=2,
            width=240,
            printed=1,
        ),
        _task_code(SLIP, needed=False),
        Field(
            "indicator_code",
            "对应指标",
            Coded(table="indicators"),
            heads=heads("指标|指标名称"),
            section=SLIP,
            width=160,
        ),
        Field(
            "problem",
            "存在问题",
            Text(long=True),
            heads=heads("问题|发现问题|滞后情况"),
            section=SLIP,
            width=220,
            printed=1,
        ),
        Field(
            "demand",
            "整改要求",
            Text(long=True),
            heads=heads("督办要求|工作要求|办理要求|要求"),
            section=SLIP,
            width=220,
            printed=1,
        ),
        Field("issuer", "签发人", Text(), heads=heads("签发|签发领导"), section=SLIP, width=84, printed=2),
        Field(
            "issued_date",
            "发出日期",
            Date(),
            heads=heads("督办日期|签发日期|下发日期|发出时间|督办时间"),
            required=True,
            section=SLIP,
            column=4,
            width=100,
            printed=1,
        ),
        Field(
            "deadline",
            "办理时限",
            Date(end=True),
            heads=heads("时限|整改时限|回复时限|办结时限|完成时限"),
            required=True,
            section=SLIP,
            column=5,
            width=100,
            printed=1,
        ),
        Field(
            "reply_date",
            "回复日期",
            Date(),
            heads=heads("回复时间|反馈时间|反馈日期"),
            section=ANSWER,
            column=7,
            width=100,
            printed=1,
        ),
        Field(
            "reply",
            "整改回复",
            Text(long=True),
            heads=heads("回复内容|办理情况|整改情况|办理结果|反馈情况"),
            section=ANSWER,
            width=220,
            printed=1,
        ),
        Field(
            "evidence",
            "佐证材料",
            Text(long=True),
            heads=heads("佐证|证明材料"),
            section=ANSWER,
            width=160,
            printed=2,
        ),
        Field(
            "closed_date",
            "销号日期",
            Date(),
            heads=heads("销号时间|办结日期|办结时间"),
            section=CLOSING,
            column=8,
            width=100,
            printed=1,
        ),
        Field(
            "closing_note",
            "销号意见",
            Text(long=True),
            heads=heads("审核意见|验收意见|办结意见"),
            section=CLOSING,
            width=160,
            printed=2,
        ),
        common.remark(CLOSING),
    ),
    identity=(Key("slip_no"), Key("unit_code")),
)

SUPERVISION_LEDGER = Ledger(
    "supervision",
    "督办单",
    root=SUPERVISION,
    parts=(),
    name_field="subject",
    key_field="slip_no",
    search=("slip_no", "subject", "problem", "demand", "reply"),
    measure="件",
    sections=(SLIP, ANSWER, CLOSING),
    order=("slip_no", "unit_code", "subject", "issued_date", "deadline"),
    last=("remark",),
    ignored={"seq": ("序号",)},
    derived={
        "_slip": State(
            "督办状态",
            slip_state,
            Offered(tuple((word, word) for word in (OPEN, OVERDUE, ANSWERED, CLOSED))),
        )
    },
    group="tasks",
)
