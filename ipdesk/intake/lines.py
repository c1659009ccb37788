"""Tell the lines of a table that are no records: totals, notes, banners, running numbers, hints, examples."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from ipdesk.intake.cells import Cell, CellError
from ipdesk.text import compact, is_blank

_TOTAL = re.compile(
    r"[^\d，。]{0,12}?(?:合计|小计|总计|共计|总数|本页计)[:：]?(?:[(（]?共?\d+[家户人个件项]?[)）]?)?|累计[:：]?"
    r"|平均值?[:：]?|其中[:：].{0,12}|以上共?(?:计)?\d+[家户人个件项]?"
)
_FOOTER = re.compile(
    r"(?:填报|填表|制表|审核|复核|审批|审签|经办|负责|分管|单位|主管|联系|报送|统计|录入|校对|日期|年月日)[^，。]{0,8}[:：]"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|附注|附|注意|注意事项|提示|※)(?:$|[:：、.]|\d|[一二三])|※|[*＊]\D"
)
_EXAMPLE = re.compile(r"(?:填写)?(?:例|示例|样例|范例|举例|例如)\d*[:：]?")
_HINT = re.compile(
    r"必填|选填|可选|格式|示例|例如|下拉|填写|请|如[:：]|yyyy|文本|单选|多选|^\d+位|^（?.{0,4}万?元）?$|自动|与.*一致",
    re.IGNORECASE,
)
_STATISTICS = frozenset("甲乙丙丁戊己庚辛")
_BANNER = re.compile(
    r"^(?:[(（][一二三四五六七八九十\d]+[)）][、.．：:]?|[一二三四五六七八九十]+[、.．：:)）]|\d+[、.．：:)）]?)?"
    r"(.{2,16}?)(?:[(（].{0,12}[)）]|共?\d+[家户人个])?[:：]?$"
)


_COUNTED = re.compile(r".{2,16}(?:[(（]共?\d+[家户人个项件][)）]|共?\d+[家户])[:：]?")


class Line(Enum):
    """What a line of a table is."""

    RECORD = "record"
    NOTHING = "nothing"
    BANNER = "banner"
    EXAMPLE = "example"


def words_of(cell: Cell) -> str:
    """Return a cell's words folded, empty for a blank one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return str(cell) if isinstance(cell, CellError) else _folded(cell)
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    return "" if is_blank(text) else compact(text)


def is_total(words: Sequence[str]) -> bool:
    """Tell whether one of the cells calls the line a total."""
    return any(_TOTAL.fullmatch(w) for w in words)


def is_part(words: Sequence[str]) -> bool:
    """Tell whether a total is only of a part: a subtotal, a page's, an average, one share of the lines above."""
    return any(re.search("小计|页|平均|其中", w) for w in words if _TOTAL.fullmatch(w))


def is_note(words: Sequence[str]) -> bool:
    """Tell whether a line is a note or names who filled the sheet in."""
    return bool(_NOTE.match(words[0]) or _FOOTER.match(words[0]))


def is_example(words: Sequence[str]) -> bool:
    """Tell whether a line says of itself that it only shows how to fill in."""
    return bool(_EXAMPLE.fullmatch(words[0])) or words[0].startswith(("例：", "例:", "示例：", "示例:"))


def is_numbering(words: Sequence[str]) -> bool:
    """Tell whether a line only numbers the columns: 1 2 3, (1) (2) (3), 甲 乙 1 2, A B C."""
    plain = [w.strip("()（）") for w in words]
    figures = [int(w) for w in plain if w.isdecimal()]
    signs = [w for w in plain if not w.isdecimal()]
    alone = all(w in _STATISTICS or re.fullmatch(r"[A-Z]{1,2}", w.upper()) for w in signs)
    return (
        len(plain) > 2
        and alone
        and figures == list(range(figures[0], figures[0] + len(figures)) if figures else [])
    )


def is_hint(words: Sequence[str]) -> bool:
    """Tell whether a line below the heads says how the columns are filled in."""
    hints = sum(bool(_HINT.search(w)) for w in words)
    return hints > 1 and 2 * hints >= len(words)


def is_counted(words: str) -> bool:
    """Tell whether a text counts what stands below it: 亭湖新区（4家）."""
    return bool(_COUNTED.fullmatch(words))


def banner(words: str) -> str:
    """Return what a banner line such as （一）三仓镇（12家） names."""
    found = _BANNER.match(words)
    return found[1] if found else words
