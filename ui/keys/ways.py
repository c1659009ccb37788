"""The way to the page of devices and keys, and from it to where enrolling is done."""

from typing import TYPE_CHECKING

from ui.session import Session
from ui.widgets.page import Page
from ui.window.main import MainWindow

if TYPE_CHECKING:
    from ui.keys.page import KeysPage

KEYS = "keys"


def add_keys(window: MainWindow, session: Session, above: str, exchange: str) -> None:
    """Add the page below another; what it asks for is done at the exchange's page."""

    def make() -> Page:
        from ui.keys.page import KeysPage

        page = KeysPage(session)
        page.left.connect(lambda: window.go(above))
        _follow(window, page, exchange)
        return page

    window.add_below(above, KEYS, make)


def _follow(window: MainWindow, page: "KeysPage", exchange: str) -> None:
    from ui.sync.city import CityPage
    from ui.sync.county import CountyPage

    def at_city() -> None:
        there = window.page(exchange)
        if window.go(exchange) and isinstance(there, CityPage):
            there.accept()

    def at_county(deed: str) -> None:
        there = window.page(exchange)
        if window.go(exchange) and isinstance(there, CountyPage):
            {"request": there.request, "install": there.install}[deed]()

    page.accept_asked.connect(at_city)
    page.request_asked.connect(lambda: at_county("request"))
    page.install_asked.connect(lambda: at_county("install"))
