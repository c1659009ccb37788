"""The figures as lines of a table, each with the records it was counted from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipdesk.codes import code_table
from ipdesk.counting import BASES, Count
from ipdesk.figures import PERSONS, TRAINING, Figures, Material, figures, material
from ipdesk.parameters import parameters
from ipdesk.records import RecordKey
from ipdesk.store import Moment, Store
from ui.texts import common
from ui.texts import counting as texts


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it is read, the ledger and the rows it was counted from."""

    label: str
    words: str
    ledger: str
    count: Count

    @property
    def unclear(self) -> str:
        """Return how many rows could not be counted, nothing for none."""
        return str(len(self.count.unclear) or "")


@dataclass(frozen=True, slots=True)
class Named:
    """A record behind a figure: whether it counts, what it is called, its unit and what is said of it."""

    counts: bool
    name: str
    unit: str
    said: str
    key: RecordKey | None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the cells of its row."""
        unit = code_table("regions").label(self.unit) if self.unit else ""
        return (texts.COUNTED if self.counts else texts.UNCLEAR, self.name or common.NONE, unit, self.said)


@dataclass(frozen=True, slots=True)
class Board:
    """Every figure with what its records are called, by ledger and id."""

    figures: Figures
    lines: tuple[Line, ...]
    names: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, Mapping[str, RecordKey]]

    @property
    def bases(self) -> str:
        """Return what 新增 is by each basis, in words."""
        told = (
            texts.BASIS.format(basis=basis, label=BASES[basis], value=value)
            for basis, value in self.figures.bases.items()
        )
        return texts.BASES.format(told="，".join(told))

    def records(self, line: Line) -> list[Named]:
        """Return the records behind a line, those that could not be counted first."""
        names, keys = self.names[line.ledger], self.keys[line.ledger]
        doubts = [
            Named(False, names.get(u.id, ""), u.unit, u.why, keys.get(u.id)) for u in line.count.unclear
        ]
        counted = [
            Named(True, names.get(e.ids[0], ""), e.unit, _since(e.since), keys.get(e.ids[0]))
            for e in line.count.entries
        ]
        return doubts + counted


def _since(day: str) -> str:
    return texts.SINCE.format(day=day) if len(day) > len("2023") else day


def board(store: Store) -> Board:
    """Count everything that is registered, as of today."""
    told = material(store)
    found = figures(told, parameters(store), Moment().day)
    names = {name: told.names(store.catalogue.ledger(name)) for name in told.rows}
    return Board(found, tuple(_lines(found)), names, _keys(told))


def _keys(told: Material) -> dict[str, dict[str, RecordKey]]:
    return {name: told.keys(name) for name in told.rows}


def _lines(found: Figures) -> Iterator[Line]:
    for one in found.figures:
        yield Line(one.label, f"{one.words} {one.measure}", one.ledger, one.count)
    for kind in found.categories:
        toward = texts.TOWARD if kind.counts else texts.NOT_TOWARD
        words = texts.CATEGORY_VALUE.format(people=kind.people.value, times=kind.times.value)
        yield Line(texts.CATEGORY.format(label=kind.label, toward=toward), words, PERSONS, kind.people)
    for course in found.classes:
        trained = course.trained
        words = texts.CLASS_VALUE.format(times=trained.times.value, people=trained.people.value)
        name = texts.CLASS.format(name=course.name or common.NONE, start=course.start)
        yield Line(name, words, TRAINING, trained.times)
