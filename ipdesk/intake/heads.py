"""Fold the heads of columns: what a clerk's 统一社会信用代码（18位）* and a declared label have in common."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipdesk.text import key

_MARKS = re.compile(
    r"[*★☆#※▲△●◆:]|^[0-9]{1,2}[.、)](?=\D)|\((?:必填|选填|必填项|选填项|可选|必选)\)|必填项?$"
)
_BRACKETS = str.maketrans("[]{}〔〕「」『』", "()()()()()")
_WHOLE = re.compile(r"^\(([^()]+)\)$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_MEASURE = re.compile(r"(百万元|千元|万元|亿元|元|万|亿)$")
_TAIL = re.compile(r"[/-]?(?:单位)?[/-]?(百万元|千元|万元|亿元|元)$")
_EMPTY_GROUP = re.compile(r"(基本情况|基本信息|有关情况|相关情况|相关信息|情况|信息|资料|方面|内容|部分|栏)$")

# One meaning, several spellings; each is folded to the first wherever it stands.
_SAME = (
    (re.compile(r"时间|日期|年月日|年月|日子"), "日"),
    (re.compile(r"号码|编号"), "号"),
    (
        re.compile(
            r"(?<=发证|认证|审核|辅导|咨询|颁证)(?:机构|机关|单位|公司)(?:名称|全称)?|(?<=服务)(?:机构|公司)(?:名称|全称)?"
        ),
        "机构",
    ),
    (re.compile(r"有效期(?:限|至|到|止|截止|截至|终止|届满|满)?日?(?:至|到|止)?(?=$)"), "有效期"),
    (re.compile(r"全称|名称"), "名"),
    (re.compile(r"补贴|资助|奖励|奖补|补助"), "补助"),
    (re.compile(r"资金额?|金额|款项?(?=$)"), "金额"),
    (re.compile(r"第一次|首次"), "第1次"),
    (re.compile(r"第二次"), "第2次"),
    (re.compile(r"监督审核"), "监督"),
    (re.compile(r"结论|结果"), "结果"),
    (re.compile(r"颁证|取证|获得证书|取得证书"), "发证"),
    (re.compile(r"进展|进度"), "进度"),
    (re.compile(r"状况|状态"), "状态"),
    (re.compile(r"(?<=[人员表])姓名$"), ""),
    (re.compile(r"的|具体|目前|当前"), ""),
)


@dataclass(frozen=True, slots=True)
class Head:
    """One head folded: ``full`` as it stands, ``base`` without what stands in brackets, the unit of measure told."""

    full: str
    base: str
    measure: str = ""

    @property
    def core(self) -> str:
        """Return what a group is about, without words that say nothing: 认证情况 is about 认证."""
        return _EMPTY_GROUP.sub("", self.base)


@lru_cache(maxsize=4096)
def fold_head(words: str) -> Head:
    """Return a head without marks, spaces, line breaks and full width; brackets and the unit are told apart."""
    plain = key(words.replace("【", "[").replace("】", "]")).translate(_BRACKETS)
    full = _MARKS.sub("", _WHOLE.sub(r"\1", plain))
    asides = _IN_BRACKETS.findall(full)
    base = _IN_BRACKETS.sub("", full)
    measure = next((found[1] for aside in asides if (found := _MEASURE.search(aside))), "")
    if not measure and (found := _TAIL.search(base)) and found.start() > 0:
        base, measure = base[: found.start()], found[1]
    return Head(full, base.strip("/-、"), _whole(measure))


def _whole(measure: str) -> str:
    return measure + "元" if measure in ("万", "亿") else measure


@lru_cache(maxsize=4096)
def normal(word: str) -> str:
    """Return a folded head with words of one meaning written alike."""
    for pattern, one in _SAME:
        word = pattern.sub(one, word)
    return word


def combined(texts: Sequence[str]) -> list[Head]:
    """Return the heads that stacked texts may mean, likeliest first: group and leaf together, then the leaf."""
    *groups, leaf = [fold_head(t) for t in texts if t.strip()] or [Head("", "")]
    measure = leaf.measure or next((g.measure for g in reversed(groups) if g.measure), "")
    forms = []
    for group in reversed(groups):
        core = _EMPTY_GROUP.sub("", group.base)
        joined = (core + leaf.base, group.base + leaf.base, leaf.base + core)
        forms += [Head(word, word, measure) for word in joined if word != leaf.base]
    return [*dict.fromkeys(forms), Head(leaf.full, leaf.base, measure)]


def shown(texts: Sequence[str]) -> str:
    """Return stacked head texts as one line to show."""
    return "/".join(dict.fromkeys(re.sub(r"\s+", "", t) for t in texts if t.strip()))
