"""Switch on what a sheet collects: 身份证号 for the classes of a sheet that has it (design §6)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from ipdesk.fields import Value
from ipdesk.intake.rows import Draft
from ipdesk.kinds.declare import Ledger


class Noting(Protocol):
    """A plan that knows its ledger and keeps notes for the preview."""

    @property
    def ledger(self) -> Ledger:
        """Return the ledger that is brought in."""

    @property
    def notes(self) -> list[str]:
        """Return the notes, which may grow."""


def switched_on(planned: Noting, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the rows with every collection switched on that their sheet shows; the preview tells it.

    A column that nobody filled in, as in a blank form, collects nothing.
    """
    found = list(drafts)
    for name, switch in planned.ledger.switches.items():
        sheets = {draft.sheet for draft in drafts if draft.values.get(name) is not None}
        for sheet in sorted(sheets):
            label = planned.ledger.field(name).label
            where = f"“{sheet}”" if sheet else "表"
            planned.notes.append(
                f"{where}里有{label}，导入后这些班次的“收集{label}”为“是”；不需要的请先删掉这一列"
            )
        on: dict[str, Value] = {switch: True}
        found = [replace(d, values={**d.values, **on}) if d.sheet in sheets else d for d in found]
    return found
