"""What the page of what the city sends down says."""

TITLE_CITY, TITLE_COUNTY = "市局下发", "市局下发的内容"
BACK = "返回设置"
ABOUT_CITY, ABOUT_COUNTY = "已下发 {count} 项", "已采用 {count} 项"
TEXT_CITY = "下发的内容随下一次回执和开通授权带到各县，县里只采用更新的版本，不能改。"
TEXT_COUNTY = "市局下发的内容随回执带来，自动采用较新的版本；本机不能改，有不同意见请向市局提出。"
TABLE = "下发的内容"
HEADS_CITY = ("内容", "状态", "版本", "下发时间")
HEADS_COUNTY = ("内容", "状态", "版本", "市局下发时间", "本机采用时间")
VERSION = "第 {version} 版"
SENT, CHANGED, UNSENT = "已下发", "有改动未下发", "未下发"
TAKEN, REFUSED, NONE = "已采用", "没有采用", "市局未下发"
TONES = {SENT: "good", CHANGED: "warn", UNSENT: "idle", TAKEN: "good", REFUSED: "bad", NONE: "idle"}
ITEMS, ITEMS_HEADS = "所选内容逐项", ("项目", "内容")
ITEMS_OF = "{label}第 {version} 版的内容"
ITEMS_NONE_CITY = "还没有下发过，各县用程序自带的或自己的"
ITEMS_NONE_COUNTY = "市局还没有下发，本机用程序自带的或自己的"

PUBLISH = "下发…"
PUBLISH_HINT = "看清改动后下发选中的一项（回车）"
PUBLISH_TITLE = "下发{label}"
TEXTS = {
    "parameters": "把“设置”里现在的统计参数下发给各县；也可以先按一张表（列：参数、值、依据、日期）修改再下发。",
    "reporting": "把现在的报送安排下发给各县；也可以先按一张表（列：频次、天数、起始期）修改再下发。",
    "codes": "先另存现在的表，用 Excel 或记事本改好（列不能变，正在用的代码不能删），存成 CSV，再选择它下发。",
}
FILE = "表格文件（可不选）"
FILE_NEEDED = "表格文件"
CHOOSE, CLEAR, SAVE_TABLE = "选择…", "不用表格", "另存现在的表…"
SAVED_TABLE = "现在的表已存为“{name}”，改好后在这里选择它。"
CSV = "表格 (*.csv);;所有文件 (*)"
TABLE_NAME = "{name}.csv"
SHIFTS, SHIFTS_HEADS = "各县将看到的改动", ("项目", "各县现有", "下发后")
SHIFTS_NONE = "选择表格后，在这里逐项显示改动"
SHIFTS_SAME = "与各县现有的一样，不用下发"
LOOKING = "正在核对…"
FOUND = "{label}：将改动 {count} 项，下发后是第 {version} 版"
SAME = "{label}：与各县现有的一样"
DO = "下发"
DO_VERSION = "下发第 {version} 版"
DONE = "已下发{label}第 {version} 版。请导出回执带给各县。"
DONE_CODES = "已下发{label}第 {version} 版。请导出回执带给各县；本机下次打开工作区时改用新表。"
