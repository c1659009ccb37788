"""What bringing in a sheet says."""

TITLE = "导入{label}"
CHOOSE = "选择要导入的表格"
READING = "正在读取“{name}”…"
READING_ROWS = "正在核对第 {done} / {total} 行"
WRITING = "正在导入…"
GIVE_UP = "停止"

ADDED, UPDATED, UNCHANGED, REFUSED = "新增", "更新", "不变", "退回"
ROWS = "行"

TAB_REFUSED = "退回的行（{count}）"
TAB_COLUMNS = "列的对应（{count}）"
TAB_COLUMNS_DOUBT = "列的对应（{count} 列待确认）"
TAB_ROWS = "将导入的行（{count}）"
TAB_REMARKS = "提醒（{count}）"

REFUSED_HEADS = ("工作表", "行号", "项目", "原因和办法")
REFUSED_NAME = "退回的行"
REFUSED_NONE = "没有退回的行。"
ROWS_HEADS = ("行号", "结果", "名称", "内容")
ROWS_NAME = "将导入的行"
ROWS_NONE = "没有可以导入的行。"
REMARKS_HEADS = ("工作表", "行号", "项目", "提醒")
REMARKS_NAME = "提醒"
REMARKS_NONE = "没有要提醒的。"
CHANGE = "{label}：{before} → {after}"
TOLD = "{label}：{value}"

COLUMNS_TEXT = "左边是表里的列名，右边是导入到台账的哪一项。拿不准的列先不导入，请确认或改选。"
COLUMN_NAME = "“{head}”对应台账的哪一项"
LEFT_OUT = "不导入"
NO_HEAD = "（没有列名，第 {index} 列）"
CERTAIN = "已认出"
DOUBTFUL = "请确认"
UNKNOWN = "没认出"
IGNORED = "认得，不保存"
TAKE = "是“{label}”"
SAMPLES = "如：{samples}"

IMPORT = "导入 {count} 行"
IMPORT_NONE = "没有新内容"
OTHER_FILE = "换一个文件"
SAVE_RESULT = "另存结果表…"
RESULT_NAME = "{stem}（导入结果）.xlsx"
RESULT_SAVED = "结果表已存为“{name}”，退回的行已标红并写明原因"
NOTE_DOUBT = "有 {count} 列没有确认，这些列不会导入。"

DONE_TITLE = "导入完成"
DONE = "“{name}”：新增 {added} 行，更新 {updated} 行，不变 {unchanged} 行。"
DONE_REFUSED = "另有 {count} 行退回，没有导入。请另存结果表，照红色标记改好后再导入一次，已导入的行不会重复。"
BACK_TO_LIST = "返回列表"
AGAIN = "再导入一个文件"
