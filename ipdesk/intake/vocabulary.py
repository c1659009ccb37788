"""The words by which a ledger's fields go in sheets, and how near a foreign head comes to them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from ipdesk.fields import Coded, Date, Name
from ipdesk.intake.heads import Head, bare, bare_rest, combined, fold_head, normal
from ipdesk.intake.phrases import said
from ipdesk.kinds.declare import Field, Ledger

EXACT, ALIKE = 1.0, 0.95
LONGEST_HEAD, LONGEST_EXACT = 60, 24
RESULT_HEADS = ("导入结果", "原因与处理办法")
RESULT = "_result"
# Said of anything: such a leaf means nothing without its group, and such a rest is no field's name.
GENERIC = frozenset(
    re.split(
        " ",
        "时间 日期 日 年度 年份 编号 号 号码 文号 文件号 序号 代码 金额 数量 结果 结论 状态 进度 情况 "
        "名称 名 机构 单位 人 级别 类型 类别 内容 范围 标准",
    )
)
_NOTHING = GENERIC | {"发证", "认证"}  # too little to be a field's name
_PREFIXES = ("企业", "单位", "公司", "证书", "知识产权", "所在", "所属")
# What turns the meaning of a head round, so that likeness of spelling proves nothing.
_TURNING = re.compile(
    r"[原旧拟未不再副]|预计|计划|目标|是否|[变更]更|财务|法人|法定|负责|分管|领导|备用|第二|上年|去年|上期|年初|下一?步|注册|统计|迁[入出]|母公司|上级|起始|开始|撤销|注销|暂停|申请|受理|[省市县]级"
    # another subject than the ledger's: other certificates, other systems, other parts of a date or a span
    r"|质量|环境|健康|两化|ISO|[0-9]{4}体系|9001|14001|45001|经营|内审|管评|能源|高新|起(?!草)|(?<=日)[年月日]$|^所在市$|设区|地级"
)
# Over a column: whose it is, where it is not the enterprise's own.
_ELSEWHOSE = re.compile(
    r"包保|挂钩|挂联|结对|帮扶|责任|网格|对接|代理|辅导|咨询|服务|镇|街道|乡|部门|科室|财务|审核员|母公司|集团"
)
_OTHERS = re.compile(
    r"曾用|机构|客户|供应|合作|关联|依托|权人|担保|推荐|母公司|集团|上级|总公司|迁[入出]|变更|更名|[原旧]|银行|开户|备用"
    r"|(?<![被受])(?:辅导|咨询|代理)(?!企业)|服务|代办|中介|签约|(?<![被受])审核|(?:认证|发证|颁证)(?!的?(?:企业|主体|组织|委托))|包保|挂钩|帮扶|部门|科室"
)
# In brackets behind a head: of whom or when it is, where that is not the row's own present value.
_OWNED = re.compile(
    r"(?:原|旧|拟|预计|计划|上年|去年|上期|同期|法人|法定|财务|分管|领导|负责人|镇|街道|村|社区|女|男|(?:19|20)\d\d"
    r"|资格|质量|环境|能源|两化|ISO|9001|14001|45001|高企|备用|紧急|家属|第二|财政|子公司|母公司|集团|总部)(?!/|、)"
)
# What groups over any ledger's columns are made of besides its own words.
_ANY_GROUP = (
    r"基本|企业|单位|公司|主体|联系|联络|方式|人员|进度|进展|阶段|状态|概况|过程|结果|其他|时间|日期|节点|建设|工作|实施|推进|有效|期"
    r"|工商|登记|注册|营业执照|数量|规模|银行|开户|账户|账号|费用|所在|归属|属地|区划|地址|行政|经办|情况|信息|内容|资料|栏|方面|部分"
    r"|第?[一二三1-3]次?|20\d\d年?度?|\(.*\)|[省市县区镇乡街道园地人年月度后及和与的、/T-]"
)
_TITLE = re.compile(r"(台账|表|名单|名册|汇总|一览)$")


class Near(NamedTuple):
    """A field that a head may mean: its name in sheets and how near the spelling is, 1 for the same word."""

    field: str
    score: float


class Vocabulary:
    """The words of one ledger's fields; fields go by their ``sheet_name``, ignored ones by theirs."""

    def __init__(self, ledger: Ledger, chosen: Mapping[str, str | None] | None = None) -> None:
        """Index every word once; ``chosen`` heads (head → field) are words as good as the declared ones."""
        self.ledger = ledger
        self._exact: dict[str, str] = dict.fromkeys(map(_full, RESULT_HEADS), RESULT)
        for name, heads in ledger.ignored.items():
            self._exact |= dict.fromkeys(map(_full, heads), name)
        self._words = {f.sheet_name: tuple(_words(f)) for f in ledger.fields}
        for name, words in reversed(self._words.items()):
            self._exact |= dict.fromkeys(map(_full, words), name)
        self._labels = {_full(f.label): f.sheet_name for f in ledger.fields}
        self._exact |= {_full(head): self._named(field) for head, field in (chosen or {}).items() if field}
        alike = _unambiguous((normal(w), name) for name, w in self._spellings())
        self._alike = {word: name for word, name in alike.items() if word not in GENERIC}
        self._measured = _unambiguous(
            (h.base, name) for name, words in self._words.items() for h in map(fold_head, words) if h.measure
        )
        self._neutral = tuple(_neutral(ledger))
        self._own_group = _own_group(ledger)
        self._bare = {f.sheet_name: self._bare_words(f) for f in ledger.fields}
        self._known: dict[str, str | None] = {}

    def _named(self, field: str) -> str:
        return field if field in self.ledger.ignored else self.ledger.field(field).sheet_name

    def _spellings(self) -> Iterator[tuple[str, str]]:
        """Yield (field, folded word), each word also without the unit it ends in, dates also with 日."""
        for name, words in self._words.items():
            dated = isinstance(self.ledger.field(name).type, Date)
            for head in map(fold_head, words):
                yield name, head.full
                if head.measure and head.base not in GENERIC:
                    yield name, head.base
                if dated and not normal(head.full).endswith("日"):
                    yield name, head.full + "日"

    def known(self, words: str) -> str | None:
        """Return the field that one text names by itself, if any: for finding where the heads are."""
        if words not in self._known:
            found = self.near((words,)) if len(words) <= LONGEST_HEAD else None
            said = [] if found else self.said((words,))
            self._known[words] = found.field if found else said[0].sheet_name if said else None
        return self._known[words]

    def said(self, texts: Sequence[str]) -> list[Field]:
        """Return the fields that a head means by all that it says, under groups that are not about something else."""
        return [f for f in said(self.ledger, texts) if self._fits_under(texts[:-1], f.name)]

    def exact(self, words: str) -> str | None:
        """Return the field whose word a text is; quick enough for every cell of a large sheet."""
        return self._exact.get(_full(words)) if len(words) <= LONGEST_EXACT else None

    def second(self, words: str) -> str | None:
        """Return the field whose very label a head is, though another field also goes by it."""
        return self._labels.get(_full(words))

    def near(self, texts: Sequence[str]) -> Near | None:
        """Return the field that stacked head texts name, by the same word or one written alike."""
        heads = combined(texts)
        forms = heads if len(heads) == 1 or heads[-1].full not in GENERIC else heads[:-1]
        if self._is_own_word(heads):
            forms = [head for head in forms if not head.full.startswith(heads[-1].base) or head is heads[-1]]
        forms = [*self._brought_in(heads[-1]), *forms]
        for meant in (self._same, self._alike_to):
            for head in forms:
                found = meant(head)
                if (
                    found
                    and not self._says_two(head, found.field)
                    and (head is not heads[-1] or self._fits_under(texts[:-1], found.field))
                ):
                    return found
        return None

    def _is_own_word(self, heads: Sequence[Head]) -> bool:
        """Tell whether a leaf has a meaning of its own that a group does not turn: 联系人 under 联系方式."""
        return len(heads) > 1 and heads[-1].base in self._exact and heads[-1].base not in GENERIC

    def _brought_in(self, head: Head) -> list[Head]:
        """Return a head led by what stands in brackets, where that is a word: 证书编号（结业） is 结业证书编号."""
        words = [aside + head.base for aside in head.asides if head.full not in self._exact]
        return [Head(word, word, head.measure) for word in words if word in self._exact]

    def _says_two(self, head: Head, name: str) -> bool:
        """Tell whether a head has a second field or owner in brackets: 备案（启动）时间 is no one date."""
        if head.full in self._exact or name not in self.ledger.by_name:
            return False
        if any(map(_OWNED.match, head.asides)):
            return True
        dated = isinstance(self.ledger.field(name).type, Date)
        words = (
            normal(aside) + ("日" if dated and normal(aside)[-1:] != "日" else "") for aside in head.asides
        )
        return any(self._alike.get(word, name) != name for word in words)

    def _fits_under(self, groups: Sequence[str], name: str) -> bool:
        """Tell whether a leaf may keep its own meaning under its groups: none of them is about something else."""
        field = self.ledger.by_name.get(name)
        if field is None:
            return True
        words = "".join((*self._words[field.sheet_name], self.ledger.label, *self.ledger.sections))
        own = {*_TURNING.findall(words), *_ELSEWHOSE.findall(words)}
        return all(self._is_about(fold_head(group), field, own) for group in groups if group.strip())

    def _is_about(self, group: Head, field: Field, own: set[str]) -> bool:
        named = self._same(Head(group.core, group.core))
        other = self.ledger.by_name.get(named.field) if named else None
        strange = {*_TURNING.findall(group.base), *_ELSEWHOSE.findall(group.base)} - own
        strange |= {""} if self._about_others(group, field) else set()
        subject = other is not None and other.name == self.ledger.name_field  # 学员信息: of the row itself
        return not strange and (other is None or subject or other.section == field.section)

    def _about_others(self, group: Head, field: Field) -> bool:
        """Tell whether a group is about something that the ledger does not hold, or about somebody else's contact."""
        if _TITLE.search(group.base):
            return False
        contact = (
            field.section == self.ledger.field(self.ledger.last[0]).section if self.ledger.last else False
        )
        foreign = all(self._own_group.sub("", words) for words in (group.base, group.core))
        return foreign or (contact and self._about_another(Head(group.core, group.core), field))

    def _same(self, head: Head) -> Near | None:
        for word in (head.full, head.base):
            if word in self._exact and (word == head.full or word not in GENERIC):
                return Near(self._exact[word], EXACT)
        if head.measure and head.base in self._measured:
            return Near(self._measured[head.base], EXACT)
        return None

    def _alike_to(self, head: Head) -> Near | None:
        for word in dict.fromkeys((head.full, head.base)):
            name = next((n for w, prefix in self._reduced(word) if (n := self._led_by(w, prefix))), None)
            turned = set(_TURNING.findall(normal(word)))
            if name and turned <= set(_TURNING.findall("".join(self._words.get(name, ())))):
                return Near(name, ALIKE)
        return None

    def _reduced(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the word written alike, then without prefixes that may say nothing here, each with its prefix."""
        plain = normal(word)
        yield plain, ""
        for prefix in ("其中", *self._neutral, *self.ledger.leading, *_PREFIXES):
            rest = plain.removeprefix(prefix)
            if rest != plain and len(rest) > 1:
                yield rest, prefix

    def _led_by(self, word: str, prefix: str) -> str | None:
        """Return the field of a word if what stood before it says nothing: all is about it, or its heads say it."""
        name = self._alike.get(word)
        if not name or not prefix or prefix in ("其中", *self._neutral):
            return name
        return name if any(w.startswith(prefix) for w in self._words[name]) else None

    def _bare_words(self, field: Field) -> frozenset[str]:
        """Return what a field's words are about; a name also goes by the noun alone: 获证企业 for 获证企业名称."""
        folded = (fold_head(word) for word in self._words[field.sheet_name])
        words = {form for head in folded for form in (head.full, head.base if head.measure else head.full)}
        nouns = (
            {re.sub(r"(名称|全称)$", "", word) for word in words} if isinstance(field.type, Name) else set()
        )
        return frozenset(found for word in words | nouns if (found := bare(word)))

    def says_only(self, texts: Sequence[str], field: Field) -> bool:
        """Tell whether a head says what a field's words say, but for words that say nothing."""
        vague = frozenset() if isinstance(field.type, Name) else _NOTHING
        about = self._bare[field.sheet_name] - vague
        if self._tells_apart("".join(texts), field):
            return False
        return any(bare(form) in about for form in self._forms(texts, field))

    def _tells_apart(self, words: str, field: Field) -> bool:
        """Tell whether what says nothing elsewhere names another field here: 办公 where there is an 办公地址."""
        own = "".join(self._words[field.sheet_name])
        others = "".join(f.label for f in self.ledger.fields if f is not field and f.section == field.section)
        if self._is_others(words, own):
            return True
        return "办公" in words and "办公" not in own and "办公" in others

    def _is_others(self, words: str, own: str) -> bool:
        """Tell whether words name somebody else whom a field's own words do not: 单位 in 单位联系电话 of a person."""
        told = re.findall(self.ledger.others, words) if self.ledger.others else []
        return any(word not in own for word in told)

    def says_more(self, texts: Sequence[str], field: Field) -> bool:
        """Tell whether a head says something that none of a field's words has: 镇区 in 镇区联系电话."""
        words = self._bare[field.sheet_name]
        return all(_exceeds(bare(form), word) for form in self._forms(texts, field) for word in words)

    def _forms(self, texts: Sequence[str], field: Field) -> Iterator[str]:
        """Yield the words that stacked texts may be read as where a field is meant."""
        *joined, leaf = combined(texts)
        alone = not joined or leaf.full not in GENERIC
        own = [leaf] if alone and self._fits_under(texts[:-1], field.name) else []
        for head in (*joined, *own):
            two = self._says_two(head, field.sheet_name)
            yield from ({head.full} if two else {head.full, head.base}) - {""}

    def likeness(self, texts: Sequence[str], field: Field) -> float:
        """Return how near the spelling of a head comes to a field's words, from 0 to 1."""
        heads, words = combined(texts), self._words[field.sheet_name]
        if self._about_another(heads[0], field) or self._is_others("".join(texts), "".join(words)):
            return 0.0
        return max(_ratio(head, word) for head in heads for word in words)

    def cued(self, texts: Sequence[str]) -> list[Field]:
        """Return the fields whose cue a head has, by its leaf or with its groups, and that it says nothing against."""
        leaf = fold_head(texts[-1]).full if texts else ""
        for words in dict.fromkeys((leaf, "".join(fold_head(text).full for text in texts))):
            found = [
                f
                for f in self.ledger.fields
                if f.cue and re.search(f.cue, words) and self._fits_under(texts[:-1], f.name)
            ]
            if found:  # of two dates nobody can tell which is meant; a telling field is told by its cells
                dates = [f for f in found if not f.type.telling]
                sure = found if len(dates) < 2 else [f for f in found if f.type.telling]
                return [f for f in sure if self._turns_nothing(words, f) and self._says_nothing_else(leaf, f)]
        return []

    def _turns_nothing(self, words: str, field: Field) -> bool:
        own = "".join(self._words[field.sheet_name])
        told = {*_TURNING.findall(words), *_OTHERS.findall(words)}
        return told <= {*_TURNING.findall(own), *_OTHERS.findall(own)}

    def _says_nothing_else(self, leaf: str, field: Field) -> bool:
        """Tell whether a head has but a field's cue, words of its part of the ledger and words that say nothing."""
        if isinstance(field.type, Coded) and field.type.scoped:
            return True  # places of the unit are nothing else
        near = (
            w for f in self.ledger.fields if f.section == field.section for w in self._words[f.sheet_name]
        )
        rest = re.sub(field.cue, "", leaf)
        for word in sorted({fold_head(w).base for w in near} - {""}, key=len, reverse=True):
            rest = rest.replace(word, "")
        return not bare_rest(rest)

    def is_anothers(self, texts: Sequence[str], field: Field) -> bool:
        """Tell whether a head says that its column is about somebody else than the row's own organisation."""
        told = set(_OTHERS.findall("".join(fold_head(text).full for text in texts)))
        own = set(_OTHERS.findall("".join(self._words[field.sheet_name])))
        return bool(told - own)

    def _about_another(self, head: Head, field: Field) -> bool:
        """Tell whether a head has in it what another part of the ledger is about: 认证机构 in 认证机构电话."""
        own = "".join(self._words[field.sheet_name])
        others = (f for f in self.ledger.fields if f.section != field.section)
        strange = {w for f in others for w in self._words[f.sheet_name] if len(w) > 1 and w not in own}
        return any(w in head.full for w in strange - GENERIC - set(self._neutral))


def _full(word: str) -> str:
    return fold_head(word).full


def _words(field: Field) -> Iterable[str]:
    return dict.fromkeys((field.label, *field.heads))


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return word → field for the words that only one field goes by."""
    fields: dict[str, set[str]] = {}
    for word, name in pairs:
        fields.setdefault(word, set()).add(name)
    return {word: names.pop() for word, names in fields.items() if len(names) == 1}


def _neutral(ledger: Ledger) -> Iterator[str]:
    """Yield what every column of the ledger is about, so that it says nothing in front of a head."""
    for word in _words(ledger.field(ledger.name_field)):
        noun = re.sub(r"(名称|全称|姓名|名)$", "", word)
        if noun and noun != word:
            yield noun
    subject = re.sub(r"(企业|机构|人员|人才)?(台账|名录|名册|名单|登记)$", "", ledger.label)
    yield from (subject, "知识产权" + subject)


def _own_group(ledger: Ledger) -> re.Pattern[str]:
    """Return what groups over a ledger's own columns are made of; one with anything else is about another subject.

    A ledger that does not say so itself has the parts of its own words: 经营 of 经营状态, 学员 of 学员姓名.
    """
    if ledger.groups:
        return re.compile(f"{ledger.groups}|{_ANY_GROUP}")
    words = (ledger.label, *ledger.sections, *(word for f in ledger.fields for word in _words(f)))
    folded = {fold_head(word).base for word in words}
    parts = {w[at : at + n] for w in folded for n in (4, 3, 2) for at in range(len(w) - n + 1)}
    return re.compile("|".join([*map(re.escape, sorted(parts, key=len, reverse=True)), _ANY_GROUP]))


def _ratio(head: Head, word: str) -> float:
    declared = fold_head(word)
    plain = normal(declared.base if declared.measure else declared.full)
    return max(_similar(normal(form), plain) for form in {head.full, head.base} if form) if head.full else 0.0


def turns(words: str) -> bool:
    """Tell whether a head has a word that turns its meaning round: 原 in 原所属区县."""
    return bool(_TURNING.search(fold_head(words).full))


@lru_cache(maxsize=65536)
def _exceeds(one: str, other: str) -> bool:
    """Tell whether the first has letters beyond those it has in common, in order, with the second."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) < len(one)


@lru_cache(maxsize=65536)
def _similar(one: str, other: str) -> float:
    """Return the share of common letters; nearly nothing when one has a word that turns the meaning round."""
    if set(_TURNING.findall(one)) != set(_TURNING.findall(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
