"""Say which fields the whole of a head means by the patterns that a ledger declares (``Ledger.says``).

Of a head all has to be said by the pattern: nothing may be left over but words that say nothing (``_LEADING``,
``_TRAILING``, the ledger's ``neutral``). So 上年度从业人数 is never 从业人员数, however alike the two are.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ipdesk.intake.heads import Head, fold_head, normal
from ipdesk.kinds.declare import Field, Ledger

_LEADING = (
    r"本人|本次|本期|本(?!科)|该|现有|现任|现在|现(?!金)|截至|最新|其中:?|"
    r"实际|登记的?|填写|所在|所属|归属|所|拥有|相关|主要|详细"
)
_TRAILING = r"情况|信息|说明|一?栏|填写|详细|内容"
# In brackets behind a head: how to write it or how it is measured, nothing about what it is.
_HARMLESS = re.compile(
    r"\d*位|\d位数字?|[个人名家户件元年分级]|年?月?日?|年/月(?:/日)?|可?多选|"
    r"单选|盖章|公章|签名|签字|全称|全名|姓名|姓氏|编号|号码?|证号"
    r"|是/?否|有/?无|打?[√×勾✓/、]+|男[/、或]女|.*(?:万元|元|亿元)|含|A-[CD]|百分制|"
    r"小时|最高学历|所学|[年期]末|如实填写|准确到日|营业执照|三证合一|税号|详细|名称"
)
_SIGNS = re.compile(r"[()/、,，:.-]|以及|(?<=[员人称务位名])[和与及]")
_LONGEST = 24


def said(ledger: Ledger, texts: Sequence[str]) -> list[Field]:
    """Return the fields that the leaf of a head means by all that it says, whatever its cells."""
    head = fold_head(texts[-1]) if texts else Head("", "")
    if not head.full or len(head.full) > _LONGEST:
        return []
    forms = [form for word in _words(head) for form in _stripped(word, ledger.neutral)]
    return [
        ledger.field(n) for n, s in ledger.says.items() if any(re.fullmatch(s.head, form) for form in forms)
    ]


def _words(head: Head) -> Iterator[str]:
    """Yield what a head says: all of it without signs, and without its brackets where those are harmless."""
    yield normal(_SIGNS.sub("", head.full))
    if all(map(_HARMLESS.fullmatch, head.asides)):
        yield normal(_SIGNS.sub("", head.base))


@lru_cache(maxsize=16384)
def _stripped(word: str, neutral: str) -> tuple[str, ...]:
    """Return a word and what is left of it without one neutral word after the other, in front and behind."""
    leading = re.compile(f"^(?:{_LEADING}{'|' + neutral if neutral else ''})")
    trailing = re.compile(f"(?:{_TRAILING})$")
    found = [word]
    for form in found:  # grows while it is gone through
        shorter = (leading.sub("", form, count=1), trailing.sub("", form))
        found += [less for less in dict.fromkeys(shorter) if less and less not in found]
    return tuple(found)
