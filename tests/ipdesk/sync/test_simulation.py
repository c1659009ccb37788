"""Random runs of the whole exchange on real stores: files lost, doubled, delayed, reordered; stores put back.

Modelled on the running model of the sync rules.
"""

import contextlib
import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections
from ipdesk.kinds.deciding import CONFLICT, DELETED
from ipdesk.kinds.declare import Values
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.corrections import listed
from ipdesk.sync.rows import stamp
from tests.ipdesk.sync.world import CITY, World, add, change, held

UNITS = ("320981", "320925", "320924")
STEPS = 60
ROUNDS = 6  # without loss, after which all must agree
LOST, DOUBLED = 0.25, 0.2


@dataclass
class Run:
    """One seeded run: stores by unit, what was typed, copies of workspaces, and the files on their way."""

    world: World
    dice: random.Random
    stores: dict[str, SqlStore] = field(default_factory=dict)
    cases: dict[str, list[RecordKey]] = field(default_factory=dict)
    typed: dict[str, set[str]] = field(default_factory=dict)
    copies: dict[str, Path] = field(default_factory=dict)
    net: list[tuple[float, str, Path]] = field(default_factory=list)

    def begin(self) -> None:
        """Enrol the counties and keep the first markers, as making a workspace does."""
        for unit in UNITS:
            self.stores[unit] = self.world.county(unit)
        self.stores[CITY] = self.world.city
        for store in self.stores.values():
            sync.begin(store)

    def send(self, to: str, file: Path) -> None:
        """Put a file on its way: perhaps lost, perhaps twice, perhaps late."""
        if self.dice.random() < LOST:
            return
        for _ in range(1 + (self.dice.random() < DOUBLED)):
            self.net.append((self.dice.random() * self.dice.choice((1, 1, 8)), to, file))

    def arrive(self) -> None:
        """Let time pass; what is due arrives in any order."""
        self.net = [(delay - 0.3, to, file) for delay, to, file in self.net]
        due = [item for item in self.net if item[0] <= 0]
        self.net = [item for item in self.net if item[0] > 0]
        self.dice.shuffle(due)
        for _, to, file in due:
            assert sync.receive(self.stores[to], [file]).refused == ()

    def edit(self, unit: str) -> None:
        """Do what a clerk does: add, change, delete, undo."""
        store, dice = self.stores[unit], self.dice
        here = {record.key for record in store.find(store.catalogue.kind("case"), unit)}
        cases = sorted(here & {*self.cases.setdefault(unit, [])})
        deed = dice.random()
        if not cases or deed < 0.4:
            self.cases[unit].append(add(store, f"企业{dice.getrandbits(20)}", f"{dice.randrange(12):018}"))
        elif deed < 0.8:
            change(store, dice.choice(cases), remark=self._word(unit), cert_no=str(dice.randrange(9)))
        elif deed < 0.9:
            with store.act("删除", "表单") as act:
                act.delete(store.catalogue.kind("case"), dice.choice(cases))
        else:
            self._undo(store)

    def _word(self, unit: str) -> str:
        word = str(self.dice.getrandbits(40))
        self.typed.setdefault(unit, set()).add(word)
        return word

    def _undo(self, store: SqlStore) -> None:
        try:
            store.undo()
        except Refusal:  # nothing left that can be undone
            return

    def copy(self, unit: str) -> None:
        """Keep a copy of a workspace, as somebody's backup of the folder."""
        self.copies[unit] = self.world.fresh() / "copy"
        self._reopen(unit, lambda folder: shutil.copytree(folder, self.copies[unit]))

    def put_back(self, unit: str) -> None:
        """Put an old copy in the place of a workspace."""

        def replace(folder: Path) -> None:
            shutil.rmtree(folder)
            shutil.copytree(self.copies[unit], folder)

        if unit in self.copies:
            self._reopen(unit, replace)

    def _reopen(self, unit: str, between: object) -> None:
        store = self.stores[unit]
        store.close()
        assert callable(between)
        between(store.folder)
        opened = workspace.open_store(store.folder, store.catalogue)
        self.world.made(opened)
        sync.awake(opened)
        self.stores[unit] = opened
        if unit == CITY:
            self.world.city = opened

    def ask(self, unit: str) -> None:
        """Let the city ask for a change of one of its rows, or take a wish back."""
        city, dice = self.world.city, self.dice
        rows = city.find(GUANBIAO.root, unit)
        wishes = [c for c in listed(city, "open") if c.unit == unit]
        if wishes and dice.random() < 0.2:
            corrections.take_back(city, dice.choice(wishes))
        elif rows:
            row = dice.choice(rows)
            with contextlib.suppress(Refusal):  # the same is asked already
                (asked,) = city.rows(GUANBIAO, [row.key])
                wish: Values = {"remark": self._word(unit)} if dice.random() < 0.9 else {DELETED: True}
                corrections.propose(city, GUANBIAO, asked, wish, "核对")

    def answer(self, unit: str) -> None:
        """Let a county answer one correction, or take all that fit."""
        store, dice = self.stores[unit], self.dice
        if dice.random() < 0.3:
            corrections.answer_all(store)
        elif asked := listed(store):
            with contextlib.suppress(Refusal):  # taken back, answered before, or the old value is gone
                corrections.answer(store, dice.choice(asked), yes=dice.random() < 0.6)

    def step(self) -> None:
        """Let one county work, and perhaps a file set out or a workspace be put back."""
        unit = self.dice.choice(UNITS)
        for _ in range(self.dice.randrange(4)):
            self.edit(unit)
        if self.dice.random() < 0.3:
            self.ask(unit)
        if self.dice.random() < 0.3:
            self.answer(unit)
        turn = self.dice.random()
        if turn < 0.35:
            self.send(CITY, self.world.up(self.stores[unit]))
        elif turn < 0.55:
            for file in sync.export(self.world.city, self.world.fresh()):
                self.send(file.name[:6], file)
        elif turn < 0.60:
            self.copy(self.dice.choice((unit, unit, CITY)))
        elif turn < 0.64:
            self.put_back(self.dice.choice((unit, unit, CITY)))
        self.arrive()

    def settle(self) -> None:
        """Let the network work again for some rounds."""
        self.net.clear()
        for _ in range(ROUNDS):
            for unit in UNITS:
                self.world.round(self.stores[unit])


@pytest.fixture
def run(world: World, request: pytest.FixtureRequest) -> Run:
    found = Run(world, random.Random(request.param))
    found.begin()
    return found


@pytest.mark.parametrize("run", range(int(os.environ.get("IPDESK_SEEDS", "6"))), indirect=True)
def test_the_city_ends_with_what_the_counties_have(run: Run) -> None:
    for _ in range(STEPS):
        run.step()
    run.settle()
    for unit in UNITS:
        store = run.stores[unit]
        assert held(run.world.city, unit) == held(store, unit), f"{unit} diverged"
        assert sync.status(store)["unconfirmed"] == 0
        _every_record_has_its_result(store)
        _both_know_the_same_answers(run.world.city, store)


def _every_record_has_its_result(store: SqlStore) -> None:
    told = {r.values["record"]: r.values["version"] for r in store.find(RESULT)}
    for kind in store.catalogue.travelling:
        for record in store.changed_since(kind, store.office.unit_code, 0):
            assert told[record.key.id] == stamp(record.version)


def _both_know_the_same_answers(city: SqlStore, county: SqlStore) -> None:
    """See that each wish stands alike on both sides; what the city has no more, or took back, is asked no more."""
    there = {c.digest: c for c in listed(city) if c.unit == county.office.unit_code}
    here = {c.digest: c for c in listed(county)}
    for number, wish in there.items():
        if wish.state != "withdrawn":
            assert (here[number].state, here[number].old, here[number].new) == (
                wish.state,
                wish.old,
                wish.new,
            )
    for number, wish in here.items():
        assert wish.state != "open" or there[number].state == "open"
        assert wish.state in ("open", "withdrawn") or wish.told


def conflicts(store: SqlStore) -> set[str]:
    """Return the values that conflicts keep."""
    return {str(record.values["other"]) for record in store.find(CONFLICT)}
