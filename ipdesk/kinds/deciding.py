"""Declare what people decide about in an exchange, and what makes a decision possible; local kinds that never travel.

Values of records stand here as JSON text, since a conflict or a correction may concern any field; ``_deleted`` is
the name under which "deleted or not" is asked about.
"""

from ipdesk.fields import Bool, Integer, Text
from ipdesk.kinds.declare import Field, Key, Kind

DELETED = "_deleted"

CONFLICT = Kind(
    "conflict",
    "冲突",
    fields=(
        Field("unit", "单位", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("field", "字段", Text(), required=True),
        Field("base", "原值", Text(), help="JSON：双方共同的前一版，不知道时为空"),
        Field("held", "现值", Text(), help="JSON：现在算数的值"),
        Field("held_version", "现值版本", Text(), required=True, help="代数.序号.代"),
        Field("held_at", "现值时间", Text()),
        Field("other", "另一值", Text(), help="JSON：另一份工作区写的值"),
        Field("other_version", "另一值版本", Text(), required=True, help="代数.序号.代"),
        Field("other_at", "另一值时间", Text()),
        Field("found_at", "发现时间", Text()),
        Field("state", "状态", Text(), required=True, help="open、ours、theirs、value"),
        Field("decision", "决定的值", Text(), help="JSON"),
        Field("reason", "理由", Text()),
        Field("decided_at", "决定时间", Text()),
        Field("decided_by", "决定人", Text()),
        Field("correction", "更正号", Text(), help="随之发出的更正"),
    ),
    identity=(Key("unit"), Key("kind"), Key("record"), Key("other_version"), Key("field")),
    local=True,
)

VERDICT = Kind(
    "verdict",
    "查重结论",
    fields=(
        Field("rule", "规则", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("first", "记录一", Text(), required=True, help="单位/记录；两条中排前的"),
        Field("second", "记录二", Text(), required=True, help="单位/记录；两条中排后的"),
        Field("outcome", "结论", Text(), required=True, help="same 同一个，different 不是同一个"),
        Field("unit", "归属", Text(), help="归属冲突核定给哪个单位"),
        Field("reason", "理由", Text()),
        Field("decided_at", "决定时间", Text()),
        Field("decided_by", "决定人", Text()),
    ),
    identity=(Key("rule"), Key("kind"), Key("first"), Key("second")),
    local=True,
)

CORRECTION = Kind(
    "correction",
    "更正意见",
    fields=(
        Field("correction", "更正号", Text(), required=True),
        Field("unit", "单位", Text(), required=True),
        Field("ledger", "台账", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("row", "台账行", Text(), help="记录在台账里属于哪一行"),
        Field("field", "字段", Text(), required=True),
        Field("old", "原值", Text(), help="JSON"),
        Field("new", "建议值", Text(), help="JSON"),
        Field("reason", "理由", Text(), required=True),
        Field("due", "期限", Text()),
        Field("at", "提出时间", Text()),
        Field("by", "提出人", Text()),
        Field("state", "状态", Text(), required=True, help="open、yes、no、withdrawn"),
        Field("answer", "答复", Text()),
        Field("answered_at", "答复时间", Text()),
        Field("answered_by", "答复人", Text()),
        Field("told", "对方已知", Bool(), help="县里：市局已收到答复"),
        Field("incarnation", "答复代数", Integer(), help="县里哪一代答复的；没有答复时为空"),
        Field("sequence", "答复包号", Integer(), help="那一代从第几包起带着答复"),
    ),
    identity=(Key("correction"),),
    local=True,
)

CONFIRMATION = Kind(
    "confirmation",
    "本代确认",
    fields=(
        Field("unit", "单位", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("epoch", "代", Text(), required=True, help="哪一代的包带来过"),
        Field("version", "版本", Text(), required=True, help="带来的是哪一版"),
    ),
    identity=(Key("unit"), Key("kind"), Key("record"), Key("epoch")),
    local=True,
)

IMAGE = Kind(
    "image",
    "收取前的样子",
    fields=(
        Field("batch", "收取批次", Text(), required=True),
        Field("unit", "单位", Text(), required=True),
        Field("kind", "类别", Text(), required=True),
        Field("record", "记录", Text(), required=True),
        Field("version", "收取后版本", Text(), required=True, help="之后又变过就不能撤回"),
        Field("before", "收取前", Text(), help="JSON；原来没有的为空"),
    ),
    identity=(Key("batch"), Key("kind"), Key("record")),
    local=True,
)
