"""What the screens before the main window say."""

TITLE = "知识产权工作台"
SLOGAN = "县级知识产权台账 · 离线使用"
SECRECY = "本程序只登记非涉密数据。国家秘密、工作秘密不得录入。"

# first page
WELCOME = "开始使用"
WELCOME_TEXT = "工作区是存放本单位台账的文件夹。第一次使用请新建；换电脑或重装后请打开原来的文件夹。"
OPEN = "打开已有工作区"
OPEN_TEXT = "选择原来存放台账的文件夹"
NEW = "新建工作区"
NEW_TEXT = "第一次在本单位使用"
RECENT = "最近打开的工作区"
CHOOSE_WORKSPACE = "选择工作区文件夹"

# password page
UNLOCK = "打开工作区"
PASSWORD = "口令"
PASSWORD_HINT = "请输入工作区口令"
RECOVERY_HELP = "忘记口令时，可输入打印保存的恢复码。"
ENTER = "打开"
OTHER = "打开其他工作区"
OPENING = "正在打开…"
OPENING_LONG = "数据较多，请稍候。程序升级后第一次打开要重新建立检索，可能要几分钟，请不要关机或拔出磁盘。"
PASSWORD_EMPTY = "请输入口令"

# new page
NEW_TITLE = "新建工作区"
ROLE = "这台电脑是哪一级用"
COUNTY = "县（市、区）局"
COUNTY_TEXT = "登记本地企业，向市局上报"
CITY = "市局"
CITY_TEXT = "接收各县（市、区）上报并汇总"
UNIT = "本单位所在地"
UNIT_MISSING = "请从列表里选择所在的县（市、区）"
OFFICE = "单位全称（印在报表上）"
OFFICE_HINT = "与公章一致，如：东台市市场监督管理局"
OFFICE_HELP = "可以先不填，第一次打印报表时会再问"
FOLDER = "工作区文件夹"
FOLDER_HELP = "要放在本机硬盘上，不能放在U盘或网络共享里"
FOLDER_MISSING = "请选择工作区要放的文件夹"
FOLDER_NAME = "知识产权工作台"
NEW_PASSWORD = "设置口令"
AGAIN = "再输一遍"
NO_PASSWORD = "不设口令"
NO_PASSWORD_WARNING = "不设口令时，能用这台电脑的人都能看到全部台账和联系电话，窗口会一直显示“未加锁”。"
PASSWORD_SHORT = "口令至少 8 位"
PASSWORD_DIFFERS = "两次输入的口令不一样"
STRENGTH = ("太短：至少 8 位", "偏弱：请混用字母、数字和符号，或用几个词连成一句", "还可以", "很好")
CREATE = "建立工作区"
CREATING = "正在建立…"

# recovery page
RECOVERY = "保存恢复码"
RECOVERY_TEXT = (
    "工作区已经建好。下面的恢复码只显示这一次：忘记口令时，只有它能打开台账。"
    "请打印或抄写后锁进柜子，不要存在这台电脑上。"
)
RECOVERY_NAME = "恢复码"
RECOVERY_PRINT = "打印"
RECOVERY_SAVE = "存为文件…"
RECOVERY_FILE = "恢复码-{unit}.txt"
RECOVERY_SHEET = """{program} 恢复码

单位：{unit}
工作区：{folder}
建立日期：{day}

恢复码：
{key}

忘记口令时，在打开工作区的口令框里输入恢复码。
请锁进柜子保管，不要和电脑放在一起。
"""
RECOVERY_PRINTED = "已送打印机。请把这张纸锁进柜子保管。"
RECOVERY_SAVED = "已存为“{name}”。请把文件拷到U盘保管后，从这台电脑上删掉。"
RECOVERY_LEAVE = "恢复码还没有保存"
RECOVERY_LEAVE_TEXT = "关掉窗口后恢复码不会再显示。忘记口令又没有恢复码，台账就再也打不开。"
RECOVERY_LEAVE_YES, RECOVERY_LEAVE_NO = "不保存，关掉", "回去保存"
RECOVERY_DONE = "我已保存好恢复码"
RECOVERY_GO = "进入工作台"
TEXT_FILE = "文本文件 (*.txt)"

# a workspace whose data file is damaged or gone
RESCUE = "用备份恢复…"
RESCUE_CHOOSE = "选择备份文件（一般在工作区的 backups 文件夹或第二备份位置里）"
RESCUE_DB = "备份文件 (*.db);;所有文件 (*)"
RESCUE_TITLE = "用这份备份恢复？"
RESCUE_AFTER = "损坏的数据文件会原样留在 backups 文件夹里。"
RESCUE_YES, RESCUE_NO = "恢复", "不恢复"
