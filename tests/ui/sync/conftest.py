"""A county's page and the city's on real stores, and the stick between them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ipdesk.store import Store
from tests.ui.conftest import FIRM, OTHER, FakeDialogs, MakeSession
from ui.inbox.page import InboxPage
from ui.session import Session
from ui.sync.city import CityPage
from ui.sync.county import CountyPage
from ui.sync.places import REMEMBERED

Settle = Callable[[Session], None]


class Pair:
    """A county's page, the city's and its inbox, and the stick between them."""

    def __init__(
        self, county: Session, city: Session, dialogs: FakeDialogs, settle: Settle, stick: Path
    ) -> None:
        self.county, self.city, self.dialogs, self._settle, self.stick = county, city, dialogs, settle, stick
        county.desk.preferences.put(REMEMBERED, str(stick))
        self.county_page, self.city_page = CountyPage(county), CityPage(city)
        self.inbox = InboxPage(city)

    def settle(self) -> None:
        for session in (self.county, self.city):
            self._settle(session)
            self._settle(session)

    def enter(self) -> None:
        self.county_page.enter()
        self.city_page.enter()
        self.settle()

    def enrol(self) -> None:
        """Ask, grant, install."""
        request, grant = self.stick / "申请.ipk", self.stick / "授权.ipk"
        self.dialogs.out = request
        self.county_page.request()
        self.settle()
        self.dialogs.files, self.dialogs.out = [request], grant
        self.city_page.accept()
        self.settle()
        self.dialogs.files = [grant]
        self.county_page.install()
        self.settle()

    def compare(self) -> None:
        """Confirm the fingerprints on both sides."""
        self.county_page.compare()
        self.city_page.table.selectRow(0)
        self.city_page.compare()
        self.city_page.confirm_backup()
        self.settle()

    def send(self) -> Path:
        """Export a package to the stick."""
        before = set(self.stick.iterdir())
        self.dialogs.folder = self.stick
        self.county_page.export_button.click()
        self.settle()
        return next(iter(set(self.stick.iterdir()) - before))


@pytest.fixture
def make_pair(
    make_session: MakeSession, dialogs: FakeDialogs, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> Callable[..., Pair]:
    def make(password: str | None = None) -> Pair:
        stick = tmp_path / "stick"
        stick.mkdir()
        county = make_session(password=password, rows=(FIRM, OTHER))
        city = make_session("city", "320900", password, "盐城市市场监督管理局")
        pair = Pair(county, city, dialogs, settle, stick)
        for page in (pair.county_page, pair.city_page, pair.inbox):
            qtbot.addWidget(page)
            page.resize(1100, 600)
            page.show()
        pair.enter()
        return pair

    return make


MakePair = Callable[..., Pair]


def do(pair: Pair, session: Session, op: Callable[[Store], Any]) -> Any:  # noqa: ANN401 - whatever op returns
    told: list[Any] = []
    session.ask(pair.county_page, op, told.append)
    pair.settle()
    return told[0]


@pytest.fixture
def pair(make_pair: MakePair) -> Pair:
    made = make_pair()
    made.enrol()
    return made
