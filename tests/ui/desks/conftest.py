"""What the tests of the desks share: the city of the scene, opened in a session."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import workspace
from ipdesk.store import Store
from tests.ui.conftest import WAIT
from tests.ui.desks.scene import Scene, build
from ui.session import Desk, Session
from ui.widgets.page import Page
from ui.worker import Worker

T = TypeVar("T")
P = TypeVar("P", bound=Page)


class Ask(Protocol):
    """Asks the store something and waits for the answer."""

    def __call__(self, op: Callable[[Store], T], /) -> T: ...


class Show(Protocol):
    """Shows a page and waits until it is filled."""

    def __call__(self, page: P, /) -> P: ...


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return the scene as it was made; nobody works on it."""
    folder = tmp_path_factory.mktemp("scene")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPDESK_MARKERS", str(folder / "markers"))
        return build(folder)


@pytest.fixture
def scene(built: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Return a copy of the scene."""
    city, markers = tmp_path / "city", tmp_path / "markers"
    shutil.copytree(built.city, city)
    shutil.copytree(built.markers, markers)
    monkeypatch.setenv("IPDESK_MARKERS", str(markers))
    return replace(built, city=city, markers=markers)


@pytest.fixture
def city(scene: Scene, desk: Desk, qtbot: QtBot) -> Iterator[Session]:
    """Return a session of the city in which two counties are in conflict."""
    told: list[Any] = []
    worker, owner = Worker(), QWidget()
    qtbot.addWidget(owner)

    def opened() -> tuple[Store, Any]:
        store = workspace.open_store(scene.city, desk.catalogue)
        return store, store.office

    worker.open(opened, told.append, told.append, owner)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert not isinstance(told[0], Exception), told[0]
    yield Session(desk, worker, told[0], scene.city)
    worker.close()


@pytest.fixture
def ask(city: Session, qtbot: QtBot) -> Ask:
    """Return a function that asks the store something and waits for the answer."""

    def asked(op: Callable[[Store], T], /) -> T:
        told: list[T] = []
        owner = QWidget()
        qtbot.addWidget(owner)
        city.ask(owner, op, told.append)
        qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
        return told[0]

    return asked


@pytest.fixture
def show(qtbot: QtBot, city: Session, settle: Callable[[Session], None]) -> Show:
    """Return a function that shows a page and waits until it is filled."""

    def shown(page: P, /) -> P:
        qtbot.addWidget(page)
        page.resize(1040, 540)
        page.show()
        page.enter()
        settle(city)
        settle(city)
        return page

    return shown
