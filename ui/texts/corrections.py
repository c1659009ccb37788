"""What the desk of corrections and the window to propose one say."""

TITLE = "更正意见"
ABOUT = "{open} 条没有答复，其中逾期 {overdue} 条，共 {count} 条"
HEADS = ("状态", "单位", "记录", "字段", "改成", "期限")
TABLE = "更正意见列表"
NONE = "还没有更正意见。在台账里选中县里的一条记录，按 Ctrl+M 或从右键菜单提出。"
NONE_FOUND = "没有符合筛选的更正意见"
STATES = {
    "overdue": "逾期未答复",
    "open": "等县里答复",
    "yes": "同意，已改",
    "undone": "同意，没有改",
    "no": "不同意",
    "withdrawn": "已撤回",
}

PANEL, PANEL_NONE = "选中的更正意见", "选中一条，在这里查看"
WHOSE = "{unit} · {kind} · {field}"
OLD, NEW, PRESENT = "提出时的值", "建议改成", "现在的值"
GONE = "（记录已不在）"
REASON, DUE, ASKED, ANSWER = "理由", "期限", "提出", "答复"
NO_DUE = "没有定期限"
BY = "{by} {at}"
ANSWERED = "{state} {at}"
ANSWERED_WHY = "{state} {at}：{answer}"
WAITING = "还没有答复。每次生成回执都会再问，直到答复。"
TAKE_BACK = "撤回"
TAKE_BACK_TITLE = "撤回这条更正意见？"
TAKE_BACK_TEXT = "“{name}”的{field}不再要求改成“{value}”。县里收到下一份回执后就不用答复了。"
TAKE_BACK_REMOVAL = "不再要求删除“{name}”。县里收到下一份回执后就不用答复了。"
TAKEN_BACK = "已撤回“{name}”的更正意见"

PROPOSE = "提出更正意见"
PROPOSE_TITLE = "向{unit}提出更正意见"
PROPOSE_FIELD = "要改的字段"
PROPOSE_NOW = "现在的值"
PROPOSE_VALUE = "建议改成"
PROPOSE_EMPTY = "留空就是请县里清空这一项"
PROPOSE_REASON = "理由"
PROPOSE_REASON_HELP = "县里据此答复，请写清依据"
PROPOSE_DUE = "答复期限"
PROPOSE_DUE_HELP = "可以不填，如 2026-12-10"
PROPOSE_DO = "提出"
PROPOSED = "已向{unit}提出更正意见，随下一次回执发出"
REMOVE = "删除这条记录"
REMOVE_NOW = "在册"
REMOVE_HELP = "请县里删除这条记录"
NO_FIELD = "请选取要改的字段"
