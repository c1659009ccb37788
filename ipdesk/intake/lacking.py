"""Say what a sheet does not tell although all its rows share it, and propose it by the sheet's titles."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ipdesk.fields import Date
from ipdesk.intake.shapes import IntakePlan
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import ValueProblem

_DAY = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_ABOUT = re.compile(r"^[^:：]{0,8}[:：]\s*")
_WHAT_IT_IS = re.compile(
    r"(?:学员|人员|参训|参会|培训人员|报名)?(?:花名册|名册|名单|签到表|签到册|登记表|报名表|报名回执|回执|汇总表|统计表|一览表|情况表)"
    r"\s*(?:[（(][^（）()]*[）)])?$"
)
_NAMELESS = re.compile(r"(?i)sheet\s*\d*|工作表\s*\d*|\s*")


class Shared(NamedTuple):
    """A field that a sheet has no column for although all its rows share it, and what its title proposes."""

    field: Field
    proposed: str


def shared_fields(ledger: Ledger) -> tuple[Field, ...]:
    """Return the fields that may hold for a whole sheet: what identifies a record above the row, not the row itself.

    A list of trainees is of one class, so the class's name and day may stand in its title only, or nowhere.
    """
    rows_own = {ledger.kind_of(name).name for name in (ledger.key_field, ledger.name_field)}
    above = [part.kind for part in ledger.parts if part.up and part.kind.name not in rows_own]
    return tuple(kind.by_name[key.field] for kind in above for key in kind.identity)


def lacking(planned: IntakePlan) -> list[Shared]:
    """Return the shared fields that no table of a plan has a column for, with what its titles propose for them."""
    taken = {column.taken for sheet in planned.sheets for column in sheet.columns}
    absent = [f for f in shared_fields(planned.ledger) if f.sheet_name not in taken]
    texts = _titles(planned)
    return [Shared(field, _proposed(field, texts)) for field in absent] if planned.sheets else []


def _titles(planned: IntakePlan) -> Sequence[str]:
    """Return the words above the heads, then the sheets' names, then the file's."""
    names = [s.name for s in planned.sheets if not _NAMELESS.fullmatch(s.name)]
    return [*(t for s in planned.sheets for t in s.titles), *names, planned.path.stem]


def _proposed(field: Field, texts: Sequence[str]) -> str:
    if isinstance(field.type, Date):
        return next((day for text in texts if (day := _day(field, text))), "")
    return next((name for text in texts if (name := _WHAT_IT_IS.sub("", text.strip())) and _names(name)), "")


def _names(text: str) -> bool:
    """Tell whether words may be a name: no line such as 填报单位：某局."""
    return not _ABOUT.match(text) and not _DAY.fullmatch(text)


def _day(field: Field, text: str) -> str:
    found = _DAY.search(text)
    try:
        return field.type.show(field.type.parse(found[0])) if found else ""
    except ValueProblem:
        return ""
