"""What is said of what receipts carry: before the city makes them, and before a county takes one in."""

TITLE = "生成回执"
TEXT = "将给 {count} 个县（市、区）各生成一份回执，说明收到了什么；下表是要县里办的和带下去的。"
TABLE = "各县回执的内容"
HEADS = ("单位", "退改", "疑似重复", "冲突", "更正意见", "已裁定冲突", "送回记录", "下发内容")
DO = "选择文件夹并生成…"
LOOKING = "正在汇总回执的内容…"
NONE = "—"

BRINGS = "带来：{told}"
NOTHING = "除了确认收到，没有别的要办"
PARTS = (
    ("returned", "退改 {count} 条"),
    ("suspected", "疑似重复 {count} 条"),
    ("conflicts", "冲突 {count} 条"),
    ("corrections", "新的更正意见 {count} 条"),
    ("decided", "市局裁定的冲突 {count} 条"),
    ("pulled", "送回本机的记录 {count} 条"),
    ("published", "市局下发的内容 {count} 项"),
)
