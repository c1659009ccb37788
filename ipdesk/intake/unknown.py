"""List the words of a workbook that no code table knows, so that a person can say once what each means."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ipdesk.fields import Coded
from ipdesk.intake.shapes import IntakePlan
from ipdesk.kinds.declare import Field
from ipdesk.text import clean


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that stands in so many refused rows for a field with a code table."""

    field: Field
    word: str
    rows: int


def unknown_words(planned: IntakePlan) -> Sequence[UnknownWord]:
    """Return the words refused by code tables, the most frequent first."""
    sheets = {sheet.name: sheet for sheet in planned.book.sheets}
    columns = {(draft.sheet, draft.row): draft.columns for draft in planned.drafts}
    found: Counter[tuple[str, str]] = Counter()
    for problem in planned.refused:
        field = planned.ledger.by_name.get(problem.field)
        place = columns.get((problem.sheet, problem.row), {}).get(problem.field)
        if problem.code != "code" or place is None or field is None or not isinstance(field.type, Coded):
            continue
        word = clean(str(sheets[problem.sheet].at(problem.row - 1, place) or ""))
        if word:
            found[problem.field, word] += 1
    return [UnknownWord(planned.ledger.field(name), word, n) for (name, word), n in found.most_common()]
