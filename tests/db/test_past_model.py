"""The ledgers as of a day and as known on another against a model of their own: random edits, random days.

The model knows nothing of the declared events or of the change log: it keeps a copy of everything for each day, and
says in plain words what had happened by when.
"""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.fields import Value
from ipdesk.past import reading
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.store import Moment
from tests.db.test_past import on

Values = dict[str, Value]
Held = dict[str, dict[str, Values]]
Rows = dict[str, Values | None]
FIRST = date(2024, 3, 1)
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31)).map(date.isoformat)
WHEN = st.one_of(st.none(), DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
STAGES = st.sampled_from((None, "ST02", "ST03", "ST15", "ST31"))
CASE = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(
            ("filing_date", "start_date", "cert_issue_date", "surveil_1_date", "status_date"), WHEN
        ),
        **{"stage": STAGES, "cert_no": st.sampled_from((None, "A1", "B2"))},
        **{
            "cert_status": st.sampled_from((None, "CS1", "CS3")),
            "remark": st.sampled_from((None, "甲", "乙")),
        },
    },
)
BODY = st.fixed_dictionaries(
    {}, optional={"found_date": WHEN, "website": st.sampled_from((None, "a.cn", "b.cn"))}
)
COURSE = st.fixed_dictionaries(
    {}, optional={"start_date": WHEN, "course_name": st.sampled_from((None, "一班", "二班"))}
)
ACT = st.one_of(
    st.tuples(st.just("case"), st.integers(0, 2), CASE),
    st.tuples(st.just("institution"), st.integers(0, 1), BODY),
    st.tuples(st.just("institution_year"), st.integers(0, 3), st.integers(0, 9)),
    st.tuples(st.just("training"), st.integers(0, 1), COURSE),
    st.tuples(st.just("delete"), st.integers(0, 2), st.none()),
    st.tuples(st.just("undo"), st.just(0), st.none()),
)


class Played:
    """A store and its model, played the same acts."""

    def __init__(self, store: SqlStore) -> None:
        """Begin with three cases, two institutions of two years each and two classes with one attendance each."""
        self.store, self.keys, self.model = store, dict[str, RecordKey](), Held()
        self.before: list[Held] = []
        with on(FIRST - timedelta(days=9)), store.act("新增", "表单") as act:
            for name, ups in (
                *((f"enterprise{n}", {}) for n in range(3)),
                *((f"case{n}", {"enterprise_id": f"enterprise{n}"}) for n in range(3)),
                *((f"institution{n}", {}) for n in range(2)),
                *((f"institution_year{n}", {"institution_id": f"institution{n // 2}"}) for n in range(4)),
                *((f"person{n}", {}) for n in range(2)),
                *((f"training{n}", {}) for n in range(2)),
                *(
                    (f"attendance{n}", {"training_id": f"training{n}", "person_id": f"person{n}"})
                    for n in range(2)
                ),
            ):
                values: Values = {"stat_year": 2020 + int(name[-1])} if "year" in name else {}
                links = {link: self.keys[above].id for link, above in ups.items()}
                self.keys[name] = act.add(store.catalogue.kind(name[:-1]), {**values, **links})
                self.model.setdefault(name[:-1], {})[name] = values

    def play(self, what: str, number: int, told: Values | int | None) -> None:
        """Do one act on both; one that is refused is done on neither."""
        with suppress(Refusal):
            if what == "undo":
                self.store.undo() if self.before else None
                self.model = self.before.pop() if self.before else self.model
                return
            kind, name = ("case", f"case{number}") if what == "delete" else (what, f"{what}{number}")
            if name not in self.model[kind]:
                return
            values: Values = {"staff_count": told} if isinstance(told, int) else told or {}
            before = deepcopy(self.model)
            with self.store.act("改", "表单") as act:
                if what == "delete":
                    act.delete(self.store.catalogue.kind(kind), self.keys[name])
                    del self.model[kind][name]
                elif act.put(self.store.catalogue.kind(kind), self.keys[name], values):
                    self.model[kind][name] |= values
            if self.model != before:
                self.before.append(before)


def later(told: Value, day: str) -> bool:
    """Tell whether something surely came after a day."""
    return str(told or "") > day


def case_then(values: Values, day: str) -> Values | None:
    """Return a case as it stood on a day."""
    steps = {"filing_date": 2, "start_date": 3, "cert_issue_date": 15, "surveil_1_date": 31}
    dated = [values[name] for name in (*steps, "status_date") if values.get(name)]
    if dated and all(later(one, day) for one in dated):
        return None
    then = dict(values)
    ahead = {name for name in (*steps, "status_date") if later(values.get(name), day)}
    if "status_date" in ahead and then.get("cert_status") == "CS3":
        then["cert_status"] = "CS1"
    if "cert_issue_date" in ahead:
        then |= {"cert_no": None, "cert_status": None}
    then |= dict.fromkeys(ahead)
    stage = int(str(values["stage"])[2:]) if values.get("stage") else 0
    if stage and any(steps[name] <= stage for name in ahead & set(steps)):
        reached = [place for name, place in steps.items() if values.get(name) and name not in ahead]
        then["stage"] = f"ST{max(reached):02d}" if reached else None
    return then


def expected(model: Held, as_of: date | None) -> dict[str, dict[str, Values]]:
    """Return what each ledger shows, by the name of the row, without what is empty."""
    day = as_of.isoformat() if as_of else "9999"
    cases: Rows = {n: case_then(v, day) if as_of else v for n, v in model["case"].items()}
    bodies: Rows = {}
    for name, values in model["institution"].items():
        if not later(values.get("found_date"), day):
            first = int(name[-1]) * 2
            years = [model["institution_year"][f"institution_year{n}"] for n in (first, first + 1)]
            over = [year for year in years if f"{year['stat_year']}-12-31" <= day]
            bodies[name] = {**values, **(over[-1] if over else {})}
    courses: Rows = {n: v for n, v in model["training"].items() if not later(v.get("start_date"), day)}
    shown = {"guanbiao": cases, "institution": bodies, "training": courses}
    return {
        ledger: {
            n: {f: v for f, v in row.items() if v is not None} for n, row in rows.items() if row is not None
        }
        for ledger, rows in shown.items()
    }


def seen(played: Played, moment: Moment) -> dict[str, dict[str, Values]]:
    """Return what each ledger of the store shows at a moment, as ``expected`` tells it."""
    roots = {"guanbiao": "case", "institution": "institution", "training": "attendance"}
    names = {key: name for name, key in played.keys.items()}
    found: dict[str, dict[str, Values]] = {}
    with reading(played.store, moment) as source:
        for name, root in roots.items():
            ledger = source.catalogue.ledger(name)
            keys = source.keys(ledger, Query())
            assert source.total(ledger, Query()) == len(keys)
            rows = {
                names[row.key].replace(root, "training" if root == "attendance" else root): row
                for row in source.rows(ledger, keys)
            }
            found[name] = {name: dict(row.values) for name, row in rows.items()}
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(
    st.lists(st.lists(ACT, max_size=5), min_size=1, max_size=5),
    st.lists(st.dates(date(2021, 6, 1), date(2025, 6, 1)), min_size=1, max_size=3),
)
def test_every_moment_shows_what_had_happened_by_then_as_it_was_known(
    make_store: Callable[..., SqlStore],
    days: list[list[tuple[str, int, Values | int | None]]],
    asked: list[date],
) -> None:
    played = Played(make_store())
    known: dict[date | None, Held] = {FIRST - timedelta(days=3): deepcopy(played.model)}
    for number, acts in enumerate(days):
        day = FIRST + timedelta(days=2 * number)
        with on(day):
            for act in acts:
                played.play(*act)
        known[day] = known[day + timedelta(days=1)] = deepcopy(played.model)
    known[None] = played.model
    for known_on, model in known.items():
        for as_of in (None, *asked):
            assert seen(played, Moment(as_of, known_on)) == expected(model, as_of), (as_of, known_on)
