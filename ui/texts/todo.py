"""What the page of things to do says."""

TITLE = "待办事项"
COUNTS = "共 {count} 件"
COUNTS_SOME = "显示 {shown} 件，共 {count} 件"
SEEKING = "正在查看…"
EXPORT = "导出"
EXPORT_NAME = "待办事项{stamp}.xlsx"
EXPORTED = "已导出 {count} 件待办到“{name}”"

HEADS = {
    "state": "期限",
    "sort": "事项",
    "name": "名称",
    "what": "要做什么",
    "unit": "单位",
    "ledger": "台账",
    "due": "到期日",
}
TABLE = "待办事项，按缓急分组；回车打开记录"
GROUPS = {
    "urgent": "要紧：已过期、30 天内到期或市局退回",
    "soon": "临近：90 天内到期",
    "open": "待办：没有期限或期限还远",
}
GROUP = "{label}（{count} 件）"
OVERDUE = "已过期 {days} 天"
TODAY = "今天到期"
LEFT = "还剩 {days} 天"

FILTER_SORT, FILTER_SEVERITY, FILTER_UNIT = "事项", "缓急", "单位"
FILTER_NAME = "按{label}筛选"
NOTHING = "没有待办事项。"
NOTHING_FOUND = "没有这样的待办事项。"
