"""Two versions of the program: the shipped one, and one that knows a field more and has a migration for it."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sqlite_utils import Database, Migrations

from db import workspace
from db.migrations import migrations
from db.store import SqlStore
from ipdesk.fields import Integer
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Catalogue, Field, Kind
from ipdesk.store import Role

FIELD = Field("product_count", "主导产品数", Integer())


@dataclass(frozen=True)
class Program:
    """What a PC runs."""

    newer: bool = False

    def create(self, folder: Path, role: Role, unit: str) -> SqlStore:
        """Make a workspace."""
        return workspace.create(
            folder, self.known, role=role, unit_code=unit, office_name="某市场监督管理局", steps=self._steps()
        )[0]

    def open(self, folder: Path) -> SqlStore:
        """Open a workspace, bringing it up to this program."""
        return workspace.open_store(folder, self.known, steps=self._steps())

    @property
    def known(self) -> Catalogue:
        """Return the kinds the program knows."""
        return _newer() if self.newer else _shipped()

    def _steps(self) -> Migrations:
        steps = migrations()
        if self.newer:
            steps(name="add_product_count")(_add_product_count)
        return steps


def _add_product_count(db: Database) -> None:
    db.execute('ALTER TABLE "enterprise" ADD COLUMN product_count INTEGER')


@cache
def _shipped() -> Catalogue:
    return catalogue()


@cache
def _newer() -> Catalogue:
    first = catalogue()
    old = first.kind("enterprise")
    new = replace(old, fields=(*old.fields, FIELD))

    def renewed(kind: Kind) -> Kind:
        return new if kind is old else kind

    ledgers = [
        replace(led, root=renewed(led.root), parts=tuple(replace(p, kind=renewed(p.kind)) for p in led.parts))
        for led in first.ledgers.values()
    ]
    return Catalogue(map(renewed, first.kinds.values()), ledgers)
