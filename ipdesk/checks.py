"""Check a flat row by the rules of validation_rules.csv that need nothing but the row itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ipdesk.codes import code_table, read_codes
from ipdesk.fields import Phone
from ipdesk.kinds.declare import Field, Ledger, Values
from ipdesk.kinds.guanbiao import TRANSITION_END
from ipdesk.problems import Grade, Problem

When = Literal["form", "intake", "merge"]
ORDERED = (
    "filing_date",
    "start_date",
    "run_start_date",
    "internal_audit_date",
    "mgmt_review_date",
    "cert_issue_date",
)
_LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")
_MOBILE = re.compile(r"1\d{10}")
_IPMS = re.compile(r"[0-9A-Z]{2,6}IP(MS)?[0-9A-Z\-]{4,12}(R\d+)?[LMS]?(/.*)?")


@lru_cache
def grades() -> dict[tuple[str, str], Grade]:
    """Return how hard each rule weighs in form, intake and merge: (rule, when) → grade."""
    rows = read_codes("validation_rules.csv")
    return {
        (r["rule_code"], when): Grade(r[f"grade_{when}"])
        for r in rows
        for when in ("form", "intake", "merge")
    }


def missing(ledger: Ledger, values: Values) -> list[Field]:
    """Return the required fields still empty: taken in all the same and marked 待补."""
    return [f for f in ledger.fields if f.required and values.get(f.name) is None]


def check_row(
    ledger: Ledger, values: Values, *, when: When, unit_code: str | None = None, today: date | None = None
) -> list[Problem]:
    """Return the findings about a flat row, hardest first; ``unit_code`` is the only unit a county may write."""
    found = [*_identifying(ledger, values), *_unit(ledger, values, unit_code)]
    for rule, field, message in _told(ledger, values, today or date.today()):
        if field in ledger.by_name:
            found.append(Problem(rule, ledger.field(field).sheet_name, message, grades()[rule, when]))
    return sorted(found, key=lambda p: list(Grade).index(p.grade))


def _identifying(ledger: Ledger, values: Values) -> Iterator[Problem]:
    for field in ledger.fields:
        if field.identifies and values.get(field.name) is None:
            yield Problem("required", field.sheet_name, f"缺少{field.label}，请补上")
    for names in ledger.one_of:
        if all(values.get(name) is None for name in names):
            labels = "、".join(ledger.field(name).label for name in names)
            yield Problem("required", ledger.field(names[0]).sheet_name, f"{labels}至少要填一项，请补上")


def _unit(ledger: Ledger, values: Values, unit_code: str | None) -> Iterator[Problem]:
    field = ledger.by_name.get(ledger.unit_field)
    told = values.get(ledger.unit_field)
    if unit_code and field and told not in (None, unit_code):
        ours, theirs = field.type.show(unit_code), field.type.show(told)
        yield Problem(
            "unit", field.sheet_name, f"这一行是{theirs}的，本工作区只收{ours}的，请交给{theirs}填报"
        )


Told = Iterable[tuple[str, str, str]]


def _told(ledger: Ledger, values: Values, today: date) -> Told:
    """Yield (rule, field, sentence) for every rule that a row breaks."""
    for rule in (
        _registration,
        _kind_of_body,
        _phones(ledger),
        _certificate_number,
        _validity,
        _old_edition,
        _order,
        _evaluation,
    ):
        yield from rule(values, today)


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _registration(values: Values, _today: date) -> Told:
    """Rule V03: the place in the code is not the unit reported to; a hint only."""
    code, unit = _text(values, "uscc"), code_table("regions").get(_text(values, "unit_code"))
    if not code or not unit or unit.attributes["unit_type"] == "市本级":
        return
    if code[2:8] not in {unit.code, *re.split("[;；]", unit.attributes["alias_codes"])}:
        place = code_table("regions").find(code[2:8])
        where = code_table("regions").label(place) if place else code[2:8]
        yield "V03", "uscc", f"信用代码登记地为{where}，归口单位为{unit.name}，请确认是否迁址或功能区企业"


def _kind_of_body(values: Values, _today: date) -> Told:
    """Rule V04: what registers itself elsewhere than as an enterprise (91)."""
    code = _text(values, "uscc")
    if code and not code.startswith("91"):
        yield "V04", "uscc", "该代码不是企业法人（91开头），请确认"


def _phones(ledger: Ledger) -> Callable[[Values, date], Told]:
    """Rule V07: a contact's number that is no mobile should look like 0515-8xxxxxxx."""
    names = [f.name for f in ledger.fields if isinstance(f.type, Phone)]

    def rule(values: Values, _today: date) -> Told:
        for name in names:
            number = _text(values, name)
            if number and not _MOBILE.fullmatch(number) and not _LANDLINE.fullmatch(number):
                yield "V07", name, "电话格式少见，固定电话建议写成 0515-8xxxxxxx"

    return rule


def _certificate_number(values: Values, _today: date) -> Told:
    """Rule V10: a certificate number of an uncommon form; a hint only."""
    number = _text(values, "cert_no")
    if number and not _IPMS.fullmatch(number.upper()):
        yield "V10", "cert_no", "证书号格式少见，请与证书扫描件核对"


def _day(values: Values, name: str) -> date | None:
    told = _text(values, name)
    return date.fromisoformat(told) if len(told) == 10 else None


def _validity(values: Values, _today: date) -> Told:
    """Rule V11: valid for three years less a day, two days either way."""
    issued, until = _day(values, "cert_issue_date"), _day(values, "cert_valid_to")
    if not issued or not until:
        return
    due = _years_later(issued, 3) - timedelta(days=1)
    if abs((until - due).days) > 2:
        yield (
            "V11",
            "cert_valid_to",
            f"有效期与发证日不是3年，按发证日应到{due}前后，请核对；换版证书沿用原有效期",
        )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _old_edition(values: Values, today: date) -> Told:
    """Rule V13: certificates to the 2013 edition should be gone since 2026."""
    if values.get("standard_code") == "SD1" and values.get("cert_status") == "CS1" and today > TRANSITION_END:
        yield "V13", "cert_status", "2013版证书过渡期已于2025年底结束，请核实是否换版、暂停或撤销"


def _order(values: Values, _today: date) -> Told:
    """Rule V16: filing ≤ start ≤ running ≤ internal audit ≤ review ≤ certificate, compared as far as both are known."""
    dated = [(name, _text(values, name)) for name in ORDERED if values.get(name)]
    for (earlier, first), (later, second) in zip(dated, dated[1:], strict=False):
        known = min(len(first), len(second))
        if first[:known] > second[:known]:
            yield (
                "V16",
                later,
                f"日期先后不合理：{_LABELS[later]}{second}早于{_LABELS[earlier]}{first}，请核对",
            )


_LABELS = dict(zip(ORDERED, ("备案", "启动", "体系运行", "内审", "管理评审", "发证"), strict=True))


def _evaluation(values: Values, _today: date) -> Told:
    """Rule V15: an evaluation may be asked for a year after filing."""
    filed, asked = _day(values, "filing_date"), _day(values, "eval_apply_date")
    if filed and asked and asked < _years_later(filed, 1):
        yield "V15", "eval_apply_date", f"绩效评价须备案满1年（{_years_later(filed, 1)}起）才能申请，请核对"
