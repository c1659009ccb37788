"""A report of ten thousand rows and twelve columns; run as a program, it writes the PDF and tells its memory."""

import random
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from ipdesk.reports.table import Cell, Column, Group, Summary, TableReport

ROWS = 10_000
RARE = "㛃㤚𬭎"  # not in the font of the body, so that the largest font is loaded too
SYLLABLES = "东台建湖射阳大丰亭海盐阜宁滨响锦盛鹤华恒聚源江程能石油装备科技新材料电子纺织机械环保食品汽车部件光伏风农业"
COLUMNS = (
    Column("seq", "序号", "center", fixed=True, key=True),
    Column("name", "企业名称", key=True),
    Column("uscc", "统一社会信用代码", "center", fixed=True),
    Column("town", "所在镇", "center"),
    Column("stage", "当前进度", "center"),
    Column("standard", "贯标标准", "center"),
    Column("body", "认证机构"),
    Column("no", "证书编号", "center", fixed=True),
    Column("issued", "发证日期", "center", fixed=True),
    Column("until", "有效期至", "center", fixed=True),
    Column("status", "证书状态", "center"),
    Column("amount", "补助金额", "right", unit="万元", fixed=True),
)


def rows() -> list[list[Cell]]:
    """Return as many invented rows of twelve cells, the names and codes all different."""
    dice = random.Random(2025)
    names = ["".join(dice.choices(SYLLABLES, k=dice.randint(6, 12))) for _ in range(ROWS)]
    return [
        [
            number, f"{name}{RARE[number % 3] if number % 50 == 0 else ''}有限公司", f"91320981MA{number:08}",
            "三仓镇", "获证", "GB/T 29490-2023", "中知（北京）认证有限公司", f"165IP{number:06}R0M",
            "2023-10-10", "2026-10-09", "有效", Decimal(number % 100) / 10,
        ]
        for number, name in enumerate(names, 1)
    ]  # fmt: skip


def report() -> TableReport:
    """Return a report of ten thousand rows and twelve columns."""
    return TableReport(
        title="盐城市贯标企业台账",
        office="盐城市知识产权局",
        period="2025年",
        unit_note="家、万元",
        columns=COLUMNS,
        groups=[Group("", rows())],
        made_at=datetime(2025, 7, 2, 9, 5),
        total=Summary("合计", {"name": f"{ROWS}家"}),
    )


def peak() -> int:
    """Return the most memory this process has held, in megabytes (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    from ipdesk.reports.pdf import write_pdf

    with Path(sys.argv[1]).open("wb") as stream:
        write_pdf(report(), stream)
    print(peak())
