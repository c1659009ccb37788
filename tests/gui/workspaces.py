"""Workspaces for the pictures: the demo's city and counties, one of them with rows in every ledger."""

from pathlib import Path

from ipdesk.__main__ import doors
from ipdesk.demo import make_demo
from ipdesk.intake import apply, plan
from ipdesk.kinds import catalogue

WRONG_ROWS = (
    "企业名称,统一社会信用代码,贯标状态,所在镇,发证日期,联系电话\n"
    "东台喆䶮新材料有限公司,91320981MA1YNEW024,启动,东台镇,2024.5.6,13900000000\n"
    "东台新来有限公司,91320981MA1XHEW03,启动,溱东,2024.13.6,1390000\n"
    "东台后到有限公司,91320981MA1XHEW05X,办理中,三仓镇,,\n"
)
PEOPLE = "姓名,性别,工作单位,手机号\n陈喆,男,东台甲公司,13900000000\n李䶮,女,东台乙公司,13911112222\n"
CLASS = (
    "姓名,性别,工作单位,手机号,培训班名称,开班日期\n"
    "陈喆,男,东台甲公司,13900000000,知识产权高管培训班,2024-05-18\n"
    "李䶮,女,东台乙公司,13911112222,知识产权高管培训班,2024-05-18\n"
)
HOUSES = (
    "机构名称,统一社会信用代码,机构类型,统计年度,营业收入（万元）\n"
    "盐城喆明专利代理事务所（普通合伙）,91320981MA1YNEW024,合伙,2024,312.5\n"
    "东台市海陵商标事务所有限公司,91320981MA1XHEW05X,公司,2024,88\n"
)


def fill(base: Path) -> None:
    """Make the workspaces: the demo's city and counties, one of them with the other ledgers too."""
    ways = doors(catalogue())
    make_demo(ways, base / "demo")
    store = ways.open(base / "demo" / "320981", None)
    try:
        for ledger, text in (("institution", HOUSES), ("training", CLASS), ("person", PEOPLE)):
            path = base / f"{ledger}.csv"
            path.write_text(text, encoding="utf-8-sig")
            apply(store, plan(store, catalogue().ledger(ledger), path))
    finally:
        store.close()
