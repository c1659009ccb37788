"""What the page of archives says."""

TITLE = "归档"
BACK = "返回报表"
MAKE = "归档这一期…"
OPEN = "打开归档文件…"
MAKING = "正在归档…"
CHECKING = "正在核对…"
PERIOD = "期"
PERIOD_HINT = "如 2024-Q2、2024-06 或 2024"
PERIOD_EMPTY = "请填写要归档的期，如 2024-Q2"
NAME = "{unit}{period}归档.ipa"
FILTER = "归档文件 (*.ipa)"
MADE = "已归档：{name}，归档摘要 {digest}"
VERIFIED = "签名和内容核对无误 · {office} {period} · {plan} · 截至 {as_of}{known} · 归档摘要 {digest}"
KNOWN = "，按 {day} 登记的内容"
NOTHING = "打开一个归档文件，核对后在这里查看，不能修改"
PART = "查看"
PART_NAMES = {"figures": "指标", "tasks": "任务", "records": "记录", "evidence": "佐证目录"}
HEADS = {
    "figures": ("单位", "编号", "指标", "目标", "上期", "本期", "完成率", "差距", "状态", "原因说明"),
    "tasks": ("单位", "编号", "任务", "状态", "时限", "责任人", "进展"),
    "records": ("台账", "名称", "单位", "编号"),
    "evidence": ("指标、任务", "材料名称", "单位", "日期", "所属记录", "附件文件"),
}
