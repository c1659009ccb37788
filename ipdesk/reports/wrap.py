"""Break Chinese text into lines: after any character, but by the rules of Chinese setting (避头尾).

No line begins with a closing mark or ends with an opening one; codes, words and numbers stay whole, and a
number stays with its unit.
"""

import re
from collections.abc import Callable, Iterable, Iterator

Measure = Callable[[str], float]

_UNITS = (
    "万亩|万元|亿元|千元|百万元|平方米|公里|小时|工作日|个月|周年|"
    "元|万|亿|家|件|人|次|项|户|个|名|年|月|日|号|期|批|届|级|条|页|份|天|岁|版|案|%|％|‰|℃|㎡"
)
_OPENERS = "（《「『【〔〈“‘(\\[{"
_CLOSERS = "、，。；：？！）》」』】〕〉”’…—％‰℃·～)\\]},.:;?!"
_WORD = rf"[!-'*-Z\\^-z|~]+(?:(?<=\d) ?(?:{_UNITS}))?"
TOKEN = re.compile(rf"[{_OPENERS}]*(?:{_WORD}|.)[{_CLOSERS}]* *")


def tokens(text: str) -> list[str]:
    """Return the parts of a line of text that stay whole, their trailing spaces with them."""
    found: list[str] = TOKEN.findall(text)
    return found


def wrap(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Return the lines of a text no wider than ``width`` in the points of ``measure``; at least one line."""
    if "\n" not in text and measure(text) <= width:
        return (text,)
    return tuple(line for part in text.split("\n") for line in _paragraph(part, width, measure)) or ("",)


def _paragraph(text: str, width: float, measure: Measure) -> list[str]:
    lines = _filled(text, width, measure)
    if len(lines) > 1 and len(lines[-1]) == 1:  # one last character alone looks like a mistake
        closer = _filled(text, width - measure(lines[-1]), measure)
        return closer if len(closer) == len(lines) else lines
    return lines


def _filled(text: str, width: float, measure: Measure) -> list[str]:
    lines = [""]
    used = 0.0
    for token in _fitting(tokens(text), width, measure):
        if lines[-1] and used + measure(token.rstrip()) > width:
            lines.append("")
            used = 0.0
        lines[-1] += token
        used += measure(token)
    return [line.rstrip() for line in lines]


def _fitting(parts: Iterable[str], width: float, measure: Measure) -> Iterator[str]:
    """Yield the parts, those wider than a line character by character: better broken than cut off."""
    for part in parts:
        if measure(part.rstrip()) > width:
            yield from part
        else:
            yield part
