"""What a county's outbox and the export of a package say."""

# the tabs of the page
TAB_OUTBOX, TAB_ANSWERS, TAB_CONFLICTS, TAB_FILES = "待上报", "更正意见", "冲突", "往来记录"
TAB_COUNT = "{name}（{count}）"

HEADS = ("台账", "名称", "情况", "市局意见")
NAME = "待上报和市局要求核对的登记，回车打开"
NONE = "没有待上报的登记，市局也没有要求核对的。"
SEEKING = "正在查看…"
LEDGER, LEDGER_NAME = "台账", "按台账筛选"
COUNTS = "共 {count} 条登记：待上报 {unsent} 条，市局要求核对 {asked} 条"
STATES = {
    "unsent": "未上报",
    "deleted": "已删除，未上报",
    "returned": "市局退改",
    "duplicate": "疑似重复",
    "conflict": "有冲突",
}
CHANGED = "{state}（已改，未上报）"
UNLOCKED = "未加锁：这个工作区没有口令，能用这台电脑的人都能打开；市局指纹不另核对，按已核对处理。"
CITY = "市局"

# the export
TITLE = "导出同步包"
ABOUT = "将带上市局还没有确认的 {count} 条改动。"
ABOUT_NONE = "没有新的改动，仍可以导出，让市局知道本单位没有变动。"
PLACE = "存到"
PLACES_HEADS = ("位置", "可用空间", "说明")
PLACES_NAME = "U盘和文件夹，用上下键选择"
PLACES_NONE = "没有插U盘。请插入U盘，或选择一个文件夹。"
OTHER_PLACE = "选择文件夹…"
OTHER_TITLE = "选择存放同步包的文件夹"
READ_ONLY, FULL, FOLDER, STICK = "写保护，不能用", "空间不够", "文件夹", "U盘"
NEEDED = "大约需要 {size}"
PERIOD, NO_PERIOD = "报送期", "不填"
PERIOD_HELP = "市局按月、按季统计报送情况的，请选上"
PLAN = "市局的报送安排：{every}报，期满后 {days} 天内"
ZERO = "零报告：这一期没有变动"
ZERO_PERIOD = "选了报送期才能报零"
ZERO_UNSENT = "还有市局没有确认的改动，不能报零"
ATTACHMENTS = "带上附件（{count} 个，{size}）"
ATTACHMENTS_NONE = "没有要上报的附件"
ATTACHMENTS_MORE = "一个包装不下，另有 {count} 个（{size}）下次再带"
DO = "导出"
EXPORTING = "正在导出到“{place}”，请不要拔出U盘…"
EXPORTED = "已导出“{name}”到“{place}”，写完后已读回核对，内容完整。"
SAFE = "可以安全移除U盘了：请先点系统的“安全删除硬件”（弹出），再拔下交给市局。"
HAND_OVER = "请把这个文件交给市局，收到市局回执后在这里接收。"
ROOM = "“{place}”只剩 {free}，同步包大约需要 {size}，请腾出空间或换一个U盘"
PLACE_LOCKED = "“{place}”是写保护的，请打开U盘上的写保护开关，或换一个U盘"
