"""The table of all periods at the city: how each unit's reported period stands."""

from ipdesk.reporting.filings import STATES, Filing
from ui.texts import reporting as texts
from ui.widgets.periods import PeriodGrid, PeriodTable

TONES = {
    "empty": "idle",
    "filling": "idle",
    "submitted": "warn",
    "returned": "warn",
    "accepted": "good",
    "overdue": "bad",
}
_WIDTH = 124  # of a period


def state_words(one: Filing) -> str:
    """Return how a period stands, in words."""
    words = STATES[one.state]
    return f"{words}（{texts.ZERO}）" if one.is_zero else words


class MatrixTable(PeriodTable[Filing]):
    """Shows how each unit's periods stand."""

    def __init__(self) -> None:
        """Lay the table out over its model."""
        self.matrix = PeriodGrid(state_words, lambda one: TONES[one.state])
        super().__init__(self.matrix, texts.MATRIX, texts.NONE, _WIDTH)
