"""Fold the heads of columns: what a clerk's 统一社会信用代码（18位）* and a declared label have in common."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipdesk.text import fold, key

_MARKS = re.compile(
    r"[*★☆#※▲△●◆:①-⑳]|^\(?[0-9一二三四五六七八九十]{1,2}[.、)](?=\D)|\((?:必填|选填|必填项|选填项|可选|必选)\)|必填项?$"
)
_LATIN = re.compile(r"[A-Za-z .,'’/()&-]{2,}")
_BROKEN_WORD = re.compile(r"(?<=[A-Za-z])[ \t]*[\r\n]+[ \t]*(?=[a-z])")  # em, ail: one word in two lines
_TRANSLATED = re.compile(r"(?<=[\u4e00-\u9fff])\(?[A-Z.'/&-]{3,}\)?$")
_SIMPLER = str.maketrans(
    "編號屬縣區鄉鎮業稱單統會資註冊類產領評審證書發頒機構輔導諮詢備時間進狀態標準項補貼獎勵級萬億額費銀帳賬開戶聯繫絡電話郵說現階階況認範圍結論總員數職從專權監換據達過動啟運內獲經辦碼務簽",
    "编号属县区乡镇业称单统会资注册类产领评审证书发颁机构辅导咨询备时间进状态标准项补贴奖励级万亿额费银账账开户联系络电话邮说现阶阶况认范围结论总员数职从专权监换据达过动启运内获经办码务签",
)
_BRACKETS = str.maketrans("[]{}〔〕「」『』", "()()()()()")
_WHOLE = re.compile(r"^\(([^()]+)\)$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_MEASURE = re.compile(r"(百万元|百元|千元|万元|亿元|元|万|亿)$")
_TAIL = re.compile(r"[/-]?(?:单位)?[/-]?(百万元|百元|千元|万元|亿元|元)$")
_EMPTY_GROUP = re.compile(r"(基本情况|基本信息|有关情况|相关情况|相关信息|情况|信息|资料|方面|内容|部分|栏)$")

# Said in front of, within or behind a head without turning its meaning.
_SAYS_NOTHING = re.compile(
    r"企业|单位|公司|贯标|知识产权|体系|工作|具体|完成|开展|实际|情况|信息|所在|所属|所处|所|归属|属地|有关|相关|办公|常用|推进|最新|现|正式|该|本|自"
)
_FOREIGN_MONEY = re.compile(
    "美元|美金|港[币元]|欧元|日元|英镑|澳元|加元|韩元|外币|外汇|USD|HKD|EUR|JPY|GBP|[$€£]"
)
_CONNECTING = re.compile(
    r"证书|认证|项目|建设|进程|时间|日期|时点|年月|日|号|编码|名称|人员|姓名|处于|哪个|哪一|什么|截至|截止|当前|目前"
    r"|\d+月?|[年月底中初末前后在于为的至到及和与或、,/().:-]"
)
_KIND_OF_VALUE = re.compile(
    r"(?:人员|人)?(?:总数|数量|总量|人数|件数|拥有量|数|量)$|人员$|日$|名$|是否|是/否|为|属于"
)

# One meaning, several spellings; each is folded to the first wherever it stands.
_SAME = (
    (re.compile(r"时间|日期|年月日|年月|日子"), "日"),
    (re.compile(r"知产"), "知识产权"),
    (re.compile(r"[帐账](?=[户号])"), "账"),
    (re.compile(r"社会统一"), "统一社会"),
    (re.compile(r"号码|编号"), "号"),
    (re.compile(r"编码"), "代码"),
    (re.compile(r"等次"), "等级"),
    (re.compile(r"(?:申报|填报|上报|报送)(?=单位)"), "报送"),
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
    asides: tuple[str, ...] = ()

    @property
    def core(self) -> str:
        """Return what a group is about, without words that say nothing: 认证情况 is about 认证."""
        return _EMPTY_GROUP.sub("", self.base)


@lru_cache(maxsize=4096)
def fold_head(words: str) -> Head:
    """Return a head without marks, spaces, line breaks and full width; brackets and the unit are told apart."""
    plain = (
        key(_chinese(words).replace("【", "[").replace("】", "]")).translate(_BRACKETS).translate(_SIMPLER)
    )
    full = _MARKS.sub("", _WHOLE.sub(r"\1", plain))
    asides = _IN_BRACKETS.findall(full)
    base = _IN_BRACKETS.sub("", full)
    measure = next((found[1] for aside in asides if (found := _MEASURE.search(aside))), "")
    if not measure and (found := _TAIL.search(base)) and found.start() > 0:
        base, measure = base[: found.start()], found[1]
    return Head(full, _TRANSLATED.sub("", base.strip("/-、")), _whole(measure), tuple(asides))


def _chinese(words: str) -> str:
    """Return a head of several lines without those that say it in English only."""
    lines = [line for line in _BROKEN_WORD.sub("", words).splitlines() if line.strip()]
    own = [line for line in lines if not _LATIN.fullmatch(line.strip())]
    return "\n".join(own or lines)


def _whole(measure: str) -> str:
    return measure + "元" if measure in ("万", "亿") else measure


@lru_cache(maxsize=4096)
def normal(word: str) -> str:
    """Return a folded head with words of one meaning written alike."""
    for pattern, one in _SAME:
        word = pattern.sub(one, word)
    return word


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Return what a folded head is about: without words that say nothing there and without the kind of its values."""
    plain = normal(word)
    for pattern in (_SAYS_NOTHING, _KIND_OF_VALUE):
        plain = pattern.sub("", plain) or plain
    return plain


def bare_rest(words: str) -> str:
    """Return what of a rest of a head says anything: neither such words, nor when, where or how sure, nor signs."""
    return _CONNECTING.sub("", _SAYS_NOTHING.sub("", words))


def is_foreign_money(texts: Iterable[str]) -> bool:
    """Tell whether heads name another currency than 人民币, whose amounts nobody may take for 元."""
    return any(_FOREIGN_MONEY.search(fold(text).upper()) for text in texts)


def combined(texts: Sequence[str]) -> list[Head]:
    """Return the heads that stacked texts may mean, likeliest first: group and leaf together, then the leaf."""
    *groups, leaf = [fold_head(t) for t in texts if t.strip()] or [Head("", "")]
    measure = leaf.measure or next((g.measure for g in reversed(groups) if g.measure), "")
    forms = []
    for group in reversed(groups):
        core = _EMPTY_GROUP.sub("", group.base)
        joined = (core + leaf.base, group.base + leaf.base, leaf.base + core)
        forms += [Head(word, word, measure) for word in joined if word != leaf.base]
    return [*dict.fromkeys(forms), Head(leaf.full, leaf.base, measure, leaf.asides)]


def shown(texts: Sequence[str]) -> str:
    """Return stacked head texts as one line to show."""
    return "/".join(dict.fromkeys(re.sub(r"\s+", "", t) for t in texts if t.strip()))
