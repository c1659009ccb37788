"""Look at the ledgers as of a past day, or as they were known on one (design: as-of and known-on)."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from ipdesk.dates import parse_date
from ipdesk.problems import Refusal, ValueProblem
from ipdesk.records import Row
from ipdesk.shortdigest import short
from ipdesk.store import Moment, Reading, Store

NOW = Moment()


@contextmanager
def reading(store: Store, moment: Moment) -> Iterator[Reading]:
    """Give what reads the ledgers at a moment: the store itself for the present, else a view of the past."""
    if not moment:
        yield store
        return
    past = store.past(moment)
    try:
        yield past
    finally:
        past.close()


def parse_day(words: str) -> date:
    """Return the day that somebody wrote in any style of the intake; a month or year alone is refused."""
    try:
        return date.fromisoformat(parse_date(words))
    except ValueProblem as problem:
        raise Refusal(problem.message) from None
    except ValueError:
        raise Refusal(f"日期“{words}”要写到日，如 2024-06-30") from None


def digest(name: str, moment: Moment, rows: Iterable[Row]) -> str:
    """Return the short digest (of SHA-256, six groups of four figures) of rows, their name and their moment."""
    days = [day.isoformat() if day else None for day in (moment.as_of, moment.known_on)]
    summed = hashlib.sha256(_canonical([name, *days]))
    for row in rows:
        summed.update(_canonical([row.key, row.values]))
    return short(summed.hexdigest())


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
