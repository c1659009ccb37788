"""Read dates in the ways clerks write them; keep the precision they gave."""

import re
from datetime import date, datetime, timedelta

from ipdesk.problems import ValueProblem
from ipdesk.text import compact, fold

EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1949, 2100
_SERIALS = range(18000, 74000)
_DIGITS = str.maketrans("〇○零一二三四五六七八九元", "0001234567891")
_NUMERAL = re.compile(r"[〇○零元一二三四五六七八九十]+(?=[年月日号])")
_TIME = re.compile(r"(?<=[\d日号])[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_PARTS = re.compile(r"^['’]?(\d{2}|\d{4})年?[-./、年](\d{1,2})(?:月?[-./、月](\d{1,2})[日号]?|月)?[.。]?$")
_YEAR = re.compile(r"^(\d{4})年?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_RANGE = re.compile(
    r"(?<=[\d日号月])(?:至|到|~|～|—+|-{2,}|--)(?=[\d二])|(?<=[日号])-(?=\d)|(?<=\d{4}[./]\d{2}[./]\d{2})-(?=\d{4})"
)
UNREADABLE = "日期“{}”看不懂，请写成 2023-05-06 这样（只知道年月就写 2023-05）"


def _problem(shown: object) -> ValueProblem:
    return ValueProblem("date", UNREADABLE.format(shown))


def parse_date(cell: object, *, end: bool = False) -> str:
    """Return an ISO date, or ``YYYY-MM`` or ``YYYY`` where no more was given.

    ``cell`` is a text, an Excel serial number or a date; of a span written in one cell the last day is taken
    when ``end`` is set. Raises ``ValueProblem`` with code ``date``.
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
    if number == int(number):
        whole = int(number)
        if whole in _SERIALS:
            return (EXCEL_EPOCH + timedelta(days=whole)).isoformat()
        return _from_text(str(whole), False)
    if int(number) in _SERIALS:
        return _from_number(int(number))
    shown = f"{number:.10g}"
    if re.fullmatch(r"\d{4}\.1", shown):
        raise ValueProblem(
            "date", f"日期“{shown}”可能是1月，也可能是10月被表格去掉了末尾的0，请写成 2023-01 或 2023-10 这样"
        )
    return _from_text(shown, False)


def _from_text(text: str, end: bool) -> str:
    plain = _numerals(compact(_TIME.sub("", fold(text).strip())))
    spans = _RANGE.split(plain)
    if end and len(spans) > 1:
        plain = spans[-1]
    if found := _PARTS.match(plain):
        year, month, day = found.groups()
        return _iso(int(year) + 2000 * (len(year) == 2), int(month), int(day) if day else None, text)
    if found := _PACKED.match(plain):
        return _iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, text)
    if found := _YEAR.match(plain):
        return _iso(int(found[1]), None, None, text)
    if plain.isdigit() and int(plain) in _SERIALS:
        return _from_number(int(plain))
    raise _problem(text)


def _numerals(text: str) -> str:
    """Turn 二〇二三年五月十六日 into digits."""
    return _NUMERAL.sub(lambda found: _numeral(found[0]), text)


def _numeral(words: str) -> str:
    if "十" not in words:
        return words.translate(_DIGITS)
    tens, _, ones = words.partition("十")
    return (tens.translate(_DIGITS) or "1") + (ones.translate(_DIGITS) or "0")


def _iso(year: int, month: int | None, day: int | None, shown: object) -> str:
    if not EARLIEST <= year <= LATEST:
        raise _problem(shown)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueProblem("date", f"日期“{shown}”不存在，请核对月份和日子") from None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
