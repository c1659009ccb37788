"""Check a flat row by the rules of validation_rules.csv that need nothing but the row itself.

The rules stand in ``ipdesk.rules``; which of them run depends on the fields and kinds that a ledger has.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from ipdesk.codes import read_codes
from ipdesk.fields import Context, Phone
from ipdesk.kinds.declare import Field, Ledger, Values
from ipdesk.problems import Grade, Problem, ValueProblem
from ipdesk.rules import bodies, dates, figures, indicators, numbers
from ipdesk.rules.base import Rule

When = Literal["form", "intake", "merge"]
RULES = (*bodies.RULES, *numbers.RULES, *dates.RULES, *figures.RULES, *indicators.RULES)
# What is asked beyond the 24 rules; such a finding never refuses a row.
_OTHER_GRADES = {"advisor": Grade.WARNING, "branch": Grade.WARNING, "measure": Grade.ERROR}


@lru_cache
def grades() -> dict[tuple[str, str], Grade]:
    """Return how hard each rule weighs in form, intake and merge: (rule, when) → grade."""
    rows = read_codes("validation_rules.csv")
    return {
        (r["rule_code"], when): Grade(r[f"grade_{when}"])
        for r in rows
        for when in ("form", "intake", "merge")
    }


def grade(rule: str, when: When) -> Grade:
    """Return how hard a rule weighs in a place."""
    return _OTHER_GRADES.get(rule) or grades()[rule, when]


@lru_cache
def rules() -> dict[str, str]:
    """Return the names of the rules by code."""
    return {row["rule_code"]: row["rule_name"] for row in read_codes("validation_rules.csv")}


def doubts(ledger: Ledger, values: Values, today: date | None = None) -> list[Problem]:
    """Return what the 24 rules say of a row that stands in the store, by the grades for merging."""
    return [p for p in check_row(ledger, values, when="merge", today=today) if p.code.startswith("V")]


def missing(ledger: Ledger, values: Values) -> list[Field]:
    """Return the required fields still empty: taken in all the same and marked 待补."""
    return [f for f in ledger.fields if f.required and values.get(f.name) is None]


@lru_cache
def rules_of(ledger: Ledger) -> tuple[Rule, ...]:
    """Return the rules that a ledger's fields and kinds call for."""
    declared = ledger.by_name
    found = [r for r in RULES if all(name in declared for name in r.needs) and _is_about(r, ledger)]
    telephones = tuple(f.name for f in ledger.fields if isinstance(f.type, Phone))
    return (*found, *([numbers.phones(telephones)] if telephones else []))


@lru_cache
def _checked_again(ledger: Ledger, merged: bool) -> tuple[Field, ...]:
    """Return the fields whose types refuse wrong numbers: those kept with a reason, and all others once merged."""
    return tuple(f for f in ledger.fields if f.excused_by or (merged and f.type.rule.startswith("V")))


def _is_about(rule: Rule, ledger: Ledger) -> bool:
    return not rule.kind or all(ledger.kind_of(name).name == rule.kind for name in rule.needs)


def check_row(
    ledger: Ledger, values: Values, *, when: When, unit_code: str | None = None, today: date | None = None
) -> list[Problem]:
    """Return the findings about a flat row, hardest first; ``unit_code`` is the only unit a county may write."""
    day = today or date.today()
    found = [*_identifying(ledger, values), *_unit(ledger, values, unit_code)]
    found += () if when == "intake" else _unread(ledger, values, when)  # a sheet's cells were read just now
    found += [
        Problem(rule.code, ledger.field(name).sheet_name, sentence, grade(rule.code, when))
        for rule in rules_of(ledger)
        for name, sentence in rule.find(values, day)
        if name in ledger.by_name
    ]
    return sorted(found, key=lambda p: list(Grade).index(p.grade))


@lru_cache
def _identifiers(ledger: Ledger) -> tuple[Field, ...]:
    return tuple(f for f in ledger.fields if f.identifies)


def _identifying(ledger: Ledger, values: Values) -> Iterator[Problem]:
    for field in _identifiers(ledger):
        if values.get(field.name) is None:
            yield Problem("required", field.sheet_name, f"缺少{field.label}，请补上")
    for names in ledger.one_of:
        if all(values.get(name) is None for name in names):
            labels = "、".join(ledger.field(name).label for name in names)
            asked = next(
                (name for name in names if ledger.field(name).required), names[0]
            )  # filled in anyway
            yield Problem("required", ledger.field(asked).sheet_name, f"{labels}至少要填一项，请补上")


def _unit(ledger: Ledger, values: Values, unit_code: str | None) -> Iterator[Problem]:
    field = ledger.by_name.get(ledger.unit_field)
    told = values.get(ledger.unit_field)
    if unit_code and field and told not in (None, unit_code):
        ours, theirs = field.type.show(unit_code), field.type.show(told)
        yield Problem(
            "unit", field.sheet_name, f"这一行是{theirs}的，本工作区只收{ours}的，请交给{theirs}填报"
        )


def _unread(ledger: Ledger, values: Values, when: When) -> Iterator[Problem]:
    """Find numbers whose type would refuse them (rules V01, V05, V06): merged ones, and kept ones without a reason."""
    for field in _checked_again(ledger, when == "merge"):
        value = values.get(field.name)
        excused = bool(field.excused_by) and values.get(field.excused_by) is not None
        if value is None or excused:
            continue
        try:
            field.type.parse(value, Context())
        except ValueProblem as problem:
            told = doubt(ledger, field, problem) if when == "form" else f"{field.label}：{problem.message}"
            yield Problem(problem.code, field.sheet_name, told, grade(problem.code, when))


def doubt(ledger: Ledger, field: Field, problem: ValueProblem) -> str:
    """Return the sentence about a value that may stand once a reason is given."""
    reason = ledger.field(field.excused_by).label
    return f"{field.label}：{problem.message}；执照上确实如此的，请在“{reason}”里写明原因"
