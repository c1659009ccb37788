"""What the ledger's list, form and history say."""

TITLE = {
    "guanbiao": "贯标企业",
    "institution": "服务机构",
    "training": "培训学员",
    "person": "人才名册",
    "indicator_value": "分期填报",
    "target": "目标分解",
    "period_report": "期次报送",
    "task": "任务分解",
    "task_progress": "任务进展",
    "supervision": "督办单",
    "station": "指导站",
    "service_point": "信息网点",
    "liaison": "联络员",
    "policy": "资助政策",
    "strong_county": "强县建设",
}
GROUPS = {"indicators": "指标填报", "tasks": "任务督办", "networks": "服务网络"}
COUNTS = "共 {all} {measure}"

IMPORT = "导入"
EXPORT = "导出"
PRINT = "打印"
ADD = {"guanbiao": "新增企业", "institution": "新增机构", "training": "新增学员", "person": "新增人员"}
ADD_ANY = "新增"
EXPORT_SHOWN_XLSX = "导出当前列表为 Excel…"
EXPORT_SHOWN_CSV = "导出当前列表为 CSV…"
EXPORT_TEMPLATE = "导出空白登记表…"
EXPORT_NAME = "{label}{stamp}"
TEMPLATE_NAME = "{label}（空表）.xlsx"
EXPORTING = "正在导出“{name}”…{part}"
EXPORTED = "已导出 {count} 条到“{name}”"
TEMPLATE_MADE = "空白登记表已存为“{name}”"

SEARCH = "搜索名称、信用代码、联系人或拼音首字母"
SEARCH_ANY = "搜索{labels}或拼音首字母"
SEARCH_OF = {
    "guanbiao": SEARCH,
    "institution": "搜索机构、信用代码、联系人或拼音首字母",
    "training": "搜索姓名、单位、培训班或拼音首字母",
    "person": "搜索姓名、单位、证书号或拼音首字母",
}
SEARCH_NAME = "搜索"
FILTER_NAME = "按{label}筛选"
TABLE_NAME = "{label}列表"
SHOWN = "显示 {shown} {measure}"
SHOWN_OF = "找到 {shown} {measure}，共 {all} {measure}"
CHOSEN = "，已选 {chosen} 条"
LOADING = "正在读取…"
UNREAD = "没有读出来"
UNREAD_WHY = "有些行没有读出来。{reason}"
RETRY = "重新读取"
SHOWN_CLEARED = "已保存“{name}”，为显示它清除了搜索和筛选"
EMPTY_TITLE = "还没有登记"
EMPTY = "把现有的 Excel 台账导入进来，或者逐家新增。"
EMPTY_OF = {
    "institution": "把现有的服务机构名录导入进来，或者逐家新增。",
    "training": "把培训班的签到表、学员名册导入进来，或者逐人新增。",
    "person": "把现有的人才名册导入进来，或者逐人新增。",
}
NOT_FOUND_TITLE = "没有找到"
NOT_FOUND = "换一个词试试，也可以只输几个字、信用代码的一段或拼音首字母。"
CLEAR_FILTERS = "清除搜索和筛选"
COLUMNS = "显示的列"
COLUMNS_RESET = "恢复默认列"
SORTED_UP = "{label} ↑"
SORTED_DOWN = "{label} ↓"

REPORTED = "上报情况"
UNSENT = "未上报"
SENT = "已上报"
ARRIVED = "市局已收"
RETURNED = "市局退改"
DUPLICATE = "疑似重复"
CONFLICT = "有冲突"
SAID = "市局回执：{said}"
ASKED = "市局建议把“{label}”改为“{value}”：{reason}（在“数据上报—更正意见”里答复）"
SAID_MORE = "；"

EDIT, VIEW = "编辑", "查看"
HISTORY = "修改记录"
COPY = "复制"
DELETE_TITLE = "删除{count}条登记？"
DELETE_TEXT = "{names}\n删除后可以用“撤销”找回。"
DELETE_TEXT_COUNTY = "{names}\n删除后可以用“撤销”找回，上报时会一并告诉市局。"
DELETE_MORE = "{names}等 {count} 条"
DELETED_MORE = "已删除“{name}”等 {count} 条"
DELETED = "已删除“{name}”"
FOREIGN = "这是{unit}登记的，由该单位修改；市局只能查看。"
FOREIGN_DELETE = "所选登记中有其他单位的，只能由登记单位删除。"

# form
FORM_ADD = "新增{label}"
FORM_EDIT = "编辑{label}信息"
FORM_VIEW = "查看{label}信息"
FORM_LABEL = {"guanbiao": "企业", "institution": "机构", "training": "学员", "person": "人员"}
FORM_NAME = "{title}表单"
WRONG = "有 {count} 项需要更正后才能保存"
LINK = "{label}：{message}"
UNSAVED = "修改未保存"
NEW_UNSAVED = "新增未保存"
SAVED = "已保存“{name}”"
SAVED_REMIND = "已保存“{name}”，有 {count} 处请再核对"
UNCHANGED = "没有改动"
SAVING = "正在保存…"
LEAVE_TITLE = "改动还没有保存"
LEAVE_TEXT = "“{name}”的改动还没有保存，放弃这些改动吗？"
LEAVE_YES = "放弃改动"
LEAVE_NO = "继续编辑"
THIS_ROW = "这一条"
TO_FILL_COUNT = "待补 {count} 项"
UNFOLD_ALL, FOLD_ALL = "展开全部栏目（Ctrl+E）", "收起次要栏目（Ctrl+E）"
SECTION_FILLED = "{name}（已填 {filled} / {all}）"
REVEAL = "显示"
REVEAL_TITLE, REVEAL_ASK = "显示{label}", "谁在什么时候看过，会记入日志。确实要看完整的号码吗？"
REVEAL_HELP = "显示完整号码（会记入日志）"
DATE_HINT = "如 2023-05-06，只知道年月写 2023-05"
LONG_HINT = "换行按 Shift+Enter"
CHOOSE = "请选择或输入"
CHOOSE_SEVERAL = "可选多项"
SEVERAL_HINT = "可选多项：输入名称或拼音首字母，按空格勾选，按回车去下一项"
SEVERAL_OPEN = "打开选项"
OPEN_CHOOSE = "可选可填"
OPEN_HINT = "可以从列表里选，列表里没有的照原文填写"
MONTH_HINT = "如 1990-05"
WHICH = "“{typed}”可能是{names}，请选一个"
EXCUSE = "{message}；确实如此的，请在下面写明原因"
EXCUSED = "已写明原因，照此登记"
NOT_COLLECTED = "本班不收集；确需时先把“{switch}”选“是”"
STAGE_MEANS = "{stage}：{meaning}"
STAGE_FIELDS = "要填：{what}"
STAGE_PAPERS = "材料：{what}"
STAGE_NEXT = "下一步：{what}"
THERE, NOT_THERE = "✓{name}", "○{name}"
PAPER = {
    "可选": "{name}（可选）",
    "补助必备": "{name}（申领补助）",
}  # by required_level of guanbiao_documents.csv
OR = "，或"
OVERDUE = "{what}已逾期 {days} 天"
DUE_SOON = "{what}须在 {by} 前完成，还有 {days} 天"
DUE = "{what}须在 {by} 前完成"
MARK_REQUIRED = "{label}（必填）"

# history
HISTORY_TITLE = "“{name}”的修改记录"
HISTORY_NONE = "没有修改记录"
HISTORY_HEADS = ("时间", "谁", "来源", "项目", "改前", "改后")
WHOLE = "整条{kind}"
OF_PART = "{part}：{item}"
STATES = ("在册", "已删除")
NOTED = "查看、导出"
ATTACHMENT = "附件"
OTHER_FIELD = "本版本没有的项目"
HISTORY_NAME = "修改记录表"
