"""Load the code tables of ``resources/codes`` and find a code for a clerk's word."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ipdesk.resources import resource
from ipdesk.text import key

_AFFIXES = re.compile(r"^(已经|已|正在|处于|目前|被|现)|(阶段|状态|完成|已完成|中|了)$")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table; ``attributes`` are the other columns of its row."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    scope: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class CodeTable:
    """A code table: ordered entries, found by code, name or synonym, some within a scope such as a unit."""

    def __init__(self, name: str, codes: Iterable[Code]) -> None:
        """Index the entries by every word they go by."""
        self.name = name
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
        for form in dict.fromkeys(
            (plain, _AFFIXES.sub("", plain), _AFFIXES.sub("", _AFFIXES.sub("", plain)))
        ):
            hits = {c.code for c in self._words.get(form, ()) if not scope or not c.scope or c.scope == scope}
            if len(hits) == 1:
                return hits.pop()
        return None


def read_codes(file: str) -> list[dict[str, str]]:
    """Read one CSV of ``resources/codes`` as rows of text."""
    with resource("codes", file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _split(words: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in re.split(r"[；;]", words) if w.strip())


def _standard_words(name: str) -> tuple[str, ...]:
    """Return what a standard goes by besides its full name: number and title, with and without GB/T, and edition."""
    number, title = (
        (part.strip() for part in re.split(r"(?<=\d) (?=\D)", name + " ", maxsplit=1))
        if " " in name
        else (name, "")
    )
    short = re.sub(r"^[A-Z]+/?T?\s*", "", number)
    year = re.findall(r"29490-(\d{4})", number)
    editions = [form for y in year for form in (f"{y}版", f"{y}年版", f"{y}版本", f"GB/T29490({y})")]
    titles = [title] if year and "规范" not in title else []
    return (number, short, short.replace("-", ":"), number.replace("/", ""), f"T{short}", *editions, *titles)


def _stages(kind: str) -> Callable[[], CodeTable]:
    def load() -> CodeTable:
        rows = [r for r in read_codes("stages.csv") if r["kind"] == kind]
        rows.sort(key=lambda r: int(r["sort_order"]))
        extra = _standard_words if kind == "standard" else lambda _: ()
        return CodeTable(
            f"stages.{kind}",
            (
                Code(r["code"], r["name"], (*_split(r["synonyms"]), *extra(r["name"])), attributes=r)
                for r in rows
            ),
        )

    return load


def _units() -> CodeTable:
    rows = sorted(read_codes("regions.csv"), key=lambda r: int(r["sort_local"]))
    return CodeTable("regions", (Code(r["unit_code"], r["name"], _unit_words(r), attributes=r) for r in rows))


def _unit_words(row: dict[str, str]) -> tuple[str, ...]:
    bare = row["name"].removesuffix("（市本级）")
    names = dict.fromkeys((bare, row["short_name"], f"盐城市{bare}", f"江苏省盐城市{bare}", f"盐城{bare}"))
    return (*names, *_split(row["alias_codes"]))


def _towns() -> CodeTable:
    units = {r["unit_code"]: r for r in read_codes("regions.csv")}
    return CodeTable("towns", (_town(r, units) for r in read_codes("towns.csv")))


def _town(row: dict[str, str], units: Mapping[str, dict[str, str]]) -> Code:
    name, unit = row["town_name"], units[row["managing_unit_code"]]
    bare = re.sub(r"(?<=..)(镇|街道)$", "", name)
    seats = (
        ("人民政府", "政府")
        if name.endswith("镇")
        else ("办事处", "办")
        if name.endswith("街道")
        else ("管委会",)
    )
    forms = [name, bare, *(name + s for s in seats)]
    prefixes = (unit["name"], unit["short_name"])
    return Code(
        row["town_code"],
        name,
        (*forms, *(p + f for p in prefixes for f in forms)),
        unit["unit_code"],
        attributes=row,
    )


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
    return (row["parent_code"] + row["code"],) if row["parent_code"] else ()


def _plan_industries() -> CodeTable:
    rows = [r for r in read_codes("industries.csv") if r["kind"] == "plan_industry"]
    return CodeTable(
        "plan_industries",
        (Code(r["code"], r["name"], (r["name"].split("(")[0],), attributes=r) for r in rows),
    )


def _cert_bodies() -> CodeTable:
    rows = read_codes("cert_bodies.csv")
    return CodeTable(
        "cert_bodies", (Code(r["body_code"], r["name"], _split(r["aliases"]), attributes=r) for r in rows)
    )


_LOADERS: Mapping[str, Callable[[], CodeTable]] = {
    "regions": _units,
    "towns": _towns,
    "industries": _industries,
    "plan_industries": _plan_industries,
    "cert_bodies": _cert_bodies,
    **{f"stages.{k}": _stages(k) for k in ("stage", "cert_status", "evaluation_result", "standard")},
}


@lru_cache
def code_table(name: str) -> CodeTable:
    """Return a code table by name, loaded once: regions, towns, industries, cert_bodies, stages.stage …"""
    return _LOADERS[name]()
