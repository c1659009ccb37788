"""What the page of a plan's tasks and of supervision slips says."""

TITLE = "任务总表"
ABOUT = "{plan}：共 {count} 项，{states}；过时限未完成 {lags} 项"
TABLE = "计划任务"
SLIPS = "督办单"
PANEL = "任务内容"
NOTHING = "选一项任务，看措施、部门和各单位进展"
NO_TASKS = "没有符合条件的任务"
NO_SLIPS = "没有督办单"
CODE, TASK, DUE, STATE, PERSON, LAGS = "编号", "任务", "时限", "状态", "责任人", "滞后"
UNIT, NUMBER, SUBJECT, DEADLINE, REPLY = "单位", "督办编号", "督办事项", "办理时限", "整改回复"
UNITS = "各单位进展"
LOAD = "载入任务"
LOADED = "已载入 {count} 项任务，可撤销"
NONE_LOADED = "任务都已载入"
OPEN = "打开记录"
ISSUE = "督办"
ANSWER = "回复"
CLOSE = "销号"
NO_RECORD = "还没有登记，请先载入任务或填写任务进展"
NO_SLIP = "请先选一张督办单"
NO_UNIT = "请先选一个县（市、区）"
KIND = "{kind} · {section}"
MEASURES = "措施"
DEPARTMENTS = "责任部门（计划原文，括号内为现名）"
DEADLINE_PLAN = "时限（计划原文）"
DUE_ON = "{words}；按 {day} 计，属{phase}"
LOCAL = "本地落实措施"
PROGRESS = "最新进展"
PROGRESS_OF = "{period} {state}：{words}"
EMPTY = "—"
SHORT = {
    "TS1": "未启",
    "TS2": "进行",
    "TS3": "完成",
    "TS4": "滞后",
    "TS5": "协调",
    "TS6": "长期",
    "": "未报",
}
LATE = "{state}!"
LATE_HELP = "“!”表示时限已过、尚未完成"

ISSUE_TITLE = "向{unit}发督办单"
ANSWER_TITLE = "回复督办单{number}"
CLOSE_TITLE = "督办单{number}销号"
PROBLEM, DEMAND, ISSUER, DAY = "存在问题", "整改要求", "签发人", "日期"
EVIDENCE, NOTE, REPLY_WORDS = "佐证材料", "销号意见", "整改情况"
NEEDED = "请填写{label}"
DO = "确定"
ISSUED = "已发出督办单，下次下发时送到该单位"
ANSWERED = "已回复，下次上报时送到市局"
CLOSED = "已销号"
