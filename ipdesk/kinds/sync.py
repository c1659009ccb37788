"""Declare what a workspace keeps about its exchange with others; local kinds that never travel."""

from ipdesk.fields import Bool, Integer, Text
from ipdesk.kinds.declare import Field, Key, Kind

DEVICE = Kind(
    "device",
    "已开通设备",
    fields=(
        Field("unit", "单位", Text(), required=True),
        Field("device", "设备", Text(), required=True),
        Field("role", "角色", Text()),
        Field("office_name", "单位全称", Text()),
        Field("signing_key", "签名公钥", Text(), required=True),
        Field("recipient", "加密公钥", Text(), required=True),
        Field("request_hash", "申请摘要", Text(), help="按哪一份申请开通"),
        Field("grant_incarnation", "授权代数", Integer()),
        Field("grant_number", "授权号", Integer()),
        Field("enrolled_at", "开通时间", Text()),
        Field("confirmed", "指纹已核对", Bool()),
        Field("superseded", "已被替换", Bool()),
        Field("revoked", "已作废", Bool()),
        Field("minimum_reader", "最低读取版本", Integer(), help="见过的最高值，只升不降"),
    ),
    identity=(Key("unit"), Key("device")),
    local=True,
)

PACKAGE = Kind(
    "package",
    "同步包",
    fields=(
        Field("direction", "方向", Text(), required=True, help="in 收到的，out 发出的"),
        Field("type", "种类", Text(), required=True, help="package 同步包，receipt 回执"),
        Field("unit", "单位", Text(), required=True, help="哪个县（市、区）的往来"),
        Field("device", "设备", Text()),
        Field("epoch", "代", Text(), required=True),
        Field("incarnation", "代数", Integer(), required=True),
        Field("sequence", "序号", Integer(), required=True),
        Field("previous", "上一包摘要", Text()),
        Field("digest", "摘要", Text(), required=True),
        Field("low", "起", Integer()),
        Field("high", "止", Integer()),
        Field("rows", "条数", Integer()),
        Field("accepted", "接收条数", Integer()),
        Field("acknowledged", "已确认到", Integer(), help="回执：市局已连续收到县里的第几号"),
        Field("gaps", "缺的序号", Text(), help="回执：以逗号隔开"),
        Field("mark", "本库截至", Integer(), help="发出或收取时本库的最大序列号"),
        Field("seen_incarnation", "对方已见回执代数", Integer()),
        Field("seen_number", "对方已见回执号", Integer()),
        Field("columns", "各类字段", Text(), help="JSON：类别到字段名"),
        Field("state_count", "全部条数", Integer()),
        Field("state_digest", "全部摘要", Text()),
        Field("verified", "全部相符", Bool()),
        Field("quarantined", "暂存原因", Text()),
        Field("file_name", "文件名", Text()),
        Field("at", "时间", Text()),
        Field("made_at", "生成时间", Text(), help="清单里写的时间"),
        Field("period", "报送期", Text(), help="2026-10、2026-Q4、2026"),
        Field("zero", "零报告", Bool()),
        Field("batch", "收取批次", Text(), help="收取它的那一次操作，撤回用"),
        Field("forked", "与谁分叉", Text(), help="因两份工作区同时在用而暂存：那一份的代"),
    ),
    identity=(Key("direction"), Key("type"), Key("unit"), Key("epoch"), Key("sequence"), Key("digest")),
    local=True,
)

RETURNED, ACCEPTED = "returned", "accepted"  # outcomes that a person at the city tells of a record

RESULT = Kind(
    "result",
    "逐条结果",
    fields=(
        Field("unit", "单位", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("version", "版本", Text(), required=True, help="代数.序号.代：说的是记录的哪一版"),
        Field("outcome", "结果", Text(), required=True, help="accepted、returned、duplicate、conflict"),
        Field("field", "字段", Text()),
        Field("message", "说明", Text()),
        Field("incarnation", "回执代数", Integer()),
        Field("receipt", "回执号", Integer()),
    ),
    identity=(Key("unit"), Key("kind"), Key("record")),
    local=True,
)
