"""What the page of backups, the restoring and the note after it say."""

TITLE = "备份与恢复"
OPEN = "备份与恢复…"
ABOUT = "共 {count} 份备份。工作中有改动的，每半小时自动备份一次。"
MAKE, MAKE_HINT = "立即备份", "Ctrl+B"
MAKE_TO = "另存一份…"
TO_TITLE = "备份另存到哪里（如U盘）"
MAKING, MAKING_TO = "正在备份…", "正在备份到“{place}”，请不要拔出U盘…"
MADE = "已备份，并打开核对过：{name}"
MADE_TO = "已备份到“{place}”，并在那里打开核对过。"
BACK = "返回设置"

PLACES = "备份在哪里"
HERE, SECOND = "本机", "第二位置"
SECOND_NONE = "没有设第二位置。电脑坏了，本机的备份也会一起丢，建议设到U盘或另一块硬盘。"
SECOND_SET, SECOND_CHANGE, SECOND_STOP = "设第二位置…", "更换…", "停用"
SECOND_TITLE = "选择第二备份位置（U盘或另一块硬盘上的文件夹）"
SECOND_STOPPED = "以后只备份在本机"
SECOND_STOP_TITLE = "不再备份到第二位置？"
SECOND_STOP_TEXT = "已经在那里的备份会留着；以后的备份只在本机。"
PLACE_OK, PLACE_BAD, PLACE_NEVER = "{folder}　上次 {at}", "{folder}　{reason}", "{folder}　还没有备份"

HEADS = ("时间", "为什么", "大小", "核对", "位置")
TABLE = "备份列表，回车查看并恢复"
NONE = "还没有备份"
SOUND, UNSOUND, UNCHECKED, CHECKING = "完好", "已损坏，不能用", "做好时核对过", "正在核对…"
CHECK, CHECK_HINT = "逐份打开核对", "把每份备份都打开核对一遍，份数多时要几分钟，其间可以继续工作"
CHECKED, CHECKED_BAD = (
    "{count} 份备份都打开核对过，全部完好。",
    "{count} 份备份里有 {bad} 份已损坏，请不要用它们恢复。",
)
RESTORE = "用这份恢复…"
OTHER = "用别处的备份恢复…"
OTHER_CHOOSE = "选择备份文件"
DB = "备份文件 (*.db);;所有文件 (*)"

# restoring
LOOKING = "正在打开备份核对…"
RESTORE_TITLE = "从备份恢复"
LOST = "备份以后改过的登记（恢复后不再是现在的样子）"
LOST_NONE = "备份以后没有改动过登记，恢复不会失去什么。"
LOST_HEADS = ("类别", "名称", "备份以后", "是否报过")
LOST_NAME = "恢复会失去的改动"
LOST_MORE = "只列出前 {shown} 条，共 {count} 条"
DEEDS = {"added": "新增", "changed": "修改", "deleted": "删除"}
SENT, UNSENT = "已上报", "没有上报过"
COUNTS = "登记数：现在 {present} 条，备份里 {held} 条"
REBUILD = "从市局重建（报过的还要）"
REBUILD_TEXT = (
    "先回到这份备份；恢复后导出一次，接收市局回执，报过的较新内容由市局送回来。电脑坏了、文件丢了用这个。"
)
GO_BACK = "回到这个备份（不要后来的改动）"
GO_BACK_TEXT = "以这份备份的内容为准，后来报过的也改回去，市局按更正或冲突处理。误导入、误改了一大批用这个。"
REBUILD_CITY = "恢复到这份备份"
REBUILD_CITY_TEXT = "恢复后请给各县（市、区）发一次回执，备份以后的数据各县会再报上来。"
GO_BACK_CITY_TEXT = "以这份备份的裁定和设置为准；各县的数据仍由各县再报上来。"
DO, DO_NOT = "恢复…", "不恢复"
ASK_TITLE = "确定{what}？"
ASK_TEXT = (
    "数据回到 {at} 的样子。{lost}恢复之前会先把现在的状态另做一份备份，名为“恢复之前”，后悔还能再恢复回来。"
)
ASK_LOST = "备份以后的 {count} 条改动不再是现在的样子，其中 {unsent} 条没有上报过。"
ASK_NOTHING = "备份以后没有改动。"
YES = "恢复"
RESTORING = "正在恢复，请不要关机…"

# the note after it
DONE_TITLE = "工作区已经恢复"
DONE_COUNTY = (
    "这个工作区是从备份恢复的。请接着做两件事：\n"
    "1. 在“数据上报”里导出同步包，交给市局；\n"
    "2. 接收市局的回执，报过的较新内容会送回来，对不上的列在“冲突”里。"
)
DONE_CITY = "这个工作区是从备份恢复的。请生成回执发给各县（市、区），各县会把缺的数据再报上来。"
BACK_COUNTY = (
    "数据已回到所选的备份，后来的改动不再要了。请接着做两件事：\n"
    "1. 在“数据上报”里导出同步包，交给市局，市局那边也改回备份的内容；\n"
    "2. 接收市局的回执。后来又报过、与备份不一样的，由市局裁定，结果列在“冲突”里。"
)
BACK_CITY = "裁定和设置已回到所选的备份，各县（市、区）的数据仍以各县的为准。请生成回执发给各县，备份以后的会再报上来。"
COPIED_TITLE = "工作区换过地方"
COPIED_COUNTY = (
    "这个工作区像是从别处拷来的，或在另一台电脑上用过。请只认定一台电脑，别的不要再打开。接着做两件事：\n"
    "1. 在“数据上报”里导出同步包，交给市局；\n"
    "2. 接收市局的回执，报过的较新内容会送回来，对不上的列在“冲突”里。"
)
COPIED_CITY = (
    "这个工作区像是从别处拷来的，或在另一台电脑上用过。请只认定一台电脑，别的不要再打开。"
    "请生成回执发给各县（市、区），各县会把缺的数据再报上来。"
)
DONE_SHORT = "工作区恢复过：请导出同步包交给市局，再接收市局的回执，报过的较新内容会送回来。"
BACK_SHORT = "工作区已回到备份，后来的改动不再要了：请导出同步包交给市局，市局那边也改回来，再接收回执。"

AUTO_FAILED = "自动备份没有做成：{reason}"
