"""What the people of a random run do who have nothing but the command line, and what is noted of it for the truth."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import workspace
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.kinds.sync import PACKAGE
from ipdesk.records import Record
from ipdesk.sync.exchange import opened
from ipdesk.sync.life import Life
from tests.ipdesk.intake.truth import uscc
from tests.ipdesk.sync.world import CITY
from tests.simulation.people import KINDS, UNITS
from tests.simulation.runner import Runner, Told, copied, stick
from tests.simulation.truth import Truth, own

Row = dict[str, Any]
DONE, SOME, NOTHING = 0, 1, 2


@dataclass
class Desks:
    """Workspace folders by unit, what they held when last looked at, and what was typed into them."""

    folder: Path
    dice: random.Random
    runner: Runner = field(init=False)
    folders: dict[str, Path] = field(default_factory=dict)
    epochs: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, dict[str, Record]]] = field(default_factory=dict)
    truth: Truth = field(default_factory=Truth)
    sticks: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing but codes that several counties will claim."""
        self.runner = Runner(self.folder, self.dice)
        self._codes = [uscc(self.dice, UNITS[0]) for _ in range(8)]

    # ------------------------------------------------------------ running and looking
    def run(self, unit: str, *words: object, ends: tuple[int, ...] = (DONE,)) -> Row:
        """Run a command that nothing disturbs and return its document."""
        told = self.runner.run(self.folders[unit], *words)
        assert told.code in ends, told
        return told.document

    def try_(self, unit: str, *words: object, lives: bool = False) -> Told:
        """Run a command that may be refused or break anywhere; it is no restore unless its kind begins a life."""
        told = self.runner.run(self.folders[unit], *words, risky=True)
        assert told.code in (DONE, SOME, NOTHING, None), told
        if told.code != DONE:
            self.run(unit, "status")  # whoever opens the workspace next brings it in order
        if unit != CITY or lives or told.code != DONE:
            self.note(unit, lives=lives)
        return told

    def rows(self, unit: str, *words: object) -> list[Row]:
        """Return the rows that a command lists."""
        found: list[Row] = self.run(unit, *words)["rows"]
        return found

    @contextmanager
    def looked(self, unit: str) -> Iterator[SqlStore]:
        """Give a copy of a workspace, so that looking changes nothing."""
        store = workspace.open_store(copied(self.folders[unit], self.folder / "looked"), catalogue())
        try:
            yield store
        finally:
            store.close()

    def note(self, unit: str, *, lives: bool = False) -> None:
        """Note what was written since a workspace was last looked at: in a new life it came back, else it was typed."""
        with self.looked(unit) as store:
            epoch = Life.of(store).epoch
            before = self.epochs.setdefault(unit, epoch)
            assert lives or epoch == before, f"{unit}: a crash was taken for a restore"
            self.epochs[unit] = epoch
            if unit == CITY:
                return
            known = self.records.setdefault(unit, {name: {} for name in KINDS})
            for name in KINDS:
                self._note(store, name, known[name], back=lives or epoch != before)

    def _note(self, store: SqlStore, name: str, known: dict[str, Record], *, back: bool) -> None:
        found = own(store, store.catalogue.kind(name))
        fresh = [r for i, r in found.items() if i not in known or known[i].version != r.version]
        if back:
            self.truth.returned(fresh)
        else:
            self.truth.typed(known, fresh)
        known.clear()
        known.update(found)

    def stick(self) -> Path:
        """Return a new empty folder, as a stick."""
        self.sticks += 1
        return stick(self.folder, self.sticks)

    # ------------------------------------------------------------ begin
    def join(self, unit: str, role: str, folder: Path) -> None:
        """Make a workspace."""
        self.folders[unit] = folder
        self.epochs.pop(unit, None)
        self.records.pop(unit, None)
        self.run(unit, "init", "--role", role, "--unit", unit, "--no-password", "--office-name", "某局")

    def enrol(self, unit: str, *options: str) -> None:
        """Let a county and the city get to know each other."""
        there = self.stick()
        self.run(unit, "enrol", "request", there / "request")
        self.run(CITY, "enrol", "accept", there / "request", "--out", there / "grant", *options)
        self.run(unit, "enrol", "install", there / "grant")
        self.note(unit, lives=True)

    # ------------------------------------------------------------ clerks
    def edit(self, unit: str) -> None:
        """Do what a clerk does: add, change, delete, attach, undo, redo."""
        have, deed, dice = self._ids(unit), self.dice.random(), self.dice
        if not have or deed < 0.35:
            code = f"uscc={dice.choice(self._codes)}" if dice.random() < 0.4 else "uscc="
            name = f"enterprise_name=企业{dice.getrandbits(20)}"
            self.try_(unit, "add", "guanbiao", name, code, "stage=ST15", self._word())
        elif deed < 0.7:
            self.try_(unit, "set", "guanbiao", dice.choice(have), self._word())
        elif deed < 0.76:
            paper = self.stick() / "证书.pdf"
            paper.write_bytes(b"%PDF-1.4\n" + dice.randbytes(200))
            self.try_(unit, "document", "add", "guanbiao", dice.choice(have), paper)
        elif deed < 0.86:
            self.try_(unit, "delete", "guanbiao", dice.choice(have))
        else:
            self.try_(unit, "undo" if dice.random() < 0.8 else "redo")

    def _word(self) -> str:
        return f"remark=词{self.dice.getrandbits(40)}"

    def _ids(self, unit: str, of: str = "") -> list[str]:
        where = ["--where", f"unit_code={of}"] if of else []
        return sorted(
            str(row["id"]) for row in self.rows(unit, "list", "guanbiao", "--limit", "9999", *where)
        )

    def ask(self, unit: str) -> None:
        """Let the city ask for a change of one of a county's rows, take a wish back, or return a row."""
        have, open_, dice = self._ids(CITY, unit), self._open("corrections", CITY, unit), self.dice
        if open_ and dice.random() < 0.2:
            self.try_(CITY, "withdraw", dice.choice(open_)["id"])
        elif have and dice.random() < 0.1:
            self.try_(CITY, "return", "guanbiao", dice.choice(have), "--reason", "请核对")
        elif have:
            wish = self._word() if dice.random() < 0.9 else "_deleted=是"
            self.try_(CITY, "correction", "guanbiao", dice.choice(have), wish, "--reason", "核对")

    def _open(self, what: str, unit: str, of: str = "") -> list[Row]:
        """Return what is not decided yet, in an order that follows from what it says."""
        found = [r for r in self.rows(unit, what) if r["state"] == "open" and of in ("", r.get("unit"))]
        return sorted(found, key=lambda r: (str(r["record"]), str(r["field"]), str(r["theirs"])))

    def answer(self, unit: str) -> None:
        """Let a county answer one wish, or take all that fit."""
        found, dice = self._open("corrections", unit), self.dice
        if found and dice.random() < 0.3:
            self.try_(unit, "answer", "all", "yes")
        elif found:
            choice = "yes" if dice.random() < 0.6 else "no"
            self.try_(unit, "answer", dice.choice(found)["id"], choice, "--reason", "已核对")

    def decide(self, unit: str) -> None:
        """Decide a conflict, at the city or at the county."""
        if found := self._open("conflicts", unit):
            choice = self.dice.choice(("ours", "theirs", "theirs", self._word()[7:]))
            self.try_(unit, "resolve", self.dice.choice(found)["id"], choice, "--reason", "核对过")

    def judge_twins(self) -> None:
        """Let the city say of two records whether they are one, and whose."""
        if found := self._open("duplicates", CITY):
            pair = self.dice.choice(found)
            same = self.dice.random() < 0.5
            whose = ["--unit", self.dice.choice(pair["units"])] if same and pair.get("units") else []
            word = "same" if same else "different"
            self.try_(CITY, "resolve", pair["id"], word, "--reason", "核对过", *whose)

    def take_back(self) -> None:
        """Let the city undo one of the packages it took in."""
        with self.looked(CITY) as city:
            rows = [r.values for r in city.find(PACKAGE, direction="in", type="package")]
            taken = sorted((r for r in rows if r.get("batch")), key=lambda r: str(r["at"]))
            if not taken:
                return
            one = self.dice.choice(taken)
            before = set(self.truth.undone)
            self.truth.forgive(city, one["batch"])
        if self.try_(CITY, "package", "undo", one["digest"]).code == NOTHING and self._stands(one["digest"]):
            self.truth.undone = before

    def _stands(self, digest: object) -> bool:
        """Tell whether a package is still taken in."""
        with self.looked(CITY) as city:
            return any(r.values.get("batch") for r in city.find(PACKAGE, digest=str(digest)))

    def pick(self, *, safe: bool = False) -> None:
        """Let a person pick one of two copies of a workspace that both report."""
        for row in sorted(
            self.rows(CITY, "package", "waiting"), key=lambda r: (str(r["unit"]), r["sequence"])
        ):
            if row.get("forked"):
                epoch = self.dice.choice((row["epoch"], row["forked"]))
                pick = ("package", "pick", row["unit"], epoch)
                self.run(CITY, *pick, ends=(DONE, NOTHING)) if safe else self.try_(CITY, *pick)

    # ------------------------------------------------------------ files
    def export(self, unit: str, *, safe: bool = False) -> list[Path]:
        """Write files onto a stick; what lies there after, however the command ended, is noted and may travel."""
        there = self.stick()
        loaded = ["--attachments"] if unit != CITY and self.dice.random() < 0.3 else []
        if safe:
            self.run(unit, "package", "export", there, *loaded)
        else:
            self.try_(unit, "package", "export", there, *loaded)
        self.note(unit)
        files = sorted(p for p in there.glob("*.ipk") if not p.name.startswith("."))
        if unit != CITY:
            self._carried(unit, files)
        return files

    def _carried(self, unit: str, files: list[Path]) -> None:
        with self.looked(unit) as store:
            low = Life.of(store).acknowledged
            rows = [r for k in store.catalogue.travelling for r in own(store, k, low).values()]
            for file in files:
                self.truth.sent(opened(store, file).header.digest, rows)

    # ------------------------------------------------------------ copies
    def replace(self, unit: str, copy: Path) -> None:
        """Put an old copy of a folder in the place of a workspace."""
        shutil.rmtree(self.folders[unit])
        shutil.copytree(copy, self.folders[unit])
        self.run(unit, "status")
        self.note(unit, lives=True)
