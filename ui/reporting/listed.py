"""The list of a county's periods, the newest first."""

from collections.abc import Sequence

from ipdesk.reporting.filings import Filing
from ui.desks.table import DeskTable
from ui.reporting.matrix import TONES, state_words
from ui.texts import reporting as texts

WIDTHS = (150, 130, 110, 70, 300)


class FilingsTable(DeskTable):
    """Shows periods line by line; says which one the ring moved to."""

    def __init__(self) -> None:
        """Begin without periods."""
        super().__init__(texts.HEADS, texts.LIST, WIDTHS, state=1, empty=texts.NONE)
        self._filings: dict[str, Filing] = {}

    def show_all(self, told: Sequence[Filing]) -> None:
        """Show how periods stand, the ring staying on its period."""
        self._filings = {one.period.code: one for one in told}
        tones = {place: TONES[one.state] for place, one in enumerate(told)}
        self.show_lines(list(self._filings), [_words(one) for one in told], tones)

    @property
    def one(self) -> Filing | None:
        """Return the period under the ring."""
        return self._filings.get(self.key)


def _words(one: Filing) -> tuple[str, ...]:
    lacks = "、".join(a.indicator.short_name for a in one.lacking) or texts.NOTHING
    filled = texts.FILLED.format(filled=one.filled, asked=len(one.asked))
    due = one.due.isoformat()
    return (one.period.label, state_words(one), due, filled, "" if one.is_zero else lacks)
