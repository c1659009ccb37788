"""The list of a folder of evidence (卷内目录), by indicator and task (domain.md G)."""

from datetime import datetime
from itertools import count, groupby

from ipdesk.kinds.declare import Catalogue
from ipdesk.plan.evidence import Proof, group_name
from ipdesk.plan.overview import Overview, unit_name
from ipdesk.reports.table import Cell, Column, Group, TableReport, chinese_date
from ipdesk.shortdigest import short

NAME = "佐证材料卷内目录"
COLUMNS = (
    Column("number", "顺序号", "center", fixed=True, key=True),
    Column("title", "材料名称", key=True),
    Column("unit", "责任单位"),
    Column("day", "日期", "center"),
    Column("ledger", "所在台账"),
    Column("record", "所属记录"),
    Column("file", "附件文件"),
    Column("digest", "附件摘要", "center"),
)


def evidence_table(
    told: Overview,
    proofs: list[Proof],
    catalogue: Catalogue,
    office: str,
    period: str,
    made_at: datetime,
    digest: str = "",
) -> TableReport:
    """Return the list of all that proves the figures and tasks of an overview."""
    numbers = count(1)
    groups = [
        Group(group_name(told.plan, code), [_row(next(numbers), one, catalogue) for one in some])
        for code, some in groupby(proofs, key=lambda one: one.code)
    ]
    return TableReport(
        title=NAME,
        office=office,
        period=period or f"截至{chinese_date(told.moment.day)}",
        unit_note="",
        columns=COLUMNS,
        groups=groups,
        made_at=made_at,
        group_head="指标、任务",
        notes=("附件摘要由文件内容的 SHA-256 算得，可用来核对文件有没有改动。",),
        as_of=told.moment.as_of,
        known_on=told.moment.known_on,
        nothing="没有登记佐证材料",
        digest=digest,
    )


def _row(number: int, one: Proof, catalogue: Catalogue) -> list[Cell]:
    digest = short(one.sha256) if one.sha256 else None
    label = catalogue.ledger(one.ledger).label
    return [number, one.title, unit_name(one.unit), one.day, label, one.record, one.file or None, digest]
