"""What clerks and the city's people do in a random run, and what they typed."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections, deciding, documents
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.sync.corrections import Correction, listed
from ipdesk.sync.decided import Conflict, conflicts
from tests.ipdesk.sync.world import CITY, World, add, change
from tests.simulation.programs import Program
from tests.simulation.truth import WORD, Truth, own

UNITS = ("320981", "320925", "320924")
KINDS = ("enterprise", "case", "document")  # those that the runs write


def by_life(row: Values) -> tuple[str, ...]:
    """Return where a package stands among others."""
    return tuple(str(row[name]) for name in ("unit", "incarnation", "epoch", "sequence"))


def _wishes(store: SqlStore, unit: str) -> list[Correction]:
    """Return what is asked of a unit, in an order that follows from what is asked."""
    mine = (one for one in listed(store, "open") if one.unit == unit)
    return sorted(mine, key=lambda one: (one.key, one.field, str(one.new)))


def _clashes(store: SqlStore) -> list[Conflict]:
    """Return the open conflicts, in an order that follows from what they say."""
    return sorted(conflicts(store, "open"), key=lambda one: (one.key, one.field, str(one.theirs)))


@dataclass
class People:
    """Stores by unit, what they held when last looked at, and what was typed into them."""

    folder: Path
    dice: random.Random
    stores: dict[str, SqlStore] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    records: dict[str, dict[str, dict[str, Record]]] = field(default_factory=dict)
    truth: Truth = field(default_factory=Truth)
    world: World = field(init=False)

    @property
    def city(self) -> SqlStore:
        """Return the city's store."""
        return self.stores[CITY]

    def counties(self) -> list[SqlStore]:
        """Return the counties' stores."""
        return [self.stores[unit] for unit in UNITS]

    def look(self, unit: str) -> None:
        """Read anew what a store holds."""
        store = self.stores[unit]
        self.records[unit] = {name: own(store, store.catalogue.kind(name)) for name in KINDS}

    def note(self, unit: str, *, returned: bool = False) -> None:
        """Note what was written in a county since it was last looked at."""
        store, before = self.stores[unit], self.records[unit]
        for name in KINDS:
            known = before[name]
            top = max((record.lsn for record in known.values()), default=0)
            fresh = own(store, store.catalogue.kind(name), top)
            if returned:
                self.truth.returned(fresh.values())
            else:
                self.truth.typed(known, fresh.values())
            known |= fresh

    def edit(self, unit: str) -> None:
        """Do what a clerk does: add, change, delete, attach, undo, redo."""
        store, dice = self.stores[unit], self.dice
        kind = store.catalogue.kind("case")
        cases = sorted(record.key for record in store.find(kind, unit))
        deed = dice.random()
        with suppress(Refusal):  # nothing left that can be undone, or nothing to do again
            if not cases or deed < 0.3:
                add(store, f"企业{dice.getrandbits(20)}", f"{dice.randrange(12):018}", remark=self._word())
            elif deed < 0.7:
                change(store, dice.choice(cases), remark=self._word(), cert_no=str(dice.randrange(9)))
            elif deed < 0.75:
                self._count(store)
            elif deed < 0.8:
                self._attach(store, dice.choice(cases))
            elif deed < 0.9:
                with store.act("删除", "表单") as act:
                    act.delete(kind, dice.choice(cases))
            else:
                store.undo() if dice.random() < 0.8 else store.redo()
        self.note(unit)

    def _word(self) -> str:
        return f"词{self.dice.getrandbits(40)}"

    def _attach(self, store: SqlStore, case: RecordKey) -> None:
        paper = self.world.fresh() / "证书.pdf"
        paper.write_bytes(b"%PDF-1.4\n" + self.dice.randbytes(200))
        documents.add(store, store.catalogue.kind("case"), case, [paper], "证书", "附件")

    def _count(self, store: SqlStore) -> None:
        """Fill in what only the newer program knows."""
        kind = store.catalogue.kind("enterprise")
        if "product_count" in kind.by_name:
            one = self.dice.choice(store.find(kind, store.office.unit_code))
            with store.act("修改", "表单") as act:
                act.put(kind, one.key, {"product_count": self.dice.randrange(100)})

    def ask(self, unit: str) -> None:
        """Let the city ask for a change of one of its rows, or take a wish back."""
        dice, ledger = self.dice, self.city.catalogue.ledger("guanbiao")
        rows = self.city.find(ledger.root, unit)
        wishes = _wishes(self.city, unit)
        if wishes and dice.random() < 0.2:
            corrections.take_back(self.city, dice.choice(wishes))
        elif rows:
            with suppress(Refusal):  # the same is asked already
                (asked,) = self.city.rows(ledger, [dice.choice(rows).key])
                wish: Values = {WORD: self._word()} if dice.random() < 0.9 else {DELETED: True}
                corrections.propose(self.city, ledger, asked, wish, "核对")

    def answer(self, unit: str) -> None:
        """Let a county answer one correction, or take all that fit."""
        store, dice = self.stores[unit], self.dice
        if dice.random() < 0.3:
            corrections.answer_all(store)
        elif asked := _wishes(store, unit):
            with suppress(Refusal):  # taken back, answered before, or the old value is gone
                corrections.answer(store, dice.choice(asked), yes=dice.random() < 0.6)
        self.note(unit)

    def decide(self, unit: str) -> None:
        """Decide a conflict, at the city or at the county."""
        store = self.stores[unit]
        if found := _clashes(store):
            choice = self.dice.choice(("ours", "theirs", "theirs", self._word()))
            with suppress(Refusal):  # of a record that is deleted, or a field of no ledger
                deciding.resolve_conflict(store, self.dice.choice(found), choice, "核对过")
        if unit != CITY:
            self.note(unit)

    def take_back(self) -> None:
        """Let the city undo one of the packages it took in."""
        rows = [r.values for r in self.city.find(PACKAGE, direction="in", type="package")]
        if taken := sorted((r for r in rows if r.get("batch")), key=by_life):
            one = self.dice.choice(taken)
            before = set(self.truth.undone)
            self.truth.forgive(self.city, one["batch"])
            try:
                sync.undo_package(self.city, str(one["digest"]))
            except Refusal:  # a later package builds on it
                self.truth.undone = before
