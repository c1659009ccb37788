"""What the overview of the plan's indicators says."""

TITLE = "总览"
READING = "正在计算…"
ABOUT = "截至{day}，时序进度 {elapsed}，{plan}"
PAST = "看的是过去：{told}。"
PLAN, UNIT = "计划", "单位"
REFRESH = "重新计算"
CARDS, TABLE = "卡片", "一览表"
VIEWS = "指标的两种看法"
CARDS_NAME = "指标卡片，方向键选择，回车看记录"
TABLE_NAME = "指标一览表，回车看记录"
TABLE_HEADS = ("指标", "完成值", "目标", "完成率", "状态", "说明")
VALUE = "{value} {unit}"
TARGET = "目标 {target}"
DONE = "完成 {done}"
ELAPSED = "时序 {elapsed}"
BEFORE = "上期 {before}"
CARD = "{code} {name}：{value} {unit}，目标 {target}，完成率 {done}，时序进度 {elapsed}，{state}{said}"

TREND, RANKING, COVERAGE = "趋势", "各单位", "覆盖"
DETAILS = "所选指标的图和表"
TREND_CHART = "“{name}”的趋势图：{told}"
TREND_TABLE = "趋势图的数据，回车看当日"
TREND_HEADS = ("时点", "完成值", "目标", "完成率")
TREND_POINT = "{name} {value}"
NO_TREND = "还没有可画的数。"
READING_TREND = "正在计算各期的数…"
GOAL = "目标"

RANKING_CHART = "“{name}”各单位对比图：{told}"
RANKING_TABLE = "各单位对比的数据，回车看这个单位"
RANKING_HEADS = ("名次", "单位", "完成值", "目标", "完成率", "状态")
RANKED = "{unit} {value}"
OWN_ONLY = "各县（市、区）的数在市局汇总，这里只有本单位的。"
NO_COUNTY_VALUE = "这个指标只有全市的数，不分县。"

COVERAGE_CHART = "{what}覆盖图：{told}"
COVERAGE_TABLE = "各镇（街道）的联络员和指导站，回车打开记录"
COVERAGE_HEADS = ("单位", "镇（街道）", "联络员", "指导站")
STATIONS, LIAISONS = "指导站", "联络员"
MISSING = "未登记"
NO_TOWNS = "没有镇（街道）。"

RECORDS = "{name}（{unit}）：{count} 条记录"
RECORD_HEADS = ("结果", "记录", "单位", "说明")
RECORDS_TABLE = "数到的和说不清的记录，回车打开"
COUNTED, UNCLEAR = "计入", "说不清"
NO_RECORDS = "没有记录。"
WHY_NOTHING = "没有记录（{why}）。"

EXPORT = "导出"
PICTURE, PDF, SHEET = "图片…", "PDF…", "表格…"
PICTURE_FILES = "PNG 图片 (*.png)"
NAME = "总览-{unit}-{day}"
SAVED = "已保存：{name}"
PICTURE_TITLE = "{unit} 计划指标总览"
CHART = "{name} · {what}"
