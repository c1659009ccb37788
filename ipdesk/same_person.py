"""Doubt who is the same person (rule V22): by 证件号, else name and mobile; name and employer are a hint only."""

from collections.abc import Iterator, Sequence

from ipdesk.checks import When, grade
from ipdesk.kinds.declare import Key, Kind, Ledger, Values
from ipdesk.matching import Match
from ipdesk.problems import Grade, Problem
from ipdesk.records import Record


def agree(identity: Sequence[Key], one: Values, other: Values) -> bool:
    """Tell whether both say every part, and the same."""
    return all(part.of(one) is not None and part.of(one) == part.of(other) for part in identity)


def doubts(ledger: Ledger, match: Match, when: When) -> Iterator[Problem]:
    """Yield what is doubtful about the people of a row: taken for one by a hint only, or perhaps one with another."""
    for kind in ledger.kinds:
        values: Values = match.values.get(kind.name, {})  # type: ignore[assignment]  # canonical all along
        held = match.records.get(kind.name)
        if when == "intake" and held and _by_hint(kind, values, held):
            labels = _labels(kind, kind.weaker[-1])
            sentence = f"按{labels}相同，认作台账里已有的“{ledger.called(held.values)}”，请核对是否同一人"
            yield _problem(ledger, sentence, Grade.HINT)
        for other in match.others.get(kind.name, ()):
            yield from _perhaps(ledger, kind, values, other, when)


def _by_hint(kind: Kind, values: Values, held: Record) -> bool:
    """Tell whether nothing but the weakest identity says that both are the same."""
    *stronger, weakest = kind.identities
    if not kind.weaker or not agree(weakest, values, held.values):
        return False
    return not any(agree(identity, values, held.values) for identity in stronger)


def _perhaps(ledger: Ledger, kind: Kind, values: Values, other: Record, when: When) -> Iterator[Problem]:
    for identity in kind.identities:  # one that is the same by the first belongs to another unit
        if agree(identity, values, other.values):
            weight = Grade.HINT if identity is kind.weaker[-1] else grade("V22", when)
            called = ledger.called(other.values)
            sentence = f"台账里另有一位“{called}”，{_labels(kind, identity)}相同，疑似同一人，请核对"
            yield _problem(ledger, sentence, weight)
            return


def _labels(kind: Kind, identity: Sequence[Key]) -> str:
    return "、".join(kind.by_name[part.field].label for part in identity)


def _problem(ledger: Ledger, sentence: str, weight: Grade) -> Problem:
    return Problem("V22", ledger.field(ledger.name_field).sheet_name, sentence, weight)
