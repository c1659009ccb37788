"""Load the code tables of ``resources/codes`` and find a code for a clerk's word."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from ipdesk import plancodes
from ipdesk.codetable import Code, CodeTable
from ipdesk.resources import resource
from ipdesk.wording import WORDS

CITY = "320900"  # 盐城市（市本级）, the one city office (regions.csv)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_FORMER = re.compile(r"原([^，；、）)]+)")
# What clerks write besides the synonyms of stages.csv, where it can mean one thing only.
_MORE_WORDS: Mapping[str, str] = {
    "ST01": "培育 重点培育 培育企业 列入培育名单 纳入培育 重点培育企业 拟贯标企业 意向",
    "ST02": "备案 系统备案 省备案 省局备案 备案成功 备案通过 省平台备案 平台备案 省系统完成备案",
    "ST03": "启动会 贯标启动 启动贯标 项目启动 召开启动会 启动会召开 开始贯标 贯标开始",
    "ST04": "诊断调研 调研诊断 初始诊断 现场诊断 贯标诊断",
    "ST05": "策划 体系设计 策划设计 体系构建",
    "ST06": "程序文件编写 文件编写 体系文件编制 体系文件 编制文件 编写文件 编制体系文件 编写体系文件 手册编写"
    " 编写程序文件 编制程序文件",
    "ST07": "宣贯培训 体系宣贯 体系文件发布 体系发布 文件发布宣贯 发布体系文件",
    "ST08": "运行 体系试运行 体系文件运行 运行实施",
    "ST11": "认证申请 申请认证 认证受理 申报认证 提交认证 签认证合同",
    "ST12": "第一阶段 一阶段审核",
    "ST13": "第二阶段 二阶段审核",
    "ST14": "不符合整改 不符合项关闭",
    "ST15": "发证 取证 拿证 颁证 领证 已认证 认证通过 获得证书 获得认证 取得认证证书 获得认证证书 认证完成"
    " 通过贯标认证 贯标认证通过 获证企业 通过第三方认证 取得贯标证书 获得贯标证书 拿到证书 领取证书 取得认证",
    "ST21": "申请绩效评价 绩效评价申报 提交绩效评价申请",
    "ST22": "绩效评价评审 绩效评价审查",
    "ST23": "验收合格 评价合格 绩效评价通过 通过绩效评价 绩效评价确认合格",
    "ST31": "首次监督 首次监督审核 第1次监督 第一次监督审核 首次年审 第一次年审 第1次监督审核 第1次年审"
    " 第一次年度监督审核 第一次年度监督 首次年度监督审核 首次年度监督",
    "ST32": "第2次监督 第二次监督审核 第二次年审 第2次监督审核 第2次年审 二次年审 第二次年度监督审核 第二次年度监督",
    "ST33": "复评 再认证审核",
    "ST34": "换版 标准转版",
    "ST90": "终止贯标 退出贯标 放弃贯标 停止贯标 不再贯标",
    "CS1": "在有效期内 证书有效 正常有效 有效证书",
    "CS5": "证书过期 证书到期 证书失效",
    "SD1": "2013 2013年 2013标准 2013版标准 旧标准 老版 旧标",
    "SD2": "2023 2023年 2023标准 2023版标准 新标准 新标",
}
_OFFICES = (
    "知识产权局 市场监管局 市场监督管理局 市场监管局（知识产权局） 市场监督管理局（知识产权局）"
    " 人民政府 政府 管委会"
)
_ZONES: Mapping[str, str] = {"320971": "经济技术开发区 盐城经济开发区", "320992": "盐南"}


def read_codes(file: str) -> list[dict[str, str]]:
    """Read one CSV of ``resources/codes`` as rows of text."""
    return parse_codes(program_codes(file))


def program_codes(file: str) -> str:
    """Return the text of one CSV of ``resources/codes``."""
    return resource("codes", file).read_text(encoding="utf-8-sig")


def parse_codes(text: str) -> list[dict[str, str]]:
    """Return the rows of a code table's CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


Read = Callable[[str], list[dict[str, str]]]  # the rows of a file of codes


@lru_cache
def rule_pattern(rule: str) -> re.Pattern[str]:
    """Return the form of a number by validation_rules.csv (column ``regex``), of plain letters and figures only."""
    row = next(row for row in read_codes("validation_rules.csv") if row["rule_code"] == rule)
    return re.compile(row["regex"], re.ASCII)


def _split(words: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in re.split(r"[；;]", words) if w.strip())


def _standard_words(name: str) -> tuple[str, ...]:
    """Return what a standard goes by besides its full name: number and title, with and without GB/T, and edition."""
    number, title = _number_and_title(name)
    short = re.sub(r"^[A-Z]+/?T?\s*", "", number)
    year = re.findall(r"29490-(\d{4})", number)
    editions = [form for y in year for form in (f"{y}版", f"{y}年版", f"{y}版本")]
    forms = (number, short, number.replace("/", ""), f"T{short}")
    undated = (re.sub(r"-\d{4}$", "", form) for form in forms)  # of one edition or of several
    titles = [_ASIDE.sub("", title), title.removesuffix(" 要求")] if title else []
    return (*forms, *undated, *editions, *titles)


def _number_and_title(name: str) -> tuple[str, str]:
    if " " not in name:
        return name, ""
    number, title = (part.strip() for part in re.split(r"(?<=\d) (?=\D)", name + " ", maxsplit=1))
    return number, title


_STANDARDS = {"33250": "SD3", "33251": "SD4", "1204": "SD5", "56005": "SD6"}
_EDITIONS = {"2013": "SD1", "2023": "SD2"}
_TITLES = {"管理规范": "SD1", "合规管理体系": "SD2"}  # what each edition of GB/T 29490 is called


# 29490-2023, 29490（2023）, 2023版: a year that says when the work began is no edition.
_EDITION = re.compile(
    r"(?:(?<=29490-)|(?<=29490:)|(?<=29490\()|(?<=29490)(?=20..$))20\d\d(?![\d年])|20\d\d(?=年?版)"
)


def _standard_told(words: str) -> str | None:
    """Return the one standard whose number (of GB/T 29490 with its year) stands somewhere in the words."""
    numbers = set(re.findall(r"(?<!\d)(?:29490|33250|33251|1204|56005)(?!\d)", words))
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", words))
    if numbers == {"29490"} and not years:
        return next((code for title, code in _TITLES.items() if title in words), None)
    if numbers == {"29490"}:
        return _EDITIONS.get(years.pop()) if len(years) == 1 and _EDITION.search(words) else None
    return _STANDARDS[numbers.pop()] if len(numbers) == 1 and "29490" not in numbers else None


def _variants(name: str) -> tuple[str, ...]:
    """Return a name without what stands in brackets, and its parts where a stroke offers two."""
    bare = _ASIDE.sub("", name)
    return (bare, *(bare.split("/") if "/T" not in name else ()))


def _stages(kind: str) -> Callable[[Read], CodeTable]:
    def load(read: Read) -> CodeTable:
        rows = [r for r in read("stages.csv") if r["kind"] == kind]
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


def _units(read: Read) -> CodeTable:
    rows = sorted(read("regions.csv"), key=lambda r: int(r["sort_local"]))
    return CodeTable("regions", (Code(r["unit_code"], r["name"], _unit_words(r), attributes=r) for r in rows))


def _unit_words(row: dict[str, str]) -> tuple[str, ...]:
    bare, short = row["name"].removesuffix("（市本级）"), row["short_name"]
    whole = [] if bare == "盐城市" else [p + bare for p in ("盐城市", "江苏省盐城市", "盐城", "江苏省")]
    zone = (f"盐城{short}", f"市{short}") if row["unit_type"] == "功能区" else ()
    more = (*_FORMER.findall(row["alias_note"]), *zone, *_ZONES.get(row["unit_code"], "").split())
    offices = (name + office for name in (bare, short, *whole) for office in _OFFICES.split())
    return (bare, short, *whole, *more, *offices, *_split(row["alias_codes"]))


def _towns(read: Read) -> CodeTable:
    units = {r["unit_code"]: r for r in read("regions.csv")}
    return CodeTable("towns", (_town(r, units) for r in read("towns.csv")))


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


def _industries(read: Read) -> CodeTable:
    rows = [r for r in read("industries.csv") if r["kind"].startswith("gb4754")]
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


def _plan_industries(read: Read) -> CodeTable:
    rows = [r for r in read("industries.csv") if r["kind"] == "plan_industry"]
    return CodeTable(
        "plan_industries",
        (Code(r["code"], r["name"], (r["name"].split("(")[0],), attributes=r) for r in rows),
    )


def _cert_bodies(read: Read) -> CodeTable:
    rows = read("cert_bodies.csv")
    codes = (Code(r["body_code"], r["name"], _body_words(r), attributes=r) for r in rows)
    return CodeTable("cert_bodies", codes)


def _body_words(row: dict[str, str]) -> tuple[str, ...]:
    """Return what a certification body goes by: its aliases, the short ones also without 认证."""
    aliases = _split(row["aliases"])
    short = (w.removesuffix("认证") for w in aliases if w.endswith("认证"))
    return (*aliases, *(w for w in short if len(w) > 1), _ASIDE.sub("", row["name"]))


def _categories(file: str, dimension: str) -> Callable[[Read], CodeTable]:
    def load(read: Read) -> CodeTable:
        rows = [r for r in read(file) if r["dimension"] == dimension]
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


def _documents(read: Read) -> CodeTable:
    rows = read("guanbiao_documents.csv")
    return CodeTable(
        "documents",
        (Code(r["doc_code"], r["doc_name"], _variants(r["doc_name"]), attributes=r) for r in rows),
    )


_LOADERS: Mapping[str, Callable[[Read], CodeTable]] = {
    "regions": _units,
    "towns": _towns,
    "industries": _industries,
    "plan_industries": _plan_industries,
    "cert_bodies": _cert_bodies,
    "documents": _documents,
    **{f"stages.{k}": _stages(k) for k in ("stage", "cert_status", "evaluation_result", "standard")},
    **plancodes.LOADERS,
    **{
        f"{file}.{dimension}": _categories(f"{file}_categories.csv", dimension)
        for file, dimensions in (
            ("institution", "service_form ip_object org_form operating_status credit_grade star_grade"),
            ("plan", plancodes.DIMENSIONS),
            ("person", "category title certificate training_type talent_program assessment_result education"),
        )
        for dimension in dimensions.split()
    },
}


class Tables:
    """A whole set of code tables: the program's own, in the place of some the texts (CSV) of others, by file."""

    def __init__(
        self, published: Mapping[str, str] | None = None, plans: Iterable[Mapping[str, str]] = ()
    ) -> None:
        """Keep what stands in the place of the program's own; each table is made when first asked for.

        ``plans`` are further plans (CSV by file), whose rows follow those of the program's own plan.
        """
        self._published, self._plans = dict(published or {}), tuple(plans)
        self._made: dict[str, CodeTable] = {}

    def rows(self, file: str) -> list[dict[str, str]]:
        """Return the rows of a file of codes."""
        own = parse_codes(self._published[file]) if file in self._published else read_codes(file)
        return [*own, *(row for plan in self._plans for row in parse_codes(plan.get(file, "")))]

    def table(self, name: str) -> CodeTable:
        """Return a code table by name."""
        if name not in self._made:
            self._made[name] = _LOADERS[name](self.rows)
        return self._made[name]


class _InUse:
    """Which tables answer in this process."""

    tables = Tables()


def use(tables: Tables) -> None:
    """Let these tables answer from now on; for the door that opens a workspace, and for nobody else."""
    _InUse.tables = tables


def in_force() -> Tables:
    """Return the tables that answer now, for who makes something of them and keeps it while they do."""
    return _InUse.tables


def code_rows(file: str) -> list[dict[str, str]]:
    """Return the rows in force of a file of codes."""
    return _InUse.tables.rows(file)


def code_table(name: str) -> CodeTable:
    """Return a code table by name, loaded once: regions, towns, industries, cert_bodies, stages.stage and so on."""
    return _InUse.tables.table(name)
