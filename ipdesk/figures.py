"""Work out every figure of the registers at once, by the parameters: what the window and the command line show.

新增 and 现行有效, 人次 and 人数 are figures of their own (indicators.csv I09, I11, I12, I13) and never added up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ipdesk import counting
from ipdesk.codes import code_table
from ipdesk.counting import BASES, Basis, Count, Entry, Parameters, Trained
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Reading

CASES, INSTITUTIONS, TRAINING, PERSONS = "guanbiao", "institution", "training", "person"
PLANNED = (
    *("indicator_value", "target", "station", "service_point", "liaison", "policy"),
    "strong_county",
)
NO_CATEGORY = "未填人才类别"


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of all ledgers and the yearly business of institutions, read once to be counted in several ways."""

    rows: Mapping[str, tuple[Row, ...]]
    years: tuple[Values, ...]

    def keys(self, ledger: str) -> dict[str, RecordKey]:
        """Return the keys of a ledger's rows by their ids."""
        return {row.key.id: row.key for row in self.rows[ledger]}

    def names(self, ledger: Ledger) -> dict[str, str]:
        """Return what the rows of a ledger are called, by their ids."""
        return {row.key.id: ledger.called(row.values) for row in self.rows[ledger.name]}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, what it counts in which unit of measure, and the ledger whose rows were counted."""

    name: str
    label: str
    measure: str
    ledger: str
    count: Count

    @property
    def value(self) -> float:
        """Return the figure: how many, or the sum where it is one."""
        return self.count.value if self.count.amount is None else self.count.amount

    @property
    def told(self) -> tuple[str, float, int]:
        """Return what a clerk sees of it: its name, its value, and how many rows could not be told."""
        return self.label, self.value, len(self.count.unclear)

    @property
    def words(self) -> str:
        """Return the figure as it is read."""
        return f"{self.value:,.10g}" if self.count.amount is not None else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class ClassFigure:
    """What one training class had, in 人次 and 人数."""

    key: RecordKey
    name: str
    start: str
    trained: Trained


@dataclass(frozen=True, slots=True)
class CategoryFigure:
    """One category of people: 人数 in the register, 人次 in training, and whether it counts toward 3000."""

    code: str
    label: str
    counts: bool
    people: Count
    times: Count


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure as of a day; ``bases`` tells what 新增 would be by each basis, ``year`` that of the revenue."""

    day: date
    year: int
    by: Parameters
    figures: tuple[Figure, ...]
    bases: Mapping[Basis, int] = field(default_factory=dict)
    classes: tuple[ClassFigure, ...] = ()
    categories: tuple[CategoryFigure, ...] = ()


def material(source: Reading) -> Material:
    """Read what is counted."""
    rows = {name: _rows(source, name) for name in (CASES, INSTITUTIONS, TRAINING, PERSONS, *PLANNED)}
    years = source.find(source.catalogue.kinds["institution_year"])
    return Material(rows, tuple(record.values for record in years))


def _rows(source: Reading, name: str) -> tuple[Row, ...]:
    ledger = source.catalogue.ledger(name)
    return tuple(source.rows(ledger, source.keys(ledger, Query())))


def headline(told: Material, by: Parameters, day: date) -> tuple[Figure, ...]:
    """Return the figures that stand at the head, the two about 贯标 and the two about training apart."""
    return tuple(_headline(told, by, day))


def _headline(told: Material, by: Parameters, day: date) -> Iterator[Figure]:
    cases, houses = told.rows[CASES], told.rows[INSTITUTIONS]
    trained, year = counting.trained(told.rows[TRAINING], by.judged), counting.full_year(day, by)
    earned = counting.revenue(houses, told.years, year, by)
    yield Figure("new_enterprises", "新增贯标企业", "家", CASES, counting.new_enterprises(cases, by))
    yield Figure(
        "in_force", "现行有效贯标企业", "家", CASES, counting.enterprises_in_force(cases, day, by.judged)
    )
    yield Figure("institutions", "服务机构", "家", INSTITUTIONS, counting.institutions(houses, by))
    yield Figure("revenue", f"{year}年主营业务收入", "万元", INSTITUTIONS, earned)
    yield Figure(
        "professionals", "计入3000人的人才", "人", PERSONS, counting.professionals(told.rows[PERSONS], by)
    )
    yield Figure("trained_times", "培训人次", "人次", TRAINING, trained.times)
    yield Figure("trained_people", "培训人数", "人", PERSONS, trained.people)


def figures(told: Material, by: Parameters, day: date) -> Figures:
    """Return every figure of what was read, by the parameters and as of a day."""
    year = counting.full_year(day, by)
    bases = {b: counting.new_enterprises(told.rows[CASES], replace(by, basis=b)).value for b in BASES}
    return Figures(day, year, by, headline(told, by, day), bases, classes(told, by), categories(told, by))


def classes(told: Material, by: Parameters) -> tuple[ClassFigure, ...]:
    """Return what each class had, the newest first; a class recorded by two units stands twice."""
    found: dict[RecordKey, list[Row]] = {}
    for row in told.rows[TRAINING]:
        if "training" in row.parts:
            found.setdefault(row.parts["training"], []).append(row)
    made = [_class(key, rows, by) for key, rows in found.items()]
    return tuple(sorted(made, key=lambda one: (one.start, one.name), reverse=True))


def _class(key: RecordKey, rows: list[Row], by: Parameters) -> ClassFigure:
    values = rows[0].values
    name, start = str(values.get("course_name") or ""), str(values.get("start_date") or "")
    return ClassFigure(key, name, start, counting.trained(rows, by.judged))


def categories(told: Material, by: Parameters) -> tuple[CategoryFigure, ...]:
    """Return what there is of each category that anybody has, those without one last."""
    order = [*(entry.code for entry in code_table("person.category").codes), ""]
    held, attended = _by_category(told.rows[PERSONS]), _by_category(told.rows[TRAINING])
    return tuple(
        CategoryFigure(
            code,
            code_table("person.category").label(code) if code else NO_CATEGORY,
            code in by.person_categories,
            _people(held.get(code, []), by),
            counting.trained(attended.get(code, [])).times,
        )
        for code in order
        if code in held or code in attended
    )


def _people(rows: list[Row], by: Parameters) -> Count:
    """Return the people in service, each once."""
    known = counting.people((r for r in rows if r.values.get("in_service") not in counting.GONE), by.judged)
    return Count(
        tuple(
            Entry(same[0].key.id, tuple(r.key.id for r in same), str(same[0].values.get("unit_code") or ""))
            for same in known
        )
    )


def _by_category(rows: tuple[Row, ...]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.values.get("category") or ""), []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """What one figure would become: both values as they are read, and how many rows could not be told for each."""

    label: str
    measure: str
    before: str
    after: str
    unclear: tuple[int, int] = (0, 0)


def shifts(told: Material, before: Parameters, after: Parameters, day: date) -> tuple[Shift, ...]:
    """Return the figures that a change of the parameters would move."""
    pairs = zip(headline(told, before, day), headline(told, after, day), strict=True)
    return tuple(
        Shift(new.label, new.measure, old.words, new.words, (len(old.count.unclear), len(new.count.unclear)))
        for old, new in pairs
        if old.told != new.told
    )
