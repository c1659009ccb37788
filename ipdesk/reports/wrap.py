"""Break Chinese text into lines: after any character, but by the rules of Chinese setting (避头尾).

No line begins with a closing mark or ends with an opening one; codes, words and numbers stay whole, and a
number stays with its unit.
"""

import re
from collections.abc import Callable, Iterable, Iterator

Measure = Callable[[str], float]
Lines = tuple[str, ...]

_UNITS = (
    "万元|亿元|千元|百万元|平方米|公里|小时|工作日|个月|周年|"
    "元|万|亿|家|件|人|次|项|户|个|名|年|月|日|号|期|批|届|级|条|页|份|天|岁|版|案|％|‰|℃|㎡"
)
_OPENERS = r"（《「『【〔〈“‘(\[{"
_CLOSERS = r"、，。；：？！）》」』】〕〉”’…—％‰℃·～)\]},.:;?!%"
_WORD = rf"[!-'*-Z\\^-z|~]+(?:(?<=\d) ?(?:{_UNITS}))?"
_KEPT = "知识产权"  # the one word of these offices that every title has: it reads badly when it is broken
_TOKEN = re.compile(rf"(?:[{_OPENERS}] *)*(?:{_WORD}|{_KEPT}|.)(?: *[{_CLOSERS}])* *")
_PIECE = re.compile(r"[^-/]*[-/]+|[^-/]+")
# The tails of company names fill most ledgers; they are kept whole where that costs no further line.
_TAILS = "（集团）|（有限合伙）|（普通合伙）|股份有限公司|有限责任公司|有限公司"
_TAIL = re.compile(_TAILS)
_PHRASE = re.compile(rf"(?:{_TAILS})(?: *[{_CLOSERS}])* *|{_TOKEN.pattern}")


def tokens(text: str) -> list[str]:
    """Return the parts of one line of text that stay whole, their trailing spaces with them."""
    found: list[str] = _TOKEN.findall(text)
    return found


def wrap(text: str, width: float, measure: Measure, *, even: bool = False) -> Lines:
    """Return the lines of a text no wider than ``width`` in the points of ``measure``; at least one line.

    ``even`` makes lines of about the same length, as it looks best where they are centred.
    """
    if "\n" not in text and measure(text) <= width:
        return (text,)
    return tuple(line for part in text.split("\n") for line in _paragraph(part, width, measure, even))


def _paragraph(text: str, width: float, measure: Measure, even: bool) -> list[str]:
    parts = tokens(text)
    lines = _filled(parts, width, measure)
    if len(lines) == 1:
        return lines
    phrased = _filled(_PHRASE.findall(text), width, measure) if _TAIL.search(text) else lines
    best = phrased if len(phrased) == len(lines) else lines
    return _level(best, parts, width, measure, even) if even or len(best[-1]) == 1 else best


def _level(lines: list[str], parts: list[str], width: float, measure: Measure, even: bool) -> list[str]:
    """Return as many lines, of even length if asked for, else without one last character alone."""
    whole = [measure(part.rstrip()) for part in parts]
    share = sum(whole) / len(lines) + measure("国") / 2 if even else width - whole[-1]
    room = max(share, *whole)
    while room < width:  # a part that stays whole may need more room than its share
        closer = _filled(parts, room, measure)
        if len(closer) == len(lines):
            return closer
        room += measure("国")
    return lines


def _filled(parts: Iterable[str], width: float, measure: Measure) -> list[str]:
    lines = [""]
    used = 0.0
    for part in _fitting(parts, width, measure):
        wide = measure(part)
        if used and used + wide > width and used + measure(part.rstrip()) > width:
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += wide
    return [line.rstrip() for line in lines]


def _fitting(parts: Iterable[str], width: float, measure: Measure) -> Iterator[str]:
    """Yield the parts, those wider than a line in pieces: better broken than cut off."""
    for part in parts:
        if len(part) == 1 or measure(part.rstrip()) <= width:
            yield part
        else:
            yield from _broken(part, width, measure)


def _broken(word: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield a word after its hyphens and strokes, and character by character where that is not enough."""
    for piece in _PIECE.findall(word):
        yield from ((piece,) if measure(piece.rstrip()) <= width else piece)
