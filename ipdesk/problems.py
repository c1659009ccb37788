"""Say what is wrong as data: a code, a place and a plain Chinese sentence."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Grade(StrEnum):
    """How hard a finding weighs (validation_rules.csv, columns ``grade_*``)."""

    ERROR = "error"
    REASON = "reason"
    WARNING = "warn"
    HINT = "hint"
    CONFLICT = "conflict"

    @property
    def stops(self) -> bool:
        """Tell whether the value cannot be taken in as it stands."""
        return self in (Grade.ERROR, Grade.REASON)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one value: rule code, field, sentence, and where it stands in a sheet.

    ``code`` is V01…V24 or date, number, code, required, duplicate, unit, header (command line, binding); what
    only warns may have another (``advisor``: who certifies has advised).
    ``row`` is the row as Excel numbers it, from 1.
    """

    code: str
    field: str
    message: str
    grade: Grade = Grade.ERROR
    sheet: str = ""
    row: int = 0

    def at(self, sheet: str, row: int) -> "Problem":
        """Return the same finding placed in a sheet."""
        return replace(self, sheet=sheet, row=row)


class ValueProblem(ValueError):
    """A value that its field type cannot read: ``code`` of the rule and a Chinese sentence.

    ``kept`` is how the value would stand where a reason for it is given (grade ``reason``), if it may at all.
    """

    def __init__(self, code: str, message: str, kept: str | None = None) -> None:
        """Keep the rule's code beside the sentence."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.kept = kept


class Ambiguous(ValueProblem):
    """A word that means several things, so that none of them may be taken."""


class Refusal(Exception):
    """Something that cannot be done, with one plain Chinese sentence: what is wrong and what to do."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        """Keep the findings that led to the refusal, if any."""
        super().__init__(message)
        self.message = message
        self.problems = problems


class Damage(Refusal):
    """What is kept on disk is damaged: nothing more can be done with it, and a check tells so."""


class Absent(Refusal):
    """There is no store where one was looked for; a backup may be put there."""
