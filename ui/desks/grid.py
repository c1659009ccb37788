"""The table of who has reported: what became of each unit's package for each period."""

from ipdesk.sync import Expected
from ipdesk.sync.completeness import STATES
from ui.texts import completeness as texts
from ui.widgets.periods import PeriodGrid, PeriodTable

TONES = {"received": "good", "late": "warn", "aside": "warn", "awaited": "idle", "overdue": "bad"}
_WIDTH = 144  # of a period


def state_words(one: Expected) -> str:
    """Return how a unit's report for a period stands, in words."""
    words = STATES[one.state]
    return texts.ZERO_CELL.format(state=words) if one.zero else words


class GridTable(PeriodTable[Expected]):
    """Shows what was expected of each unit."""

    def __init__(self) -> None:
        """Lay the table out over its model."""
        self.grid = PeriodGrid(state_words, lambda one: TONES[one.state])
        super().__init__(self.grid, texts.TABLE, texts.NONE, _WIDTH)
