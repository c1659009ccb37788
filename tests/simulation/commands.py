"""Random runs of the whole exchange through the command line, some commands broken or killed on their way.

The dice of a run follow from its seed, and so do the writes at which commands break. A process that is killed by
the clock may end elsewhere in a replay, so the commands of a failing run are kept.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db import workspace
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.sync import marker
from tests.ipdesk.sync.world import CITY
from tests.simulation.desks import DONE, SOME, Desks
from tests.simulation.engine import QUARANTINED, ROUNDS, SUPERSEDED
from tests.simulation.judging import problems
from tests.simulation.people import UNITS
from tests.simulation.road import Road
from tests.simulation.truth import Truth

STEPS = 30  # of about eight commands each


@dataclass
class Commands(Desks):
    """One seeded run, with copies of workspaces and files on their way."""

    copies: dict[str, Path] = field(default_factory=dict)
    backups: dict[str, Path] = field(default_factory=dict)
    road: Road = field(init=False)
    replaced: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Make the city and enrol the counties."""
        self.road = Road(self.dice)
        self.join(CITY, "city", self.folder / CITY)
        self.note(CITY)
        for unit in UNITS:
            self.join(unit, "county", self.folder / unit)
            self.enrol(unit)

    # ------------------------------------------------------------ the road
    def arrive(self) -> None:
        """Let time pass; what is due arrives in any order, several at once where they go to one place."""
        due = self.road.arrived()
        for to in dict.fromkeys(to for to, _ in due):
            self.receive(to, [file for where, file in due if where == to])

    def receive(self, to: str, files: list[Path], *, safe: bool = False) -> None:
        """Take files in; only what this run gave a reason for may be refused."""
        if safe:
            found = self.run(to, "package", "receive", *files, ends=(DONE, SOME))
            self.note(to, lives=True)
        else:
            found = self.try_(to, "package", "receive", *files, lives=True).document
        for one in found.get("refused", []):
            allowed = (*QUARANTINED, *(SUPERSEDED if self.replaced else ()))
            broken = "读写磁盘出错" in one["reason"] and not safe
            assert broken or any(words in one["reason"] for words in allowed), one

    def up(self, unit: str) -> None:
        """Let a county's package set out."""
        for file in self.export(unit):
            self.road.send(CITY, file)

    def down(self) -> None:
        """Let the city's receipts set out."""
        for file in self.export(CITY):
            self.road.send(file.name[:6], file)

    # ------------------------------------------------------------ other lives
    def copy(self, unit: str) -> None:
        """Keep a copy of a workspace, as somebody's backup of the folder."""
        self.copies[unit] = self.stick() / "copy"
        shutil.copytree(self.folders[unit], self.copies[unit])

    def put_back(self, unit: str) -> None:
        """Put an old copy in the place of a workspace, perhaps on a PC that knows nothing of it."""
        if unit in self.copies:
            if self.dice.random() < 0.15:
                with self.looked(unit) as store:
                    (marker.places()[0] / f"{store.office.device}.json").unlink(missing_ok=True)
            self.replace(unit, self.copies[unit])

    def back_up(self, unit: str) -> None:
        """Write a backup onto a stick."""
        made = self.try_(unit, "backup", self.stick())
        if made.code == DONE:
            self.backups[unit] = Path(made.document["file"])

    def restore(self, unit: str) -> None:
        """Bring a workspace back from its backup: rebuilt, or gone back to for good."""
        if unit in self.backups:
            wish = self.dice.choice(("--rebuild", "--go-back"))
            self.try_(unit, "restore", self.backups[unit], wish, lives=True)

    def supersede(self, unit: str) -> None:
        """Let a county begin on a new device, which gets its records back from the city."""
        self.replaced.add(unit)
        self.copies.pop(unit, None)
        self.backups.pop(unit, None)
        self.join(unit, "county", self.stick() / unit)
        self.enrol(unit, "--supersede")

    # ------------------------------------------------------------ the run
    def step(self) -> None:
        """Let one county work, and perhaps a file set out or a workspace be put back."""
        unit, dice = self.dice.choice(UNITS), self.dice
        for _ in range(dice.randrange(3)):
            self.edit(unit)
        for chance, deed in ((0.25, self.ask), (0.25, self.answer), (0.15, self.decide)):
            if dice.random() < chance:
                deed(unit)
        self._turn(unit, dice.choice((unit, unit, CITY)))
        self.arrive()

    def _turn(self, unit: str, either: str) -> None:
        deeds: tuple[tuple[int, Callable[[], object]], ...] = (
            (38, lambda: self.up(unit)),
            (24, self.down),
            (5, lambda: self.copy(either)),
            (4, lambda: self.put_back(either)),
            (6, lambda: self.back_up(either)),
            (6, lambda: self.restore(either)),
            (3, self.take_back),
            (3, lambda: self.decide(CITY)),
            (4, self.judge_twins),
            (1, lambda: self.supersede(unit)),
            (2, self.pick),
        )
        (deed,) = self.dice.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        deed()

    def settle(self) -> None:
        """Let the network work again for some rounds, nothing break, and every device be known."""
        self.road.net.clear()
        self.pick(safe=True)
        for unit in sorted(self.replaced):
            self.enrol(unit, "--supersede")
        for _ in range(ROUNDS):
            for unit in UNITS:
                self.receive(CITY, self.export(unit, safe=True), safe=True)
                answers = [f for f in self.export(CITY, safe=True) if f.name.startswith(unit)]
                self.receive(unit, answers, safe=True)


def wrong(run: Commands) -> list[str]:
    """Return what is wrong at the end of a run, as the stores tell and as the command line tells."""
    told = [line for unit in UNITS for line in _told(run, unit)]
    stores = {unit: workspace.open_store(run.folders[unit], catalogue()) for unit in (CITY, *UNITS)}
    try:
        return told + problems(_Ended(stores, run.truth))
    finally:
        for store in stores.values():
            store.close()


@dataclass(frozen=True)
class _Ended:
    """What is judged of a run: its stores and its truth."""

    stores: dict[str, SqlStore]
    truth: Truth

    @property
    def city(self) -> SqlStore:
        """Return the city's store."""
        return self.stores[CITY]

    def counties(self) -> list[SqlStore]:
        """Return the counties' stores."""
        return [self.stores[unit] for unit in UNITS]


def _told(run: Commands, unit: str) -> list[str]:
    where = ("list", "guanbiao", "--reveal", "--limit", "9999", "--where", f"unit_code={unit}")
    here, there = ({r["id"]: _plain(r) for r in run.rows(desk, *where)} for desk in (unit, CITY))
    found = [
        f"{unit} {i}: {here.get(i)} / {there.get(i)}" for i in {*here, *there} if here.get(i) != there.get(i)
    ]
    unsent = run.run(unit, "status")["unsent"]
    return found + ([f"{unit}: {unsent} unsent"] if unsent else [])


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def played(run: Commands, steps: int = STEPS) -> list[str]:
    """Play a run to its end and return what is wrong then."""
    run.begin()
    for _ in range(steps):
        run.step()
    run.settle()
    return wrong(run)
