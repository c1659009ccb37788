"""The parts of a form that several kinds of the 贯标 ledger share, and how heads of columns are written down."""


def heads(words: str) -> tuple[str, ...]:
    """Return the heads of a column, written with strokes between them."""
    return tuple(words.split("|"))


BASIC, PROFILE, CASE_PART, CERT, AFTER, MONEY, CONTACT = (
    "企业",
    "企业概况",
    "贯标过程",
    "证书与评价",
    "证后管理",
    "补助资金",
    "联系与备注",
)
