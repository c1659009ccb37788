"""The way to the page of what comes down from the city."""

from ui.session import Session
from ui.widgets.page import Page
from ui.window.main import MainWindow

CHANNEL = "channel"


def add_channel(window: MainWindow, session: Session, above: str) -> None:
    """Add the page below another."""

    def make() -> Page:
        from ui.channel.page import ChannelPage

        page = ChannelPage(session)
        page.left.connect(lambda: window.go(above))
        return page

    window.add_below(above, CHANNEL, make)
