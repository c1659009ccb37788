"""What the page of devices and keys says."""

TITLE = "设备与密钥"
BACK = "返回设置"
ABOUT = "已开通 {live} 台，指纹待核对 {open} 台"
OWN = "本机指纹"
OWN_CITY = "市局指纹（本机）"
SPOKEN = "电话里读作：{words}"
OWN_HELP_CITY = "县里打电话核对时，把这串数字读给对方听，一位也不能错。"
OWN_HELP_COUNTY = "市局打电话核对时，把这串数字读给对方听，一位也不能错。"
BACKUP = "密钥备份"
BACKUP_KEPT = "{file}，已确认另外存放"
BACKUP_OPEN = "{file}，还没有确认另外存放"
BACKUP_NONE = "还没有，请按“密钥备份另存…”做一份"
BACKUP_UNLOCKED = "没有口令，不做密钥备份；请先在“设置”里设置口令"

TABLE, HEADS = "已开通的设备", ("单位", "状态", "指纹", "开通时间", "设备编号")
STATES = {
    "own": "本机",
    "live": "在用",
    "open": "指纹待核对",
    "superseded": "已被新设备替换",
    "revoked": "已作废",
}
TONES = {"own": "good", "live": "good", "open": "warn", "superseded": "idle", "revoked": "bad"}
CHOSEN = "{name}（{state}）的指纹"

ACCEPT, REQUEST, INSTALL = "受理开通…", "导出开通申请…", "安装授权…"
COMPARE, REVOKE = "核对指纹…", "作废这台设备…"
BACK_UP, RECOVER = "密钥备份另存…", "用密钥备份恢复…"
ROTATE_CITY, ROTATE_COUNTY = "更换市局密钥…", "更换本机密钥…"
BACKUP_DONE = "已另外存放"

REVOKE_TITLE = "作废{name}的设备？"
REVOKE_TEXT = (
    "电脑丢失、被盗或密钥可能外泄时才作废。作废后：\n"
    "· {name}现在这台设备（指纹 {fingerprint}）的文件从此都不收，这一步不能撤回；\n"
    "· 已经收下的数据不受影响；\n"
    "· {name}要在新建的工作区里重新申请开通。"
)
REVOKE_YES = "作废"
REVOKED = "已作废{name}的设备，它的文件从此不收。请{name}在新建的工作区里重新申请开通。"

RECOVERY = "打印的恢复码"
RECOVERY_HELP = "八组字母和数字，锁在柜子里的那一张；不会保存"
RECOVERY_EMPTY = "请输入恢复码"

ROTATE_CITY_TEXT = (
    "现在的指纹：{fingerprint}\n更换以后：\n"
    "· 已开通的 {count} 个单位不用重新开通：下一份回执会带上新密钥，由旧密钥作保；\n"
    "· 各县收到回执后要打电话与市局核对新指纹，核对前不能导出；\n"
    "· 密钥备份会重写，请把新的另存到别处。"
)
ROTATE_COUNTY_TEXT = (
    "现在的指纹：{fingerprint}\n更换以后：\n"
    "· 要重新导出开通申请交市局，市局授权并安装以前，同步包市局不收；\n"
    "· 已经上报的和本机的数据不受影响。"
)
REVOKES = "旧密钥同时作废（怀疑旧密钥外泄时勾选）"
REVOKES_HELP = "各县装上新密钥后，不再接收旧密钥签名的文件，迟到的旧回执也不收"
ROTATE = "更换"
ROTATE_ASK = "更换密钥？"
ROTATE_ASK_TEXT = "更换后不能换回来。"
ROTATED_CITY = "市局密钥已更换，新指纹：{fingerprint}。请导出回执带给各县，并把新的密钥备份另存到别处。"
ROTATED_COUNTY = "本机密钥已更换，新指纹：{fingerprint}。请重新导出开通申请交市局。"

BACK_UP_TITLE = "密钥备份另存"
BACK_UP_TEXT = (
    "市局的电脑坏了，用密钥备份和打印的恢复码就能接着办，各县不用从头再来。"
    "请存到U盘等这台电脑以外的地方，与恢复码分开锁好。"
)
BACK_UP_DO = "选择位置并保存"
BACK_UP_NAME = "市局密钥备份.ipdesk"
BACK_UP_FILTER = "密钥备份 (*.ipdesk);;所有文件 (*)"
BACKED_UP = "密钥备份已存为“{name}”，读回核对无误。另外存放好后，请按“已另外存放”。"
BACKUP_CONFIRMED = "已记下：密钥备份另外存放好了。"

RECOVER_TITLE = "用密钥备份恢复"
RECOVER_TEXT = "原来的市局工作区丢了、新建了这个工作区时才用：接上原来的密钥，各县仍认得市局。"
RECOVER_FILE, RECOVER_CHOOSE = "密钥备份文件", "选择…"
RECOVER_FILE_EMPTY = "请选择密钥备份文件"
RECOVER_LOOK = "查看"
RECOVER_FOUND = (
    "备份里的密钥，指纹：{fingerprint}{older}。\n"
    "恢复后本机换上新密钥，由备份里的密钥作保；请各县重新申请开通，再导出回执带去，并电话核对新指纹。"
    "新的密钥备份仍用这张恢复码打开。"
)
RECOVER_OLDER = "，另有更早的 {count} 把"
RECOVER_KNOWN = "备份里的密钥（指纹：{fingerprint}）本机都有，不用恢复。"
RECOVER_DO = "恢复"
RECOVER_ASK = "接上这份备份里的密钥？"
RECOVERED = "已接上原来的密钥，新指纹：{fingerprint}。请各县重新申请开通，并把新的密钥备份另存到别处。"
