"""Read from a store what the indicators are worked out of, now and one period earlier."""

from datetime import date
from functools import cache

from ipdesk.codes import CITY
from ipdesk.figures import Material, material
from ipdesk.parameters import parameters
from ipdesk.past import reading
from ipdesk.plan.counters import county_units
from ipdesk.plan.definition import Plan, plan_on
from ipdesk.plan.indicators import Figure, figures
from ipdesk.store import Moment, Store


def units(store: Store, unit: str = "") -> tuple[str, ...]:
    """Return the units whose figures a workspace tells: a county its own, the city itself and every county."""
    office = store.office
    told = (CITY, *county_units()) if office.role == "city" else (office.unit_code,)
    return tuple(one for one in told if not unit or one == unit)


def board(store: Store, moment: Moment, unit: str = "", plan: Plan | None = None) -> tuple[Figure, ...]:
    """Return every indicator of a plan (the one in force that day) at a moment, the city's first."""
    with reading(store, moment) as source:
        told = material(source)
    return figures_of(store, told, moment, units(store, unit), plan or plan_on(moment.day))


def figures_of(
    store: Store, told: Material, moment: Moment, asked: tuple[str, ...], plan: Plan
) -> tuple[Figure, ...]:
    """Return a plan's figures of what was read at a moment, with those one period earlier."""

    @cache
    def earlier(day: date) -> Material:
        with reading(store, Moment(day, moment.known_on)) as source:
            return material(source)

    return tuple(figures(told, plan, parameters(store), moment.day, asked, earlier))
