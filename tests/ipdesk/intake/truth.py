"""Invent 贯标 records: what a sheet means, and the many ways in which an office writes it."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ipdesk.codes import code_table, read_codes
from ipdesk.fields import Value

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华",
)
FIRST, SECOND = "东海盛恒瑞金新华远博天鑫宏丰永泰", "润达源力科成隆越江晟沃聚能正"
TRADES = ("机械", "新材料", "纺织", "电子科技", "食品", "环保设备", "汽车零部件", "生物科技", "光伏")
FORMS = ("有限公司", "科技有限公司", "（集团）有限公司", "股份有限公司", "有限责任公司")
ADVISORS = ("南京高格企业管理咨询有限公司", "盐城智衡知识产权服务有限公司", "江苏汇知联专利代理有限公司")
BODIES = {
    "CB01": ("中知认证", "中知（北京）认证有限公司", "中知(北京)认证有限公司"),
    "CB02": ("中规认证", "中规（北京）认证有限公司"),
}
STAGES = {
    "ST02": ("省系统备案", "贯标备案", "线上备案", "已备案"),
    "ST03": ("启动", "贯标启动会", "已启动"),
    "ST06": ("文件编制", "体系文件编写", "文件编制阶段"),
    "ST08": ("体系运行", "实施运行", "试运行", "体系运行中"),
    "ST09": ("内部审核", "内审"),
    "ST15": ("获证", "已获证", "取得证书", "通过认证", "已取得证书"),
    "ST23": ("绩效评价合格", "通过验收"),
}
STANDARDS = {
    "SD1": (
        "GB/T 29490-2013",
        "GB/T29490-2013",
        "2013版",
        "29490-2013",
        "GB/T 29490:2013",
        "ＧＢ／Ｔ２９４９０－２０１３",
    ),
    "SD2": (
        "GB/T 29490-2023",
        "GB/T29490—2023",
        "2023版",
        "新版",
        "GB/T 29490-2023 企业知识产权合规管理体系 要求",
    ),
}
STATUSES = {
    "CS1": ("有效", "正常", "有效期内"),
    "CS2": ("暂停",),
    "CS3": ("撤销", "被撤销"),
    "CS5": ("过期", "已过期"),
}
Truth = dict[str, Value]
Cell = str | int | float | date | None


def uscc(dice: random.Random, unit: str) -> str:
    """Return an invented code with a right check digit (GB 32100-2015)."""
    body = "91" + unit + "MA" + "".join(dice.choices(ALPHABET, k=7))
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def wrong_uscc(dice: random.Random, code: str) -> str:
    """Return a code with one letter changed, so that its check digit is wrong."""
    place = dice.randrange(8, 17)
    other = dice.choice([c for c in ALPHABET if c != code[place]])
    return code[:place] + other + code[place + 1 :]


def towns(unit: str) -> list[str]:
    """Return the codes of a unit's towns."""
    return [r["town_code"] for r in read_codes("towns.csv") if r["managing_unit_code"] == unit]


def record(dice: random.Random, unit: str, number: int) -> Truth:
    """Return one invented row of the ledger, canonical."""
    short = code_table("regions").codes[[c.code for c in code_table("regions").codes].index(unit)].words[1]
    start = date(2021, 1, 1) + timedelta(days=dice.randrange(1200))
    trade = dice.choice(TRADES)
    name = short + dice.choice(FIRST) + dice.choice(SECOND) + dice.choice(SECOND) + trade + dice.choice(FORMS)
    told: Truth = {
        "unit_code": unit,
        "town_code": dice.choice(towns(unit)),
        "enterprise_name": name,
        "uscc": uscc(dice, unit),
        "stage": dice.choice(list(STAGES)),
        "start_date": start.isoformat(),
        "filing_date": (start - timedelta(days=dice.randrange(10, 90))).isoformat(),
        "advisor_name": dice.choice(ADVISORS),
        "contact_name": dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2)))),
        "contact_phone": f"1{dice.choice('3578')}{dice.randrange(10**9):09d}",
        "legal_rep": dice.choice(SURNAMES) + dice.choice(GIVEN),
        "reg_address": f"{short}{trade}路{dice.randrange(1, 300)}号",
        "staff_count": dice.randrange(5, 900),
        "is_hightech": dice.random() < 0.5,
        "remark": dice.choice((None, "新增", "2023年重点（续）", "需跟进，见附件")),
    }
    if told["stage"] == "ST15":
        told |= _certificate(dice, start, number)
    if told["stage"] == "ST23":
        told["eval_date"] = (start + timedelta(days=dice.randrange(400, 600))).isoformat()
    if told["stage"] in ("ST15", "ST23") and dice.random() < 0.6:
        told["subsidy_amount_wan"] = dice.choice((1.5, 2.0, 3.0, 5.0, 10.0, 0.8))
        told["subsidy_year"] = dice.choice((2023, 2024))
    return {name: value for name, value in told.items() if value is not None}


def _certificate(dice: random.Random, start: date, number: int) -> Truth:
    issued = start + timedelta(days=dice.randrange(120, 400))
    until = issued.replace(year=issued.year + 3, day=min(issued.day, 28)) - timedelta(days=1)
    return {
        "standard_code": "SD2" if issued.year > 2023 else "SD1",
        "cert_body": dice.choice(list(BODIES)),
        "cert_no": f"165IP{issued:%y}{number:04d}R0{dice.choice('LMS')}",
        "cert_issue_date": issued.isoformat(),
        "cert_valid_to": until.isoformat(),
        "cert_status": dice.choice(list(STATUSES)),
    }


NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number below 100 as people write it by hand."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return lead + (NUMERALS[ones] if ones or not tens else "")


def wide(words: str) -> str:
    """Return letters, digits and signs in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)


DateStyle = Callable[[date], Cell]
DATE_STYLES: dict[str, DateStyle] = {
    "cell": lambda d: d,
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "dot0": lambda d: f"{d:%Y.%m.%d}",
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "iso": lambda d: d.isoformat(),
    "packed": lambda d: f"{d:%Y%m%d}",
    "packed number": lambda d: int(f"{d:%Y%m%d}"),
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "chinese0": lambda d: f"{d:%Y年%m月%d日}",
    "号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "serial": lambda d: (d - date(1899, 12, 30)).days,
    "wide": lambda d: wide(f"{d.year}.{d.month}.{d.day}"),
    "short": lambda d: f"{d:%y}年{d.month}月{d.day}日",
    "numerals": lambda d: (
        "".join(NUMERALS[int(c)] for c in str(d.year)) + f"年{numeral(d.month)}月{numeral(d.day)}日"
    ),
    "spaced": lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日 ",
    "clock": lambda d: f"{d.isoformat()} 00:00:00",
}
MONTH_STYLES: Sequence[Callable[[date], Cell]] = (
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d:%Y-%m}",
    lambda d: f"{d:%Y.%m}",
    lambda d: f"{d.year}年{d.month}月份",
)
SPANS: Sequence[Callable[[date, date], str]] = (
    lambda a, b: f"{a:%Y.%m.%d}-{b:%Y.%m.%d}",
    lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
    lambda a, b: f"{a.isoformat()} 至 {b.isoformat()}",
    lambda a, b: f"{a:%Y/%m/%d}—{b:%Y/%m/%d}",
    lambda a, b: f"至{b.year}年{b.month}月{b.day}日",
)
