"""A field added to a declaration, with its migration, is found everywhere without touching anything else."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot
from sqlite_utils import Database, Migrations

from db import workspace
from db.migrations import migrations
from db.store import SqlStore
from ipdesk import intake, sync
from ipdesk.actions import ledger as deeds
from ipdesk.export import export
from ipdesk.fields import Integer
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Catalogue, Field, Kind, Ledger
from ipdesk.records import Query
from ipdesk.reports.guanbiao import guanbiao_ledger
from ipdesk.store import Role
from ipdesk.template import write_template
from ui.dialogs import QtDialogs
from ui.form.panel import FormPanel
from ui.ledger.columns import columns_of
from ui.preferences import Preferences
from ui.session import Desk, Session
from ui.worker import Worker

FIELD = Field(
    "product_count", "主导产品数", Integer(), heads=("产品个数",), section="企业概况", column=18, printed=1
)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    """Return the catalogue with one more field of the enterprise, and nothing else changed."""
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


def steps() -> Migrations:
    """Return the migrations with the one that the field needs."""
    known_steps = migrations()

    @known_steps()
    def add_product_count(db: Database) -> None:
        db.execute('ALTER TABLE "enterprise" ADD COLUMN product_count INTEGER')

    return known_steps


Open = Callable[[Role, str], SqlStore]


@pytest.fixture
def opened(known: Catalogue, tmp_path: Path) -> Open:
    """Return a maker of stores that know the field."""

    def make(role: Role, unit: str) -> SqlStore:
        folder = tmp_path / unit
        return workspace.create(folder, known, role=role, unit_code=unit, office_name="某局", steps=steps())[
            0
        ]

    return make


@pytest.fixture
def ledger(known: Catalogue) -> Ledger:
    return known.ledger("guanbiao")


ROW = {"企业名称": "东台锦盛新材料有限公司", "统一社会信用代码": "91320981MABJ1XG60Q", "产品个数": "12个"}


def sheet(path: Path, **more: str) -> Path:
    """Write a clerk's sheet that has the new column under one of its heads."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ROW)
        writer.writerow({**ROW, **more}.values())
    return path


def test_it_is_brought_in_listed_searched_for_and_taken_back(
    opened: Open, ledger: Ledger, tmp_path: Path
) -> None:
    store = opened("county", "320981")
    planned = intake.plan(store, ledger, sheet(tmp_path / "a.csv"))
    intake.apply(store, planned)
    assert planned.mapping["产品个数"] == "product_count"
    (key,) = store.keys(ledger, Query(where=(("product_count", 12),)))
    assert store.rows(ledger, [key])[0].values["product_count"] == 12
    deeds.change(store, ledger, key, {"product_count": 15}, "表单")
    told = [(c.field, c.before, c.after) for c in store.history(ledger, key)]
    assert told[0] == ("product_count", 12, 15)
    store.undo()
    assert deeds.one(store, ledger, key).values["product_count"] == 12
    store.close()


def test_it_is_checked_in_the_form_and_in_intake(opened: Open, ledger: Ledger, tmp_path: Path) -> None:
    store = opened("county", "320981")
    _, (problem,) = deeds.read(ledger, {"product_count": "很多"}, None)
    assert (problem.code, problem.field) == ("number", "product_count")
    (refused,) = intake.plan(store, ledger, sheet(tmp_path / "a.csv", 产品个数="很多")).refused
    assert (refused.code, refused.field, refused.row) == ("number", "product_count", 2)
    store.close()


def test_it_is_written_out(opened: Open, ledger: Ledger, tmp_path: Path) -> None:
    store = opened("county", "320981")
    intake.apply(store, intake.plan(store, ledger, sheet(tmp_path / "a.csv")))
    export(store, ledger, Query(), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["主导产品数"] == "12"
    write_template(ledger, tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    assert "主导产品数" in {str(cell.value) for line in book.worksheets[0].iter_rows() for cell in line}
    rows = [r.values for r in store.rows(ledger, store.keys(ledger, Query()))]
    made = guanbiao_ledger(
        ledger, rows, [("320981", "东台市")], office="某局", period="某期", made_at=datetime(2026, 1, 1)
    )
    place = [c.label for c in made.columns].index("主导产品数")
    assert made.groups[0].rows[0][place] == "12"
    store.close()


def test_it_travels_to_the_city(opened: Open, ledger: Ledger, tmp_path: Path) -> None:
    county, city = opened("county", "320981"), opened("city", "320900")
    sync.request(county, tmp_path / "request")
    sync.accept(city, tmp_path / "request", tmp_path / "grant")
    sync.install(county, tmp_path / "grant")
    intake.apply(county, intake.plan(county, ledger, sheet(tmp_path / "a.csv")))
    (package,) = sync.export(county, tmp_path)
    told = json.dumps(sync.inspect(city, package).header, ensure_ascii=False, default=str)
    assert "product_count" in told
    assert sync.receive(city, [package]).accepted == 2
    (key,) = city.keys(ledger, Query(where=(("product_count", 12),)))
    assert key.owner == "320981"
    county.close()
    city.close()


def test_it_stands_in_the_form_and_in_the_list(
    opened: Open, known: Catalogue, ledger: Ledger, qtbot: QtBot, tmp_path: Path
) -> None:
    store = opened("county", "320981")
    desk = Desk(known, QtDialogs(), Preferences(tmp_path / "window.json"), lambda _error: None)
    panel = FormPanel(Session(desk, Worker(), store.office, tmp_path), ledger)
    qtbot.addWidget(panel)
    for section in panel.sections:
        section.unfold()
    assert "product_count" in panel.boxes
    assert "主导产品数" in [column.label for column in columns_of(ledger, city=False)]
    store.close()
