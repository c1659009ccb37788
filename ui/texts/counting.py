"""What the figures and the parameters they are counted by say."""

# the parameters, in the settings
TITLE = "统计口径"
ABOUT_CITY = "全市的数按这里的口径数。改口径要写明依据（文件名或文号）和日期，改动都留有记录。"
ABOUT_COUNTY = "以市局的口径为准。市局发文调整后，县里照文件改这里，自己核对的数才与市局一致。"
HEADS = ("口径", "现在", "依据", "依据日期")
TABLE = "统计口径，回车修改"
CHANGE = "修改…"
CHANGES_TITLE = "改动记录"
CHANGES_HEADS = ("时间", "口径", "原来", "改为", "依据", "依据日期")
CHANGES_TABLE = "统计口径的改动记录"
NO_CHANGES = "还没有改过。"
CHANGED = "“{label}”已改为：{words}"

# changing one
CHANGE_TITLE = "修改口径：{label}"
VALUE = "改为"
SOURCE, SOURCE_HINT = "依据", "文件名或文号，如 盐知发〔2024〕3号"
DAY, DAY_HINT = "依据日期", "如 2024-05-06"
SOURCE_EMPTY, DAY_EMPTY = "请写明文件名或文号", "请写明文件的日期"
YEAR_HELP = "四位年份；空着为最近一个完整年度"
SEARCH, CATEGORIES = "输入名称或拼音首字母", "人才类别，空格键勾选"
SHIFT_HEADS = ("统计数", "现在", "改后")
SHIFT_TABLE = "改后统计数的变化"
COUNTING = "正在试算…"
SHIFT_NONE = "改了口径，这里列出会变的统计数"
UNCHANGED = "与现在的口径一样。"
WITH_UNCLEAR = "{words}，{count} 说不清"
NO_SHIFT = "统计数没有变化。"
SHIFTS = "保存后有 {count} 个统计数会变。"

# the figures
PAGE = "统计"
AS_OF = "截至{day}，口径见“设置”"
READING = "正在统计…"
FIGURES_TABLE = "统计数，选中一项看是哪些记录"
FIGURE_HEADS = ("统计数", "数值", "说不清")
ENTRIES_TITLE = "“{label}”数到的记录"
ENTRY_HEADS = ("结果", "名称", "单位", "说明")
ENTRIES_TABLE = "数到的和说不清的记录，回车打开"
COUNTED, UNCLEAR = "计入", "说不清"
SINCE = "首次达标 {day}"
NOTHING = "没有记录。"
BASES = "新增贯标企业按三种口径：{told}"
BASIS = "{basis}（{label}）{value} 家"
CLASS = "培训班：{name} {start}"
CLASS_VALUE = "{times} 人次，{people} 人"
CATEGORY = "{label}（{toward}）"
CATEGORY_VALUE = "在册 {people} 人，培训 {times} 人次"
TOWARD, NOT_TOWARD = "计入3000人", "不计入"
REFRESH = "重新统计"
