"""What exchange between county and city says."""

COUNTY_TITLE, CITY_TITLE = "数据上报", "开通与回执"

# county
UNSENT = "还有 {count} 条改动没有上报"
UNSENT_ROWS = "还有 {rows} 条登记没有上报"
UNSENT_PARTS = "{rows} 条登记没有上报，合 {count} 条改动（企业、案卷、人员等各记一条）"
ALL_SENT, NONE_SENT = "全部已上报", "还没有上报过"
EXPORT = "导出同步包"
EXPORT_TO = "选择U盘或文件夹"
EXPORTED = "已导出“{name}”。请把这个文件交给市局，收到市局回执后在这里接收。"
TAKE_RECEIPT = "接收回执"
RECEIPT_FILES = "回执文件 (*.ipk);;所有文件 (*)"
FIGURE_UNSENT, FIGURE_UNCONFIRMED, RECORDS = "未上报", "市局未确认", "条改动"
GAPS = "市局还缺这些编号的同步包：{numbers}。再导出一次同步包交给市局即可补齐。"
SET_ASIDE = "有同步包市局还没有收下：{reasons}。"
AGAIN = (
    "报过的内容又列为没有上报：市局手里的与本单位对不上，或市局撤回了接收，要再报一次。请照常导出，交给市局。"
)

ENROL_TITLE = "先办开通，再上报"
ENROL_TEXT = "开通只办一次：让市局认得这台电脑，同步包才能加密、防冒名。"
STEP_REQUEST = "1  导出开通申请，用U盘交给市局"
STEP_INSTALL = "2  拿到市局的授权文件后，在这里安装"
STEP_COMPARE = "3  打电话与市局核对两边的指纹，一致后点“已核对，一致”"
REQUEST = "导出申请…"
REQUEST_NAME = "开通申请-{unit}.ipk"
REQUESTED = "开通申请已存为“{name}”，请交给市局。市局会问本机指纹：{fingerprint}"
INSTALL = "安装授权…"
INSTALLED = "授权已安装。请打电话与市局核对指纹后确认。"
INSTALLED_READY = "授权已安装，可以导出同步包了。"
IPK = "同步文件 (*.ipk);;所有文件 (*)"
OWN_FINGERPRINT = "本机指纹"
CITY_FINGERPRINT = "市局指纹"
NOT_YET = "安装授权后显示"
COMPARED = "已核对，一致"
COMPARED_TITLE = "两边的指纹都一致吗？"
COMPARED_TEXT = (
    "请确认是打电话逐位核对过的：\n{unit}：{fingerprint}\n本机：{own}\n"
    "指纹不一致说明文件可能被人换过，请不要确认。"
)
COMPARED_YES = "逐位核对过，一致"
CONFIRMED = "已确认{unit}的指纹"
HELD = "核对指纹并确认后才能导出"
HELD_BACKUP = "把市局密钥备份另外存放并按“已另外存放”后才能生成回执"

# list of files
FILES = "往来记录"
FILES_HEADS = ("时间", "往来", "单位", "编号", "条数", "文件")
FILES_NAME = "往来记录表"
FILES_NONE = "还没有往来文件"
KINDS = {
    ("out", "package"): "发出同步包",
    ("in", "package"): "收到同步包",
    ("out", "receipt"): "发出回执",
    ("in", "receipt"): "收到回执",
}
QUARANTINED = "{kind}（暂存：{reason}）"

# city
NO_PACKAGES = "“{name}”里没有同步包（.ipk 文件），请换一个文件夹"
ACCEPT = "受理开通"
ACCEPT_CHOOSE = "选择县（市、区）的开通申请"
GRANT_NAME = "开通授权-{unit}.ipk"
GRANT_SAVE = "授权文件存到哪里"
NOT_A_REQUEST = "“{name}”不是开通申请，请核对是否拿错了文件"
SUPERSEDE_TITLE = "{unit}已经开通过一台设备"
SUPERSEDE_TEXT = (
    "如果{unit}换了电脑，可以用新设备替换旧设备。旧设备从此不能再上报，它没有上报的内容不会自动转过来。"
)
SUPERSEDE_YES = "替换旧设备"
ACCEPTED = "已开通{unit}，授权文件存为“{name}”。请交给{unit}安装，并打电话核对指纹：{fingerprint}"
RECEIPTS = "生成回执"
RECEIPTS_TO = "回执存到哪个文件夹"
RECEIPTS_MADE = "已生成 {count} 份回执，存到“{folder}”。请分别交给各县（市、区）。"
COUNTIES = "县（市、区）"
COUNTIES_HEADS = ("单位", "状态", "上次收到", "编号", "本次条数", "设备指纹")
COUNTIES_NAME = "县（市、区）收包情况"
STATE_NONE, STATE_OPEN, STATE_READY, STATE_SENT = "未开通", "指纹待核对", "已开通，未收到", "已收到"
STATE_GAPS, STATE_SET_ASIDE = "缺包：{numbers}", "有暂存未收的包"
MORE = "{numbers} 等{count}个"
COMPARE = "核对指纹"
COMPARE_HINT = "选中一个“指纹待核对”的单位，打电话核对后确认"
BACKUP = (
    "请把市局密钥备份（{file}）拷到这台电脑以外的地方，与打印的恢复码分开保管，再按“已另外存放”；"
    "这样做了才能生成回执。"
)
BACKUP_DONE = "已另外存放"
KEPT_TITLE = "密钥备份真的另外存放好了吗？"
KEPT_TEXT = (
    "请确认密钥备份文件已经拷到这台电脑以外的地方（如锁在柜子里的U盘），并与打印的恢复码分开保管。\n"
    "没有拷出去就确认，这台电脑坏了，各县都要从头开通。"
)
KEPT_YES = "确认，已拷到别处"
BACKUP_CONFIRMED = "已确认密钥备份另外存放"
COUNTIES_ABOUT = "已开通 {enrolled} 个单位，收到过 {received} 个单位的同步包"

# preview of what is received
CHECKING = "正在核对文件…"
TAKING = "正在接收…"
LOOK_TITLE = "核对后再接收"
RECEIPT_HEADS = ("文件", "回执号", "已接收", "退改", "疑似重复", "冲突", "说明")
LOOK_NAME = "将接收的文件"
LOOK_NONE = "这些文件都不能接收，原因见下"
REFUSED_HEADS = ("文件", "不收的原因")
REFUSED_NAME = "不收的文件"
REFUSED_NONE = "没有不收的文件。"
ROWS_HEADS = ("单位", "结果", "类别", "名称", "改动")
ROWS_NAME = "将改动的记录"
ROWS_NONE = "没有要改动的记录。"
TAB_ROWS = "改动的记录（{count}）"
TAB_REFUSED = "不收的文件（{count}）"
DEEDS = {
    "added": "新增",
    "changed": "修改",
    "deleted": "删除",
    "accepted": "已接收",
    "returned": "退改",
    "duplicate": "疑似重复",
    "conflict": "冲突",
}
CHANGE = "{label}：{before} → {after}"
TOLD = "{label}：{value}"
TAKE = "接收 {count} 个文件"
TAKE_NONE = "没有可以接收的文件"
TAKEN_RECEIPT = "回执已接收，市局确认了 {accepted} 条。"
TAKEN_REFUSED = "另有 {count} 个文件没有接收。"
