"""The figures of an overview in words: what cards, tables and charts show."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ipdesk.plan.comparing import plain, shown, target_words
from ipdesk.plan.indicators import Figure, Mismatch
from ipdesk.plan.overview import unit_name
from ipdesk.plan.ranking import Ranked
from ipdesk.plan.state import Pace, State, percent
from ipdesk.plan.table import said
from ui.texts import common
from ui.texts import overview as texts

TONES = {
    State.REACHED: "good",
    State.ON_TRACK: "busy",
    State.BEHIND: "bad",
    State.RISING: "busy",
    State.UNREPORTED: "idle",
    State.NOTHING: "idle",
    State.UNSET: "warn",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator of a unit in words; ``part`` of its bar is full, its tick stands at ``elapsed`` (parts of one)."""

    figure: Figure
    state: State
    part: float | None
    elapsed: float
    said: str

    @property
    def tone(self) -> str:
        """Return the colour of its state."""
        return TONES[self.state]

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.figure.indicator.short_name

    @property
    def unit(self) -> str:
        """Return its unit of measure, where there is a figure to measure."""
        return self.figure.indicator.unit

    @property
    def value(self) -> str:
        """Return the figure."""
        return self.figure.words

    @property
    def target(self) -> str:
        """Return the target in the plan's manner."""
        return target_words(self.figure.indicator, self.figure.goal)

    @property
    def done(self) -> str:
        """Return 完成率."""
        return percent(self.figure.done)

    @property
    def below(self) -> str:
        """Return the line under the bar: how far it is, what was before, or why there is none."""
        if self.part is not None:
            words = (texts.DONE.format(done=self.done), texts.ELAPSED.format(elapsed=_rounded(self.elapsed)))
        else:
            words = (_before(self.figure), "")
        return "　".join(word for word in (*words, self.said) if word)

    @property
    def cells(self) -> tuple[str, ...]:
        """Return its row in the table."""
        measured = self.figure.value is not None
        value = texts.VALUE.format(value=self.value, unit=self.unit) if measured else self.value
        name = f"{self.figure.indicator.code} {self.name}"
        return (name, value, self.target, self.done, self.state.value, self.said)

    @property
    def words(self) -> str:
        """Return all of it in one sentence, to be read aloud."""
        one = self.figure.indicator
        return texts.CARD.format(
            code=one.code,
            name=one.name,
            value=self.value,
            unit=one.unit,
            target=self.target,
            done=self.done,
            elapsed=_rounded(self.elapsed),
            state=self.state.value,
            said=f"（{self.said}）" if self.said else "",
        )


def _before(figure: Figure) -> str:
    if figure.before is None:
        return ""
    return texts.BEFORE.format(before=shown(figure.before, figure.indicator.decimals))


def _rounded(part: float) -> str:
    return f"{part:.0%}"


def cards(figures: Sequence[Figure], pace: Pace) -> list[Card]:
    """Return the cards of a unit's figures."""
    return [_card(one, pace) for one in figures]


def _card(one: Figure, pace: Pace) -> Card:
    state, done = pace.state(one), one.done
    part = None if done is None else min(float(done), 1.0)
    return Card(one, state, part, float(pace.elapsed), said(one, state))


def trend_cells(name: str, one: Figure) -> tuple[str, ...]:
    """Return a row of the table of a trend."""
    return (name, one.words, target_words(one.indicator, one.goal), percent(one.done))


def ranking_cells(one: Ranked, pace: Pace) -> tuple[str, ...]:
    """Return a row of the table of units."""
    figure, place = one.figure, common.NONE if one.place is None else str(one.place)
    goal = target_words(figure.indicator, figure.goal)
    return (
        place,
        unit_name(figure.unit),
        figure.words,
        goal,
        percent(figure.done),
        pace.state(figure).value,
    )


def number(value: Fraction | None) -> float | None:
    """Return a figure to draw with."""
    return None if value is None else float(value)


def mismatch(one: Mismatch) -> str:
    """Return in words that the counties' targets do not add up to the city's."""
    return texts.MISMATCH.format(
        name=one.indicator.short_name,
        year=texts.YEAR.format(year=one.year) if one.year else "",
        counties=plain(one.counties),
        city=plain(one.city),
    )
