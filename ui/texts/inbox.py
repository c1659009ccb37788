"""What the city's inbox says."""

TITLE = "收件"
ABOUT = "收过 {count} 包，暂存 {aside} 包"
RECEIVE = "接收同步包"
RECEIVE_CHOOSE = "选择同步包"
FOLDER = "接收整个文件夹"
FOLDER_ANY = "选择文件夹…"
FOLDER_CHOOSE = "选择放同步包的文件夹（如U盘）"
DRIVE = "U盘 {name}"
NO_DRIVE = "没有插着的U盘"
DROP = "把各县（市、区）的同步包、文件夹或U盘拖到这里，也可以按右上角的按钮选择"
DROP_NAME = "拖放同步包的区域"

RECEIVED = "收过的包"
TAB_RECEIVED = "收过的（{count}）"
RECEIVED_HEADS = ("状态", "单位", "第几包", "收取时间", "条数", "改动", "报送期", "文件")
RECEIVED_NONE = "还没有收过同步包"
TAKEN, ZERO, DIFFERS, OLD = "已收", "零报告", "与县里不符", "已收"
UNDO = "撤回这一包"
UNDO_TITLE = "撤回{unit}第{number}包？"
UNDO_TEXT = (
    "“{file}”带来的改动都会退回到收取以前，{unit}下次会重新报上来。后来的包或裁定用到了其中记录的，不能撤回。"
)
UNDONE = "已撤回{unit}第{number}包，{count} 条记录退回到收取以前。"
BUILT = (
    "{unit}第{number}包不能撤回：下面 {count} 条记录后来又有变化，或已经裁定、提出更正。请先撤回后来的包。"
)
BUILT_HEADS = ("类别", "记录")
BUILT_NAME = "后来又变过的记录"
DONE = "返回收件"

TAB_ASIDE = "暂存的（{count}）"
ASIDE = "暂存的包"
ASIDE_HEADS = ("单位", "第几包", "收到时间", "工作区", "为什么暂存")
ASIDE_NONE = "没有暂存的包"
PICK = "选定在用的工作区…"
PICK_TITLE = "{unit}在用的是哪一份工作区？"
PICK_TEXT = (
    "{unit}有两份工作区同时在报送。请打电话问清哪一台电脑在用，再选定。"
    "选定以后以那一份为准，另一份报过的内容仍按先后合并，改法不同的列入冲突。"
)
PICK_LIFE = "{life}\n最近一包：第{number}包，{made}生成"
PICK_DO = "选定这一份"
PICKED = "已选定{unit}在用的工作区，暂存的包收进了 {count} 个。"
PICK_NONE = "这一包不是因为两份工作区暂存的：{reason}"

CHECK_TITLE = "核对后再接收"
FILE_HEADS = ("文件", "单位", "第几包", "新增", "修改", "删除", "不变", "冲突", "附件")
FILES = "将接收的文件"
FILES_NONE = "这些文件都不能接收，原因见下"
ROW_HEADS = ("结果", "单位", "类别", "名称", "改动")
ROWS = "将改动的记录"
ROWS_NONE = "没有要改动的记录"
KIND_HEADS = ("台账", "类别", "新增", "修改", "删除", "不变")
KINDS = "按台账合计"
REFUSED_HEADS = ("处理", "文件", "原因")
REFUSED = "不收的文件"
REFUSED_NONE = "没有不收的文件"
TAB_ROWS, TAB_KINDS, TAB_REFUSED = "改动的记录（{count}）", "按台账合计", "不收的文件（{count}）"
MOST_ROWS = "每个文件只列前 {count} 条改动"
SET_ASIDE, NOT_TAKEN = "暂存", "不收"
DEEDS = {"added": "新增", "changed": "修改", "deleted": "删除", "conflict": "冲突"}
TAKE = "接收 {count} 个文件"
TAKE_ASIDE = "接收 {count} 个文件，暂存 {aside} 个"
ASIDE_ONLY = "暂存 {aside} 个文件"
TAKE_NONE = "没有可以接收的文件"

OUTCOME = "收取结果"
OUTCOME_WORDS = "接收了 {count} 个文件：改动 {accepted} 条，不变 {unchanged} 条。"
OUTCOME_CONFLICTS = "有 {count} 条记录在两份工作区里改法不同，已列入冲突。"
OUTCOME_REFUSED = "另有 {count} 个文件没有接收。"
OUTCOME_ASIDE = "暂存了 {count} 个文件。"
SEE_CONFLICTS = "去裁定冲突"
DOUBTS = "收进来的疑点"
DOUBT_HEADS = ("轻重", "单位", "台账", "记录", "字段", "疑点")
DOUBTS_NONE = "收进来的记录没有疑点"
TAB_DOUBTS = "疑点（{count}）"
GRADES = {"error": "错误", "reason": "要说明", "warn": "提醒", "hint": "提示", "conflict": "冲突"}
