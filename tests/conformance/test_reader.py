"""A reader written from the document alone answers the kit as the program does, and reads what the program writes."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.sync.devices import keys_of
from tests.conformance import reader
from tests.conformance.reader import Refused, read
from tests.conformance.writer import Party
from tests.ipdesk.sync.world import World, add

HERE = Path(__file__).parent
KIT: dict[str, Any] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
PARTIES = {name: Party(**one) for name, one in KIT["keys"].items()}
# Where one reader looks at the envelope first and the other at what it would give.
ALIKE = (
    {"damaged", "not-canonical", "unknown"},
    {"bad-name", "not-canonical"},
    {"unencrypted", "unknown"},
    {"damaged", "not-ours"},  # the envelope's own header
)
# What depends on what was received before is not for a reader without a store.
LATER = {"fork", "two-lives", "installed", "wrong-unit", "other-request", "wrong-kind"}
CASES = [
    (name, answer)
    for name, case in KIT["cases"].items()
    for answer in case["answers"]
    if answer["reason"] not in LATER and name not in ("grant-by-another-city", "receipt-with-odd-numbers")
]


def told(party: Party) -> dict[str, str]:
    """Return what a reader knows of a party."""
    return {
        "identity": party.identity,
        "signing": party.signing,
        "recipient": party.recipient,
        "key": party.key,
    }


KNOWN = {(PARTIES[n].unit, PARTIES[n].device): told(PARTIES[n]) for n in ("city", "county")}


@pytest.mark.parametrize(
    ("name", "answer"), CASES, ids=[f"{n}-{a['file'].rsplit('/')[-1]}" for n, a in CASES]
)
def test_the_small_reader_answers_as_the_kit_expects(name: str, answer: dict[str, Any]) -> None:
    me = PARTIES["city" if KIT["cases"][name]["reader"] == "city" else "county"]
    known = {of: keys for of, keys in KNOWN.items() if of[1] != me.device}
    data = (HERE / "files" / answer["file"]).read_bytes()
    if answer["answer"] in ("valid", "unchanged"):
        found = read(data, told(me), known)
        rows = sum(n for kind, n in found.items() if kind in reader.KINDS or kind == "results")
        assert rows == answer["accepted"] + answer["unchanged"]
        return
    with pytest.raises(Refused) as refused:
        read(data, told(me), known)
    given, expected = str(refused.value), answer["reason"]
    assert given == expected or any({given, expected} <= alike for alike in ALIKE)


def test_the_small_reader_knows_nothing_of_the_program() -> None:
    tree = ast.parse((HERE / "reader.py").read_text(encoding="utf-8"))
    names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert {name.split(".")[0] for name in names}.isdisjoint({"ipdesk", "db", "tests"})


def test_the_small_reader_reads_what_the_program_writes(world: World, county: SqlStore) -> None:
    add(county, "甲公司", remark="一")
    city, own = _keys(world.city), _keys(county)
    known = {(s.office.unit_code, s.office.device): keys for s, keys in ((world.city, city), (county, own))}
    found = read(world.up(county).read_bytes(), city, known)
    assert {kind: count for kind, count in found.items() if count} == {"enterprise": 1, "case": 1}
    sync.receive(world.city, [world.up(county)])
    assert read(world.down().read_bytes(), own, known)["results"] == 2


def _keys(store: SqlStore) -> dict[str, str]:
    keys = keys_of(store)
    return {**keys.public.as_json(), "identity": keys.identity, "key": keys.public.id}
