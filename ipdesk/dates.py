"""Read dates in the ways clerks write them; keep the precision they gave, never guess between two readings."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from math import isfinite

from ipdesk.problems import ValueProblem
from ipdesk.text import fold, quoted

EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1949, 2100
_SERIALS = range(21200, 74000)  # 1958 to 2102; smaller ones look like 2023.5 without its dot
_SHORT_YEARS = range(13, 31)  # two figures that can be no month

_DIGITS = str.maketrans("〇○零一二三四五六七八九元", "0001234567891")
_NUMERAL = re.compile(r"[〇○零元一二三四五六七八九十]+(?=[年月日号])")
_ZERO = re.compile(r"(?<=[一二三四五六七八九])[Oo0Ο○〇零]+")
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_DASHES = re.compile(r"[‐‑‒–—―－−﹣]+")
_TIME = re.compile(r"(?<=[\d日号])[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_LOOSE = re.compile(r"\s*([-./、,。年月日号~至到])\s*|\s+")

_DAY = re.compile(r"['’]?(\d{4}|\d{2})(?P<sign>[-./、,。 ])(\d{1,2})(?P=sign)(\d{1,2})[日号]?[.。]?")
_SPELT = re.compile(r"['’]?(\d{4}|\d{2})[年./-](\d{1,2})[月.](\d{1,2})[日号]?[.。]?")
_MONTH = re.compile(
    r"(\d{4})[-./、,。 ](\d{1,2})月?|['’]?(\d{4}|\d{2})年(\d{1,2})(?:月份?(?:初|中|底|末|[上中下]旬)?)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
_ONE = r"(?:\d{8}|\d{4}[-./年]\d{1,2}(?:[-./月]\d{1,2}[日号]?|月)?)"
_SPAN = re.compile(rf"(?:自|从)?{_ONE}(?:起)?(?:-+|~+|至|到| |(?<=[日月号起]))({_ONE})(?:为?止|到期)?")
_UNTIL = re.compile(rf"(?:有效期)?(?:截止|截至|至|到)*({_ONE})(?:为?止|到期)?")
_BY = re.compile(
    r"(?<=[年月日号\d])[底末]?(?:之|以)?前$|(?<=年)[底末]$"
)  # 2023年底前: by the end of the year
UNREADABLE = "日期“{}”看不懂，请写成 2023-05-06 这样（只知道年月就写 2023-05）"


def _problem(shown: object) -> ValueProblem:
    return ValueProblem("date", UNREADABLE.format(quoted(str(shown))))


def parse_date(cell: object, *, end: bool = False) -> str:
    """Return an ISO date, or ``YYYY-MM`` or ``YYYY`` where no more was given.

    ``cell`` is a text, an Excel serial number or a date; of a span written in one cell the last day is taken
    when ``end`` is set, and a day by which something is due may say so: 2023年底前.
    Raises ``ValueProblem`` with code ``date``.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _iso(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(cell)
    return _from_text(str(cell), end)


def _from_number(number: float) -> str:
    """Read a cell that Excel holds as a number: a serial day, 20230506, 202305, 2023 or 2023.5.

    2023.1 may have been 2023.10 before Excel dropped its last zero, so it is refused rather than guessed.
    """
    if not isfinite(number):
        raise _problem(number)
    if int(number) in _SERIALS:
        return (EXCEL_EPOCH + timedelta(days=int(number))).isoformat()
    shown = f"{number:.10g}"
    if re.fullmatch(r"\d{4}\.1", shown):
        raise ValueProblem(
            "date", f"日期“{shown}”可能是1月，也可能是10月被表格去掉了末尾的0，请写成 2023-01 或 2023-10 这样"
        )
    return _from_text(shown, False)


def _from_text(text: str, end: bool) -> str:
    plain = _BY.sub("", _plain(text)) if end else _plain(text)
    if end and (found := _SPAN.fullmatch(plain) or _UNTIL.fullmatch(plain)):
        plain = found[1]
    if found := _DAY.fullmatch(plain):
        return _iso(_year(found[1], text), int(found[3]), int(found[4]), text)
    if found := _SPELT.fullmatch(plain):
        spelt = "年" in plain
        return _iso(_year(found[1], text, spelt=spelt), int(found[2]), int(found[3]), text)
    if found := _MONTH.fullmatch(plain):
        return _iso(_year(found[1] or found[3], text, spelt=True), int(found[2] or found[4]), None, text)
    return _from_figures(plain, text)


def _from_figures(plain: str, text: str) -> str:
    """Read 20230506, 202305, 2023年 or a serial day written as text."""
    if found := _PACKED.fullmatch(plain):
        return _iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, text)
    if found := _YEAR.fullmatch(plain):
        return _iso(int(found[1]), None, None, text)
    if plain.isdecimal() and int(plain) in _SERIALS:
        return _from_number(int(plain))
    raise _problem(text)


def _plain(text: str) -> str:
    """Return the text folded: plain digits, one kind of dash, no spaces but between figures, no clock or weekday."""
    plain = _DASHES.sub("-", fold(text)).replace("\\", "/").strip()
    plain = _WEEKDAY.sub("", _TIME.sub("", plain)).strip()
    plain = _LOOSE.sub(lambda found: found[1] or " ", plain)
    return _numerals(plain)


def _numerals(text: str) -> str:
    """Turn 二〇二三年五月十六日 into digits, also where a letter O stands for the zero."""
    text = _ZERO.sub(lambda found: "〇" * len(found[0]), text.translate(_TENS))
    return _NUMERAL.sub(lambda found: _numeral(found[0]), text)


def _numeral(words: str) -> str:
    if "十" not in words:
        return words.translate(_DIGITS)
    tens, _, ones = words.partition("十")
    return (tens.translate(_DIGITS) or "1") + (ones.translate(_DIGITS) or "0")


def _year(figures: str, text: str, *, spelt: bool = False) -> int:
    """Return the year; two figures only where 年 or an apostrophe says so, or where they can be no month."""
    year = int(figures)
    if len(figures) == 4:
        return year
    if spelt or text.strip()[:1] in "'’" or year in _SHORT_YEARS:
        return 2000 + year
    raise ValueProblem("date", f"日期“{quoted(text)}”的年份请写成四位，如 2023-05-06")


def _iso(year: int, month: int | None, day: int | None, shown: object) -> str:
    if not EARLIEST <= year <= LATEST:
        raise _problem(shown)
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueProblem("date", f"日期“{quoted(str(shown))}”不存在，请核对月份和日子") from None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def first_day(told: str) -> date:
    """Return a day, or the first one of a month or year, of what ``parse_date`` returned."""
    return date.fromisoformat(told + "-01-01"[len(told) - len("2023") :])


def last_day(told: str) -> date:
    """Return a day, or the last one of a month or year, of what ``parse_date`` returned."""
    first = first_day(told)
    month = 12 if len(told) == len("2023") else first.month
    day = first.day if len(told) == len("2023-05-06") else monthrange(first.year, month)[1]
    return date(first.year, month, day)
