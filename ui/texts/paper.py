"""What the paper twin of a package says in the window: its cover sheet, and the digest typed from paper."""

SHEET = "报送单…"
SHEET_CITY = "收件回执…"
SHEETS = {"county": "报送单", "city": "收件回执"}
SHEET_TITLE = "同步包“{name}”的{sheet}"
PRINT, SAVE = "打印", "存为 PDF"
SAVE_TITLE = "{sheet}存到哪里"
FILE_NAME = "{sheet}-{name}.pdf"
SAVED = "{sheet}已存为“{name}”"
PRINTED = {
    "county": "报送单已送去打印，盖章签名后与U盘一起交给市局",
    "city": "收件回执已送去打印，盖章签名后交给送件人",
}

CHECK = "核对摘要…"
CHECK_HINT = "用纸上的摘要核对同步包或回执文件是不是同一份"
CHECK_CHOOSE = "选择要核对的同步包或回执文件"
TITLE = "核对摘要"
WHAT = "{kind}“{name}”，{unit}，第 {number} 号"
KINDS = {"package": "同步包", "receipt": "回执", "request": "开通申请", "grant": "开通授权"}
DIGEST = "文件的摘要"
TYPED = "照纸上的摘要输入"
TYPED_HELP = "6 组，每组 4 位数字；空格和横线可输可不输"
DO = "核对"
SAME = "一致：纸和文件是同一份。"
OTHER = "不一致：纸和文件不是同一份，或数字输错了，请逐组核对；仍不一致的请对方重新导出。"
EMPTY = "请照纸上的摘要输入"
VALID = "文件完整，签名有效。"
