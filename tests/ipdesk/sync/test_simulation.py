"""Random runs of the whole exchange on real stores: lost, doubled, delayed and reordered files, both ways.

Modelled on the running model of the sync rules; restores and corrections join it with the rules they need.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.life import Life
from ipdesk.sync.rows import stamp
from tests.ipdesk.sync.world import World, add, change, held

UNITS = ("320981", "320925", "320924")
STEPS = 50
LOST, DOUBLED = 0.25, 0.2


@dataclass
class Run:
    """One seeded run: stores, keys of cases by unit, and the files on their way with their delay."""

    world: World
    dice: random.Random
    counties: dict[str, SqlStore] = field(default_factory=dict)
    cases: dict[str, list[RecordKey]] = field(default_factory=dict)
    net: list[tuple[float, SqlStore, Path]] = field(default_factory=list)

    def send(self, to: SqlStore, file: Path) -> None:
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
            assert sync.receive(to, [file]).refused == ()

    def edit(self, unit: str) -> None:
        """Do what a clerk does: add, change, delete, undo."""
        store, cases, dice = self.counties[unit], self.cases.setdefault(unit, []), self.dice
        deed = dice.random()
        if not cases or deed < 0.4:
            cases.append(add(store, f"企业{dice.getrandbits(20)}", f"{dice.randrange(12):018}"))
        elif deed < 0.8:
            change(
                store, dice.choice(cases), remark=str(dice.getrandbits(20)), cert_no=str(dice.randrange(9))
            )
        elif deed < 0.9:
            with store.act("删除", "表单") as act:
                act.delete(store.catalogue.kind("case"), dice.choice(cases))
        else:
            self._undo(store)

    def _undo(self, store: SqlStore) -> None:
        try:
            store.undo()
        except Refusal:  # nothing left that can be undone
            return

    def step(self) -> None:
        """Let one county work, and perhaps a file set out."""
        unit = self.dice.choice(UNITS)
        for _ in range(self.dice.randrange(4)):
            self.edit(unit)
        turn = self.dice.random()
        if turn < 0.35:
            self.send(self.world.city, self.world.up(self.counties[unit]))
        elif turn < 0.55:
            for file in sync.export(self.world.city, self.world.fresh()):
                self.send(self.counties[file.name[:6]], file)
        self.arrive()

    def settle(self) -> None:
        """Let the network work again for two rounds."""
        self.net.clear()
        for _ in range(2):
            for store in self.counties.values():
                self.world.round(store)


@pytest.mark.parametrize("seed", range(3))
def test_the_city_ends_with_what_the_counties_have(world: World, seed: int) -> None:
    run = Run(world, random.Random(seed))
    for unit in UNITS:
        run.counties[unit] = world.county(unit)
    for _ in range(STEPS):
        run.step()
    run.settle()
    for unit, store in run.counties.items():
        assert held(world.city, unit) == held(store, unit), f"seed {seed}: {unit} diverged"
        assert sync.status(store)["unconfirmed"] == 0
        assert Life.of(store).incarnation == 1
        _every_record_has_its_result(store)


def _every_record_has_its_result(store: SqlStore) -> None:
    told = {r.values["record"]: r.values["version"] for r in store.find(RESULT)}
    for kind in store.catalogue.travelling:
        for record in store.changed_since(kind, store.office.unit_code, 0):
            assert told[record.key.id] == stamp(record.version)
