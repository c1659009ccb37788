"""Load the code tables of ``resources/codes`` and find a code for a clerk's word."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ipdesk.resources import resource
from ipdesk.text import key
from ipdesk.wording import WORDS

_AFFIXES = re.compile(r"^(已经|已|正在|处于|目前|被|现|完成)|(阶段|状态|完成|已完成|中|了)$")
# 获证中, 正在撤销: on its way to an outcome is not the outcome.
_GOING_ON = re.compile(r"^(正在|处于)|中$")
_OUTCOMES = frozenset({"ST15", "ST23", "CS3", "CS4", "ER1", "ER2", "ER3", "ER4"})
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_FORMER = re.compile(r"原([^，；、）)]+)")
# What clerks write besides the synonyms of stages.csv, where it can mean one thing only.
_MORE_WORDS: Mapping[str, str] = {
    "ST01": "培育 重点培育 培育企业",
    "ST02": "备案 系统备案 省备案 省局备案 备案成功 备案通过",
    "ST03": "启动会 贯标启动 启动贯标 项目启动",
    "ST05": "策划",
    "ST06": "程序文件编写 文件编写 体系文件编制 体系文件 编制文件 编写文件 编制体系文件",
    "ST07": "宣贯培训 体系宣贯 体系文件发布",
    "ST08": "运行 体系试运行",
    "ST11": "认证申请 申请认证 认证受理 申报认证",
    "ST12": "第一阶段 一阶段审核",
    "ST13": "第二阶段 二阶段审核",
    "ST14": "不符合整改",
    "ST15": "发证 取证 拿证 颁证 领证 已认证 认证通过 获得证书 获得认证 取得认证证书 获得认证证书",
    "ST21": "申请绩效评价 绩效评价申报",
    "ST23": "验收合格 评价合格 绩效评价通过 通过绩效评价",
    "ST31": "首次监督 首次监督审核 第1次监督 第一次监督审核 首次年审 第一次年审",
    "ST32": "第2次监督 第二次监督审核 第二次年审",
    "ST34": "换版",
    "ST90": "终止贯标 退出贯标 放弃贯标",
    "CS1": "在有效期内 证书有效",
    "SD1": "2013 2013年 2013标准 2013版标准 旧标准 老版",
    "SD2": "2023 2023年 2023标准 2023版标准 新标准",
}
_ZONES: Mapping[str, str] = {"320971": "经济技术开发区 盐城经济开发区", "320992": "盐南"}


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table; ``attributes`` are the other columns of its row.

    ``brief`` is how it is cited where room is short.
    """

    code: str
    name: str
    words: tuple[str, ...] = ()
    scope: str = ""
    brief: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class CodeTable:
    """A code table: ordered entries, found by code, name or synonym, some within a scope such as a unit."""

    def __init__(
        self, name: str, codes: Iterable[Code], told: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Index the entries by every word they go by; ``told`` finds the code of words that name it in passing."""
        self.name, self._told = name, told
        self.codes = tuple(codes)
        self._by_code = {entry.code: entry for entry in self.codes}
        self._words: dict[str, list[Code]] = {}
        for entry in self.codes:
            for word in dict.fromkeys(map(key, (entry.code, entry.name, *entry.words))):
                self._words.setdefault(word, []).append(entry)

    def __contains__(self, code: object) -> bool:
        """Tell whether the code exists."""
        return code in self._by_code

    def get(self, code: str) -> Code | None:
        """Return the entry of a code."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """Return the name shown for a code; a word kept from a sheet is its own name."""
        entry = self._by_code.get(code)
        return entry.name if entry else code

    def within(self, scope: str | None) -> tuple[Code, ...]:
        """Return the entries offered in a scope; all of them without one."""
        return tuple(c for c in self.codes if not scope or not c.scope or c.scope == scope)

    def find(self, word: str, scope: str | None = None) -> str | None:
        """Return the code of a clerk's word, ``None`` when it is unknown or means two things."""
        plain = key(word)
        going_on = bool(_GOING_ON.search(plain))
        for form in dict.fromkeys(
            (plain, _AFFIXES.sub("", plain), _AFFIXES.sub("", _AFFIXES.sub("", plain)))
        ):
            hits = {c.code for c in self._words.get(form, ()) if not scope or not c.scope or c.scope == scope}
            if len(hits) == 1:
                code = hits.pop()
                return None if going_on and form != plain and code in _OUTCOMES else code
        return self._told(plain)


def read_codes(file: str) -> list[dict[str, str]]:
    """Read one CSV of ``resources/codes`` as rows of text."""
    with resource("codes", file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _split(words: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in re.split(r"[；;]", words) if w.strip())


def _standard_words(name: str) -> tuple[str, ...]:
    """Return what a standard goes by besides its full name: number and title, with and without GB/T, and edition."""
    number, title = _number_and_title(name)
    short = re.sub(r"^[A-Z]+/?T?\s*", "", number)
    year = re.findall(r"29490-(\d{4})", number)
    editions = [form for y in year for form in (f"{y}版", f"{y}年版", f"{y}版本")]
    titles = [title, title.removesuffix(" 要求")] if year and "规范" not in title else []
    return (number, short, number.replace("/", ""), f"T{short}", *editions, *titles)


def _number_and_title(name: str) -> tuple[str, str]:
    if " " not in name:
        return name, ""
    number, title = (part.strip() for part in re.split(r"(?<=\d) (?=\D)", name + " ", maxsplit=1))
    return number, title


_STANDARDS = {"33250": "SD3", "33251": "SD4", "1204": "SD5", "56005": "SD6"}
_EDITIONS = {"2013": "SD1", "2023": "SD2"}


def _standard_told(words: str) -> str | None:
    """Return the one standard whose number (of GB/T 29490 with its year) stands somewhere in the words."""
    numbers = set(re.findall(r"(?<!\d)(?:29490|33250|33251|1204|56005)(?!\d)", words))
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", words))
    if numbers == {"29490"}:
        return _EDITIONS.get(years.pop()) if len(years) == 1 else None
    return _STANDARDS[numbers.pop()] if len(numbers) == 1 and "29490" not in numbers else None


def _variants(name: str) -> tuple[str, ...]:
    """Return a name without what stands in brackets, and its parts where a stroke offers two."""
    bare = _ASIDE.sub("", name)
    return (bare, *(bare.split("/") if "/T" not in name else ()))


def _stages(kind: str) -> Callable[[], CodeTable]:
    def load() -> CodeTable:
        rows = [r for r in read_codes("stages.csv") if r["kind"] == kind]
        rows.sort(key=lambda r: int(r["sort_order"]))
        told = _standard_told if kind == "standard" else lambda _: None
        return CodeTable(f"stages.{kind}", map(_stage, rows), told)

    return load


def _stage(row: dict[str, str]) -> Code:
    synonyms = _split(row["synonyms"])
    bare = (_ASIDE.sub("", word) for word in synonyms)
    more = _MORE_WORDS.get(row["code"], "").split()
    standard = _standard_words(row["name"]) if row["kind"] == "standard" else ()
    words = (*synonyms, *_variants(row["name"]), *bare, *more, *standard)
    return Code(row["code"], row["name"], words, brief=standard[0] if standard else "", attributes=row)


def _units() -> CodeTable:
    rows = sorted(read_codes("regions.csv"), key=lambda r: int(r["sort_local"]))
    return CodeTable("regions", (Code(r["unit_code"], r["name"], _unit_words(r), attributes=r) for r in rows))


def _unit_words(row: dict[str, str]) -> tuple[str, ...]:
    bare, short = row["name"].removesuffix("（市本级）"), row["short_name"]
    whole = [] if bare == "盐城市" else [p + bare for p in ("盐城市", "江苏省盐城市", "盐城", "江苏省")]
    zone = (f"盐城{short}", f"市{short}") if row["unit_type"] == "功能区" else ()
    more = (*_FORMER.findall(row["alias_note"]), *zone, *_ZONES.get(row["unit_code"], "").split())
    return (bare, short, *whole, *more, *_split(row["alias_codes"]))


def _towns() -> CodeTable:
    units = {r["unit_code"]: r for r in read_codes("regions.csv")}
    return CodeTable("towns", (_town(r, units) for r in read_codes("towns.csv")))


def _town(row: dict[str, str], units: Mapping[str, dict[str, str]]) -> Code:
    name, unit = row["town_name"], units[row["managing_unit_code"]]
    forms = tuple(_town_forms(name, unit["short_name"]))
    leads = [
        "",
        unit["short_name"],
        *(lead + unit["name"] for lead in ("", "盐城市", "江苏省盐城市", "江苏省")),
    ]
    words = tuple(lead + form for lead in leads for form in forms)
    return Code(row["town_code"], name, words, unit["unit_code"], attributes=row)


def _town_forms(name: str, unit: str) -> Iterable[str]:
    """Return what a town goes by within its unit: without 镇 or 街道, with its office's name, without the unit's."""
    bare = re.sub(r"(?<=..)(镇|街道)$", "", name)
    own = re.sub(rf"^(江苏省|省属|县|{unit})(?=..)", "", name)
    if name.endswith("街道"):
        return (name, bare, name + "办事处", name + "办", bare + "办事处")
    if name.endswith("镇"):
        return (name, bare, name + "人民政府", name + "政府")
    zone = ("经济开发区",) if name in ("开发区", "县开发区") else ()
    return (name, own, name + "管委会", *zone)


def _industries() -> CodeTable:
    rows = [r for r in read_codes("industries.csv") if r["kind"].startswith("gb4754")]
    divisions = {r["name"] for r in rows if r["parent_code"]}
    return CodeTable(
        "industries", (Code(r["code"], _industry_name(r, divisions), _gb4754(r), attributes=r) for r in rows)
    )


def _industry_name(row: dict[str, str], divisions: set[str]) -> str:
    """Return the name by which an industry is found; a section named as its only division gives way to it."""
    doubled = not row["parent_code"] and row["name"] in divisions
    return f"{row['name']}（门类）" if doubled else row["name"]


def _gb4754(row: dict[str, str]) -> tuple[str, ...]:
    codes = [row["code"], *([row["parent_code"] + row["code"]] if row["parent_code"] else [])]
    return (*codes, *(code + row["name"] for code in codes))


def _plan_industries() -> CodeTable:
    rows = [r for r in read_codes("industries.csv") if r["kind"] == "plan_industry"]
    return CodeTable(
        "plan_industries",
        (Code(r["code"], r["name"], (r["name"].split("(")[0],), attributes=r) for r in rows),
    )


def _cert_bodies() -> CodeTable:
    rows = read_codes("cert_bodies.csv")
    codes = (Code(r["body_code"], r["name"], _body_words(r), attributes=r) for r in rows)
    return CodeTable("cert_bodies", codes)


def _body_words(row: dict[str, str]) -> tuple[str, ...]:
    """Return what a certification body goes by: its aliases, the short ones also without 认证."""
    aliases = _split(row["aliases"])
    short = (w.removesuffix("认证") for w in aliases if w.endswith("认证"))
    return (*aliases, *(w for w in short if len(w) > 1), _ASIDE.sub("", row["name"]))


def _categories(file: str, dimension: str) -> Callable[[], CodeTable]:
    def load() -> CodeTable:
        rows = [r for r in read_codes(file) if r["dimension"] == dimension]
        names = {r["name"] for r in rows}
        return CodeTable(f"{file[:-15]}.{dimension}", (_category(r, names) for r in rows))

    return load


def _category(row: dict[str, str], names: set[str]) -> Code:
    """Return a category: it goes by its name with and without what stands in brackets, and by its synonyms."""
    inner = re.findall(r"[(（]([^()（）]+)[)）]", row["name"])
    plan = [*_split(row.get("plan_terms") or ""), row.get("plan_term") or ""]
    words = (*_split(row["synonyms"]), *_variants(row["name"]), *inner, *plan)
    more = WORDS.get(row["code"], "").split()
    return Code(
        row["code"], row["name"], (*(w for w in words if w and w not in names), *more), attributes=row
    )


def _documents() -> CodeTable:
    rows = read_codes("guanbiao_documents.csv")
    return CodeTable(
        "documents",
        (Code(r["doc_code"], r["doc_name"], _variants(r["doc_name"]), attributes=r) for r in rows),
    )


_LOADERS: Mapping[str, Callable[[], CodeTable]] = {
    "regions": _units,
    "towns": _towns,
    "industries": _industries,
    "plan_industries": _plan_industries,
    "cert_bodies": _cert_bodies,
    "documents": _documents,
    **{f"stages.{k}": _stages(k) for k in ("stage", "cert_status", "evaluation_result", "standard")},
    **{
        f"{file}.{dimension}": _categories(f"{file}_categories.csv", dimension)
        for file, dimensions in (
            ("institution", "service_form ip_object org_form operating_status credit_grade star_grade"),
            ("person", "category title certificate training_type talent_program assessment_result education"),
        )
        for dimension in dimensions.split()
    },
}


@lru_cache
def code_table(name: str) -> CodeTable:
    """Return a code table by name, loaded once: regions, towns, industries, cert_bodies, stages.stage and so on."""
    return _LOADERS[name]()
