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
        Field("request_hash", "申请摘要", Text()),
        Field("grant_number", "授权号", Integer()),
        Field("superseded", "已被替换", Bool()),
        Field("revoked", "已作废", Bool()),
        Field("incarnation", "最高代数", Integer()),
        Field("epoch", "现行代", Text()),
        Field("acknowledged", "已确认到", Integer()),
        Field("receipt_seen", "对方已见回执", Text()),
    ),
    identity=(Key("unit"), Key("device")),
    local=True,
)

PACKAGE = Kind(
    "package",
    "同步包",
    fields=(
        Field("direction", "方向", Text(), required=True),
        Field("unit", "单位", Text(), required=True),
        Field("epoch", "代", Text()),
        Field("incarnation", "代数", Integer()),
        Field("sequence", "序号", Integer()),
        Field("low", "起", Integer()),
        Field("high", "止", Integer()),
        Field("digest", "摘要", Text()),
        Field("file_name", "文件名", Text()),
        Field("at", "时间", Text()),
        Field("accepted", "接收条数", Integer()),
        Field("quarantined", "暂存原因", Text()),
        Field("state_digest", "状态摘要", Text()),
    ),
    identity=(Key("direction"), Key("unit"), Key("epoch"), Key("sequence")),
    local=True,
)

RESULT = Kind(
    "result",
    "逐条结果",
    fields=(
        Field("unit", "单位", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("version", "版本", Text(), required=True),
        Field("outcome", "结果", Text(), required=True),
        Field("message", "说明", Text()),
        Field("receipt", "回执号", Integer()),
    ),
    identity=(Key("unit"), Key("kind"), Key("record")),
    local=True,
)
