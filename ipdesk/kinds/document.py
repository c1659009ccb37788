"""Declare the attachment of a record: what it is and which content, kept by hash beside the store, belongs to it."""

from ipdesk.fields import Coded, Integer, Text
from ipdesk.kinds.declare import Field, Key, Kind

DOCUMENT_FIELD = "_document"  # under which a record's history tells what was attached to it
DOCUMENT = Kind(
    "document",
    "附件",
    fields=(
        Field("record_kind", "所属类别", Text(), required=True, help="附在哪一类记录上"),
        Field("record_id", "所属记录", Text(), required=True),
        Field(
            "doc_code",
            "材料名称",
            Coded(table="documents", open=True),
            help="从材料清单里选，清单上没有的直接写名称",
        ),
        Field("file_name", "文件名", Text(), identifies=True),
        Field("sha256", "内容摘要", Text(), required=True, help="SHA-256，十六进制"),
        Field("size", "大小（字节）", Integer(), required=True),
        Field("media_type", "格式", Text()),
        Field("added_at", "添加时间", Text()),
    ),
    identity=(Key("record_kind"), Key("record_id"), Key("doc_code"), Key("sha256")),
)
