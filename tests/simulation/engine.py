"""Random runs of the whole exchange on real stores, driven by the shipped engine.

Counties edit, delete, undo, attach; files are lost, doubled, delayed and reordered both ways; sticks are full and
programs killed; workspaces are put back from old copies, by rebuild or by going back, with or without their marker;
the city is put back too, undoes what it took in, asks for changes, decides conflicts; devices are superseded and
programs differ. At the end both sides must hold the same, and nothing that arrived may be lost unseen.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import backups, restoring
from ipdesk.problems import Refusal
from ipdesk.store import Role, Wish
from ipdesk.sync import marker
from ipdesk.sync.anew import write_anew
from ipdesk.sync.life import Life
from ipdesk.sync.quarantine import waiting
from tests.ipdesk.sync.world import CITY, World
from tests.simulation.people import UNITS, People, by_life
from tests.simulation.programs import Program
from tests.simulation.road import Road
from tests.simulation.truth import own

WISHES: tuple[Wish, ...] = ("rebuild", "go-back")
STEPS, ROUNDS = 40, 7  # the rounds are without loss; after them all must agree
QUARANTINED, SUPERSEDED = ("更新版本", "两份工作区"), ("换用新设备", "没有开通过", "不是发给本单位的")


class Killed(BaseException):
    """The program was ended just there."""


def _kill(*_: object) -> None:
    raise Killed


def _nothing(*_: object) -> None:
    """Do what a program does that was killed before."""


@dataclass
class Run(People):
    """One seeded run of people, with copies of workspaces, crashes, and files on their way."""

    copies: dict[str, Path] = field(default_factory=dict)
    backups: dict[str, Path] = field(default_factory=dict)
    road: Road = field(init=False)
    replaced: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Make the city, enrol the counties and keep the first markers, as making a workspace does."""
        self.road = Road(self.dice)
        self.world = World(self._make, self.folder)
        self._join(CITY, self.world.city)
        for unit in UNITS:
            self._join(unit, self.world.county(unit))

    def _make(self, role: Role, unit: str, **_: object) -> SqlStore:
        program = self.programs.setdefault(unit, Program())
        store = program.create(self.world_folder(unit), role, unit)
        self._opened.append(store)
        return store

    def world_folder(self, unit: str) -> Path:
        """Return a folder that is not there yet."""
        return self.folder / f"{unit}-{len(self._opened)}"

    def __post_init__(self) -> None:
        """Begin with nothing open."""
        self._opened: list[SqlStore] = []

    def close(self) -> None:
        """Close every store."""
        for store in self._opened:
            store.close()

    def _join(self, unit: str, store: SqlStore) -> None:
        self.stores[unit] = store
        sync.begin(store)
        self.look(unit)

    # ------------------------------------------------------------ the road
    def arrive(self) -> None:
        """Let time pass; what is due arrives in any order."""
        for to, file in self.road.arrived():
            self.receive(to, [file])

    def receive(self, to: str, files: Iterable[Path]) -> None:
        """Take files in; only what this run gave a reason for may be refused."""
        for _, reason in sync.receive(self.stores[to], files).refused:
            allowed = (*QUARANTINED, *(SUPERSEDED if self.replaced else ()))
            assert any(words in reason for words in allowed), reason
        if to != CITY:
            self.note(to, returned=True)

    def up(self, unit: str) -> Path:
        """Return a county's next package, noting what it carries."""
        with self._carrying(unit):
            loaded = self.dice.random() < 0.3
            return sync.export(self.stores[unit], self.world.fresh(), attachments=loaded)[0]

    def _carrying(self, unit: str) -> ExitStack:
        store, stack = self.stores[unit], ExitStack()
        low = Life.of(store).acknowledged
        rows = [r for k in store.catalogue.travelling for r in own(store, k, low).values()]

        def note() -> None:
            kept = marker.read(store.office.device)
            last = kept.pending.last if kept and kept.pending else Life.of(store).last
            self.truth.sent(str(last), rows)

        stack.callback(note)
        return stack

    def down(self) -> list[Path]:
        """Return the city's receipts."""
        return sync.export(self.city, self.world.fresh())

    def answer_all(self) -> None:
        """Let the city's receipts set out."""
        for file in self.down():
            self.road.send(file.name[:6], file)

    def fail(self, unit: str) -> None:
        """Let an export meet a full stick: nothing is there after, and the number is unused."""
        real, stick, life = os.replace, self.world.fresh(), Life.of(self.stores[unit])

        def full(source: Path, to: Path) -> None:
            if str(to).endswith(".ipk"):
                raise OSError(28, "full")
            real(source, to)

        with patch("os.replace", full), suppress(Refusal):
            sync.export(self.stores[unit], stick)
            raise AssertionError("written on a full stick")
        assert list(stick.iterdir()) == []
        assert Life.of(self.stores[unit]) == life

    def crash(self, unit: str) -> None:
        """Kill the program between the file's taking its place and the store's remembering it; the file travels."""
        stick = self.world.fresh()
        with ExitStack() as stack:
            if unit != CITY:
                stack.enter_context(self._carrying(unit))
            stack.enter_context(patch("ipdesk.sync.sending._remember", _kill))
            for name in ("ipdesk.sync.sending._take_away", "ipdesk.sync.lives.put_back"):
                stack.enter_context(patch(name, _nothing))
            with suppress(Killed):
                sync.export(self.stores[unit], stick)
        (file,) = stick.iterdir()
        assert not self.reopen(unit), "a crash was taken for a restore"
        self.road.send(CITY if unit != CITY else file.name[:6], file)

    # ------------------------------------------------------------ other lives
    def reopen(self, unit: str, between: Callable[[Path], object] = _nothing) -> bool:
        """Close a workspace, do something to its folder, open it; tell whether it took itself for restored."""
        store = self.stores[unit]
        store.close()
        between(store.folder)
        opened = self.programs[unit].open(store.folder)
        self._opened.append(opened)
        self.stores[unit] = opened
        if unit == CITY:
            self.world.city = opened
        restored = sync.awake(opened)
        self.look(unit)
        return restored

    def copy(self, unit: str) -> None:
        """Keep a copy of a workspace, as somebody's backup of the folder."""
        self.copies[unit] = self.world.fresh() / "copy"
        assert not self.reopen(unit, lambda folder: shutil.copytree(folder, self.copies[unit]))

    def put_back(self, unit: str) -> None:
        """Put an old copy in the place of a workspace, perhaps on a new PC, perhaps to go back for good."""
        if unit not in self.copies:
            return
        if self.dice.random() < 0.15:
            (marker.places()[0] / f"{self.stores[unit].office.device}.json").unlink()

        def replace(folder: Path) -> None:
            shutil.rmtree(folder)
            shutil.copytree(self.copies[unit], folder)

        store_restored = self.reopen(unit, replace)
        if unit != CITY and store_restored and self.dice.random() < 0.3:
            with self.stores[unit].act("恢复到备份", "恢复") as act:
                write_anew(self.stores[unit], act)
            self.note(unit)

    def back_up(self, unit: str) -> None:
        """Write a backup onto a stick, as the program does."""
        made = backups.make_to(self.stores[unit], self.world.fresh())
        self.backups[unit] = made.path

    def restore(self, unit: str) -> None:
        """Bring a workspace back from its backup, as the program does: rebuilt, or gone back to for good."""
        if unit not in self.backups:
            return
        wish = self.dice.choice(WISHES)
        restoring.restore(self.stores[unit], self.backups[unit], wish)
        assert self.reopen(unit)
        for some in self.records[unit].values():
            self.truth.returned(some.values())

    def supersede(self, unit: str) -> None:
        """Let a county begin on a new device, which gets its records back from the city."""
        self.replaced.add(unit)
        self.copies.pop(unit, None)
        self.backups.pop(unit, None)
        self.programs[unit] = Program(self.dice.random() < 0.3)
        self._join(unit, self.world.county(unit, supersede=True))

    def upgrade(self, unit: str) -> None:
        """Let a PC get the newer program."""
        self.programs[unit] = Program(newer=True)
        self.reopen(unit)

    def enrol_again(self, unit: str) -> None:
        """Enrol the present device with a city that was put back to before it knew it."""
        store, stick = self.stores[unit], self.world.fresh()
        sync.request(store, stick / "request")
        sync.accept(self.city, stick / "request", stick / "grant", supersede=True)
        sync.install(store, stick / "grant")

    def pick(self) -> None:
        """Let a person pick one of two copies of a workspace that both report."""
        for row in sorted(waiting(self.city), key=by_life):
            if row.get("forked"):
                epoch = self.dice.choice((row["epoch"], row["forked"]))
                sync.pick(self.city, str(row["unit"]), str(epoch))

    # ------------------------------------------------------------ the run
    def step(self) -> None:
        """Let one county work, and perhaps a file set out or a workspace be put back."""
        unit, dice = self.dice.choice(UNITS), self.dice
        for _ in range(dice.randrange(4)):
            self.edit(unit)
        for chance, deed in ((0.3, self.ask), (0.3, self.answer), (0.15, self.decide)):
            if dice.random() < chance:
                deed(unit)
        self._turn(unit, dice.choice((unit, unit, CITY)))
        self.arrive()

    def _turn(self, unit: str, either: str) -> None:
        deeds: tuple[tuple[int, Callable[[], object]], ...] = (
            (35, lambda: self.road.send(CITY, self.up(unit))),
            (20, self.answer_all),
            (6, lambda: self.copy(either)),
            (4, lambda: self.put_back(either)),
            (3, lambda: self.back_up(either)),
            (3, lambda: self.restore(either)),
            (3, self.take_back),
            (3, lambda: self.decide(CITY)),
            (2, lambda: self.fail(either)),
            (3, lambda: self.crash(either)),
            (1, lambda: self.upgrade(either)),
            (1, lambda: self.supersede(unit)),
            (1, self.pick),
            (20, _nothing),
        )
        (deed,) = self.dice.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        deed()

    def settle(self) -> None:
        """Let the network work again for some rounds, every device be known and the city's program be new enough."""
        self.road.net.clear()
        if waiting(self.city) or any(program.newer for program in self.programs.values()):
            self.upgrade(CITY)
        self.pick()
        for unit in sorted(self.replaced):
            self.enrol_again(unit)
        for _ in range(ROUNDS):
            for unit in UNITS:
                self.receive(CITY, [self.up(unit)])
                self.receive(unit, [file for file in self.down() if file.name.startswith(unit)])


class Clock:
    """The time of day of a run: it stands still while something is done, and moves on a little between."""

    def __init__(self) -> None:
        """Begin on some day."""
        self._time = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time."""
        return self._time

    def pass_by(self, seconds: int) -> None:
        """Let time pass."""
        self._time += timedelta(seconds=seconds)


def play(seed: int, folder: Path, steps: int = STEPS) -> Run:
    """Return a run that was played to its end; the same seed gives the same run."""
    run, clock = Run(folder, random.Random(seed)), Clock()
    chance = random.Random(seed)  # of its own, so that what the program draws moves no dice of the run
    try:
        with (
            patch("ipdesk.clock.datetime", clock),
            patch("secrets.token_hex", lambda size=32: chance.randbytes(size).hex()),
        ):
            run.begin()
            for _ in range(steps):
                clock.pass_by(run.dice.choice((0, 1, 60)))
                run.step()
            run.settle()
    except BaseException:
        run.close()
        raise
    return run
