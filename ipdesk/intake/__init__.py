"""Bring in the sheets that offices already have (design: intake)."""

from ipdesk.intake.lacking import Shared, lacking
from ipdesk.intake.mapping import ColumnMatch
from ipdesk.intake.planning import apply, plan
from ipdesk.intake.result import write_result
from ipdesk.intake.shapes import IntakeOutcome, IntakePlan, PlannedRow, SheetPlan
from ipdesk.intake.unknown import UnknownWord, unknown_words

__all__ = [
    "ColumnMatch",
    "IntakeOutcome",
    "IntakePlan",
    "PlannedRow",
    "Shared",
    "SheetPlan",
    "UnknownWord",
    "apply",
    "lacking",
    "plan",
    "unknown_words",
    "write_result",
]
