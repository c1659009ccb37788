"""Count what the plan asks of the registers: 新增贯标企业, 服务机构, their revenue, professionals (indicators.csv).

Everything is pure over flat rows; every figure comes with the ids of the rows it was counted from, and with the rows
that could not be counted and why: what is unknown is a list for people, never a zero and never a guess.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from ipdesk.codes import code_table
from ipdesk.dates import first_day, last_day
from ipdesk.fields import Value
from ipdesk.judged import NOTHING, Judged, Pair, called
from ipdesk.kinds.declare import Values
from ipdesk.lifecycle import in_force, renewed
from ipdesk.records import RecordKey, Row
from ipdesk.text import key

Basis = Literal["A", "B", "C"]
BASES: Mapping[Basis, str] = {"A": "获证或绩效评价合格", "B": "仅获证", "C": "含省系统备案"}
IN_BUSINESS, LAW_FIRM, VISITING_BRANCH, LOCAL_BRANCH = "OS1", "IT3", "IT7", "IT8"
GONE = ("离岗", "退休")
_GENERAL = re.compile("律师|会计|资产评估")  # their names say that they do other business as well
_EVALUATED = ("ER1", "ER2", "ER3")


def counted_categories() -> tuple[str, ...]:
    """Return the categories that count toward 3000 by person_categories.csv: 是, and 可配置 where the default is 是."""
    return tuple(
        entry.code
        for entry in code_table("person.category").codes
        if entry.attributes["counts_toward_i13"].startswith(("是", "可配置(默认是"))
    )


@dataclass(frozen=True)
class Parameters:
    """By which rules is counted; ``ipdesk.parameters`` keeps them in the store with source and date.

    The window is inclusive. ``judged`` is what people decided to be one, or not.
    ``local_branches`` counts branches of institutions of this city as well;
    ``covers_towns`` asks for a station in every town, else in every county;
    ``revenue_year`` is the one full year (none: the last one that ended before the day counted for).
    """

    basis: Basis = "A"
    window_from: str = "2022-08-01"
    window_to: str = "2025-04-30"
    local_branches: bool = False
    covers_towns: bool = False
    revenue_year: int | None = None
    person_categories: tuple[str, ...] = field(default_factory=counted_categories)
    judged: Judged = NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing counted: what it goes by (credit code, or the first row's id), its rows, its unit, since when."""

    name: str
    ids: tuple[str, ...]
    unit: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that might count and cannot be, with the reason in words."""

    id: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, what was counted, and what could not be; ``amount`` is a sum where the figure is one (万元)."""

    entries: tuple[Entry, ...]
    unclear: tuple[Unclear, ...] = ()
    amount: float | None = None

    @property
    def value(self) -> int:
        """Return how many were counted."""
        return len(self.entries)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the rows that were counted."""
        return tuple(id_ for entry in self.entries for id_ in entry.ids)

    def of(self, unit: str) -> "Count":
        """Return the part of one unit; parts may not add up where something is counted once city-wide by one unit."""
        entries = tuple(entry for entry in self.entries if entry.unit == unit)
        return replace(self, entries=entries, unclear=tuple(u for u in self.unclear if u.unit == unit))


# ---------------------------------------------------------------- 新增贯标企业 (I09)


def new_enterprises(rows: Iterable[Row], by: Parameters | None = None) -> Count:
    """Return the enterprises that first passed within the window, each credit code once in the whole city.

    By A a certificate or a passed evaluation, by B a certificate, by C also the provincial filing of those who have
    not passed. Standards for others than enterprises do not count; a renewal or new edition is no first pass.
    """
    by = by or Parameters()
    found: dict[str, list[tuple[str, Row]]] = {}
    filed: dict[str, list[tuple[str, Row]]] = {}
    unclear: dict[str, list[Unclear]] = {}
    for row in rows:
        code = _code(row, by.judged)
        told = first_pass(row.values, by.basis)
        if told:
            passed = by.basis != "C" or first_pass(row.values) is not None
            (found if passed else filed).setdefault(code, []).append((told, row))
        elif why := _unplaced(row.values, by.basis):
            unclear.setdefault(code, []).append(_unclear(row, why))
    found |= {code: some for code, some in filed.items() if code not in found and code not in unclear}
    placed = [_within(code, passed, by) for code, passed in found.items()]
    doubtful = [u for code, some in unclear.items() if code not in found for u in some]
    return Count(
        tuple(one for one in placed if isinstance(one, Entry)),
        (*doubtful, *(one for one in placed if isinstance(one, Unclear))),
    )


def first_pass(values: Values, basis: Basis = "A") -> str | None:
    """Return the ISO date (or year-month, or year) at which a case first passed; none when it has not, or who knows.

    It is ``first_pass_date`` where that is told and fits the basis, else the earlier of certificate and evaluation.
    """
    if not _standard_counts(values, basis):
        return None
    certified, evaluated = _certified(values), _evaluated(values) and basis != "B"
    dates = [_told(values, "cert_issue_date")] if certified and not renewed(values) else []
    dates += [_told(values, "eval_date")] if evaluated else []
    passed = _told(values, "first_pass_date")
    if passed and (basis != "B" or _by_certificate(values)):
        return passed
    known = sorted(filter(None, dates))
    if known or basis != "C" or certified or evaluated:
        return known[0] if known else None
    return _told(values, "filing_date") or None


def _standard_counts(values: Values, basis: Basis) -> bool:
    """Tell whether the standard counts for enterprises (stages.csv); one not told is the usual one."""
    standard = code_table("stages.standard").get(_told(values, "standard_code"))
    return standard is None or standard.attributes[f"counts_{basis.lower()}"] == "1"


def _stage_counts(values: Values, basis: Basis) -> bool:
    stage = code_table("stages.stage").get(_told(values, "stage"))
    return bool(stage) and stage.attributes[f"counts_{basis.lower()}"] == "1" if stage else False


def _certified(values: Values) -> bool:
    return any(values.get(name) is not None for name in ("cert_no", "cert_issue_date"))


def _evaluated(values: Values) -> bool:
    result = values.get("eval_result")
    return values.get("eval_date") is not None and result in (None, *_EVALUATED)


def _by_certificate(values: Values) -> bool:
    """Tell whether the first pass was a certificate: as the basis says, else as the dates show."""
    basis, passed = _told(values, "pass_basis"), _told(values, "first_pass_date")
    if "认证" in basis or "评价" in basis or "验收" in basis:
        return "认证" in basis
    return _certified(values) and _told(values, "eval_date") != passed


def _unplaced(values: Values, basis: Basis) -> str | None:
    """Return why a case that passed cannot be placed in time; none for one that has not passed."""
    if not _standard_counts(values, basis):
        return None
    if _certified(values) and renewed(values):
        return "是再认证或换版的证书，首次达标日期没有填"
    passed = _certified(values) or (basis != "B" and _evaluated(values)) or _stage_counts(values, basis)
    return "已达标，首次达标日期、发证日期和合格日期都没有填" if passed else None


def _within(code: str, passed: Sequence[tuple[str, Row]], by: Parameters) -> Entry | Unclear | None:
    """Return the enterprise if its first pass lies in the window; a month or year astride its edge is unclear."""
    since, row = min(passed, key=lambda one: (first_day(one[0]), one[1].key))
    unit = _told(row.values, "unit_code")
    begin, end = date.fromisoformat(by.window_from), date.fromisoformat(by.window_to)
    first, last = first_day(since), last_day(since)
    inside = [begin <= day <= end for day in (first, last)]
    if all(inside):
        return Entry(code, tuple(r.key.id for _, r in passed), unit, since)
    astride = any(inside) or first < begin <= end < last
    return Unclear(row.key.id, unit, f"首次达标只知道是{since}，不能判断是否在统计期内") if astride else None


def enterprises_in_force(rows: Iterable[Row], day: date, judged: Judged = NOTHING) -> Count:
    """Return the enterprises with a certificate that is 现行有效 that day: another figure than what is new."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if _standard_counts(row.values, "A") and in_force(row.values, day):
            found.setdefault(_code(row, judged), []).append(row)
    return Count(tuple(_entry(code, some) for code, some in found.items()))


# ---------------------------------------------------------------- 服务机构 (I11, I12)


def institutions(rows: Iterable[Row], by: Parameters | None = None) -> Count:
    """Return the institutions in business, each credit code once city-wide.

    A branch of an institution elsewhere counts, one of an institution of this city does not unless told; a law firm
    (or accountants, appraisers) counts when it shows business in intellectual property: revenue, people or agents.
    """
    by, known = by or Parameters(), list(rows)
    ours = {_told(row.values, "uscc") for row in known}
    found: dict[str, list[Row]] = {}
    unclear: dict[str, list[Unclear]] = {}
    for row in known:
        code = _code(row, by.judged)
        if row.values.get("operating_status") not in (None, IN_BUSINESS):
            continue
        if not by.local_branches and _local_branch(row.values, ours):
            continue
        if why := _unsure(row.values):
            unclear.setdefault(code, []).append(_unclear(row, why))
        else:
            found.setdefault(code, []).append(row)
    doubtful = (one for code, some in unclear.items() if code not in found for one in some)
    return Count(tuple(_entry(code, some) for code, some in found.items()), tuple(doubtful))


def _local_branch(values: Values, ours: set[str]) -> bool:
    form = values.get("org_form")
    if form in (VISITING_BRANCH, LOCAL_BRANCH):
        return form == LOCAL_BRANCH
    return bool(values.get("is_branch")) and _told(values, "parent_uscc") in ours - {""}


def _unsure(values: Values) -> str:
    """Return why an institution cannot be counted yet, empty when it can."""
    if values.get("operating_status") is None:
        return "没有填经营状态"
    names = ("revenue_ip_wan", "ip_staff_count", "patent_agent_count", "trademark_agent_count")
    general = values.get("org_form") == LAW_FIRM or _GENERAL.search(_told(values, "institution_name"))
    shown = not general or any(values.get(name) for name in names)
    return "" if shown else "律师、会计师事务所和评估机构没有填知识产权业务的收入或人员"


def full_year(day: date, by: Parameters | None = None) -> int:
    """Return the one year of which revenue is added up: as set, else the last that ended before a day."""
    return (by.revenue_year if by else None) or day.year - 1


def revenue(rows: Iterable[Row], years: Iterable[Values], year: int, by: Parameters | None = None) -> Count:
    """Return the IP revenue of one year of the institutions that count, in 万元, and those without a report.

    ``years`` are the values of institution_year records. An institution without a figure for that very year is
    listed as unclear; neither zero nor another year's figure stands in for it.
    """
    known = list(rows)
    told = {
        _told(values, "institution_id"): values.get("revenue_ip_wan")
        for values in years
        if values.get("stat_year") == year and values.get("revenue_ip_wan") is not None
    }
    counted, unclear, total = [], [], 0.0
    for entry in institutions(known, by).entries:
        amount = next((told[id_] for id_ in entry.ids if id_ in told), None)
        if isinstance(amount, (int, float)):
            counted.append(replace(entry, since=str(year)))
            total += amount
        else:
            unclear.append(Unclear(entry.ids[0], entry.unit, f"没有{year}年的知识产权主营业务收入"))
    return Count(tuple(counted), tuple(unclear), round(total, 6))


# ---------------------------------------------------------------- 人才与培训 (I13)


def professionals(rows: Iterable[Row], by: Parameters | None = None) -> Count:
    """Return the people in service whose category counts, each person once (rule V22).

    Whoever has neither category nor status told is listed as unclear: 在岗 is never guessed (I13: 状态=在岗).
    """
    by = by or Parameters()
    known = [r for r in rows if r.values.get("in_service") not in GONE]
    wanted = [r for r in known if r.values.get("category") in by.person_categories]
    entries, unclear = [], [_unclear(r, "没有填人才类别") for r in known if r.values.get("category") is None]
    for some in people(wanted, by.judged):
        if any(row.values.get("in_service") for row in some):
            entries.append(_entry(some[0].key.id, some))
        else:
            unclear.append(_unclear(some[0], "没有填在岗状态"))
    return Count(tuple(entries), tuple(unclear))


def _unclear(row: Row, why: str) -> Unclear:
    return Unclear(row.key.id, _told(row.values, "unit_code"), why)


def people(rows: Iterable[Row], judged: Judged = NOTHING) -> list[list[Row]]:
    """Return the rows of each person: the same 证件号, else the same name and mobile (rule V22; the rest is a hint).

    What people decided to be one, or not, goes before that.
    """
    known = list(rows)
    by_mobile: dict[tuple[str, str], str] = {}
    for row in known:
        if number := _told(row.values, "id_no"):
            by_mobile.setdefault(_mobile(row.values), number)
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in known:
        found.setdefault(_person(row, by_mobile), []).append(row)
    return _joined([part for group in found.values() for part in _parted(group, judged)], judged.same)


def _parted(group: list[Row], judged: Judged) -> list[list[Row]]:
    """Return the rows of one sign by person, those told apart by people each with the first it is not apart from."""
    parts: list[list[Row]] = []
    for row in group if judged.different else ():
        fitting = (part for part in parts if not any(judged.apart(row.key, other.key) for other in part))
        part = next(fitting, None)
        parts.append([row]) if part is None else part.append(row)
    return parts or [group]


def _joined(groups: list[list[Row]], same: Iterable[Pair]) -> list[list[Row]]:
    """Return the groups with those made one that hold two who are the same."""
    where: dict[RecordKey, int] = {row.key: number for number, group in enumerate(groups) for row in group}
    for one, other in same:
        if one in where and other in where and where[one] != where[other]:
            kept, gone = sorted((where[one], where[other]))
            where |= dict.fromkeys((row.key for row in groups[gone]), kept)
            groups[kept], groups[gone] = groups[kept] + groups[gone], []
    return [group for group in groups if group]


def _mobile(values: Values) -> tuple[str, str]:
    return key(_told(values, "name")), _told(values, "mobile")


def _person(row: Row, by_mobile: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    mobile = _mobile(row.values)
    number = _told(row.values, "id_no") or (by_mobile.get(mobile, "") if mobile[1] else "")
    if number:
        return ("证件号", number)
    return ("手机号", *mobile) if mobile[1] else ("记录", *row.key)


@dataclass(frozen=True, slots=True)
class Trained:
    """Attendance twice over, never mixed: ``times`` counts 人次, ``people`` 人数."""

    times: Count
    people: Count


def trained(rows: Iterable[Row], judged: Judged = NOTHING) -> Trained:
    """Return how often and how many people were trained, from rows of the ledger training.

    Who is noted as absent (签到 否) was not trained; where nothing is noted the roster stands.
    """
    attended = [row for row in rows if row.values.get("sign_in") is not False]
    known = [replace(row, key=row.parts.get("person", row.key)) for row in attended]
    times = tuple(Entry(r.key.id, (r.key.id,), _told(r.values, "unit_code")) for r in attended)
    return Trained(Count(times), Count(tuple(_entry(some[0].key.id, some) for some in people(known, judged))))


def _code(row: Row, judged: Judged) -> str:
    """Return what a body counts under: its credit code, or that of a body which it was decided to be."""
    code, body = _told(row.values, "uscc"), row.parts.get("enterprise", row.key)
    return judged.bodies.get(code) or judged.bodies.get(called(body)) or code or row.key.id


def _entry(name: str, rows: Sequence[Row]) -> Entry:
    ids = tuple(dict.fromkeys(row.key.id for row in rows))
    return Entry(name, ids, _told(rows[0].values, "unit_code"))


def _told(values: Values, name: str) -> str:
    value: Value = values.get(name)
    return "" if value is None else str(value)


def by_unit(count: Count) -> Iterator[tuple[str, Count]]:
    """Yield each unit's part of a count."""
    units = dict.fromkeys((*(e.unit for e in count.entries), *(u.unit for u in count.unclear)))
    return ((unit, count.of(unit)) for unit in units)
