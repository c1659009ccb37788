"""What several screens say."""

PROGRAM = "知识产权工作台"
NON_SECRET = "非涉密"
NON_SECRET_HELP = "本程序只登记非涉密数据，国家秘密和工作秘密不要录入"

OK = "知道了"
CANCEL = "取消"
SAVE = "保存"
CLOSE = "关闭"
CLEAR = "清除"
BACK = "返回"
DELETE = "删除"
UNDO = "撤销"
UNDONE = "已{deed}"
UNDONE_NAMED = "已{deed}{name}"
AND_MORE = "“{name}”等 {count} 条记录"
UNDO_QUESTION = "要撤销的是 {at} 的“{deed}”，涉及 {count} 条记录。撤销后这些改动都会退回，确定吗？"
BROWSE = "选择…"
OPEN_FOLDER = "打开所在文件夹"
TO_FILL = "待补"
NONE = "—"
ALL = "全部"
COUNTED = "{name}（{count}）"
NO_OPTION = "没有这个选项"
NO_OPTION_KEPT = "没有这个选项，将照原文保存"

BYTES = ("{:,.0f} 字节", "{:,.0f} KB", "{:,.1f} MB", "{:,.1f} GB")

# what went wrong
FAILED = "没有办成"
DISK = "读写文件出错：{reason}"
BUG = "程序出了意外的错误，已写下错误报告，请告诉市局管理员。"
CRASH_TITLE = "程序出错了"
CRASH = "程序出了一个意外的错误，刚才的操作可能没有完成。已保存的数据不受影响。"
CRASH_ADVICE = "请把下面的错误报告交给市局管理员（报告里没有企业和个人信息）："
CRASH_UNWRITTEN = "错误报告没有写成，请记下刚才的操作并告诉市局管理员。"

# files
EXCEL = "Excel 工作簿 (*.xlsx)"
CSV = "CSV 文件 (*.csv)"
SHEETS = "表格文件 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)"
PDF = "PDF 文件 (*.pdf)"
