"""What the desk of conflicts says."""

TITLE = "冲突裁定"
ABOUT = "{open} 条没有裁定，共 {count} 条"
HEADS = ("状态", "单位", "记录", "字段", "现值 ／ 另一值")
TABLE = "冲突列表"
NONE = "没有冲突。同一条记录被一个县的两份工作区各改各的，才会列在这里。"
NONE_FOUND = "没有符合筛选的冲突"
STATES = {"open": "未裁定", "ours": "取现值", "theirs": "取另一值", "value": "取其他值"}
BOTH = "{ours} ／ {theirs}"

PANEL = "选中的冲突"
PANEL_NONE = "选中左边的一条，在这里裁定"
WHOSE = "{unit} · {kind} · {field}"
BASE = "改动之前"
BASE_UNKNOWN = "不知道（那一版没有报上来过）"
OURS, THEIRS, VALUE = "取现值", "取另一值", "取其他值"
OURS_NAME, THEIRS_NAME = "取现值“{value}”", "取另一值“{value}”"
VALUE_NAME = "其他值"
WROTE = "{unit}{life}写于 {at}"
PRESENT = "现在记录里是“{value}”。"
REASON_HINT = "随裁定告诉县里，如：电话核实"
DECIDE = "裁定"
KEYS = "1、2、3 选取哪个值，Ctrl+Enter 裁定"
DECIDED = "已裁定“{name}”的{field}：{value}"
DECIDED_ASKED = "已裁定“{name}”的{field}：{value}。更正意见已拟好，随下一次回执发给{unit}。"
NO_CHOICE = "请先选取哪个值"

VERDICT = "裁定结果"
BY = "{by} {at}"
FATE_NONE = "与记录里的值一致，不用更正"
FATE = {
    "open": "更正意见已发出或待发，等县里答复",
    "yes": "县里已按裁定改好",
    "no": "县里不同意：{answer}",
    "withdrawn": "更正意见已撤回，请用更正意见再提",
}
NO_ANSWER = "没有说明理由"
SEE_CORRECTION = "查看更正意见"
