"""What lies behind the settings: devices and keys, what the city sends down, a row returned, a store rekeyed."""

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QScrollArea

from tests.gui.camera import rest
from ui.channel.page import ChannelPage
from ui.channel.ways import CHANNEL
from ui.keys.page import KeysPage
from ui.keys.ways import KEYS
from ui.ledger.page import LedgerPage
from ui.settings.page import SettingsPage
from ui.window.main import MainWindow

if TYPE_CHECKING:
    from tests.gui.pictures import Studio


def keys(studio: "Studio", window: MainWindow, role: str) -> None:
    """Show devices and keys, and the windows in which keys change."""
    window.go(KEYS)
    page = cast(KeysPage, window.page(KEYS))
    rest()
    page.table.selectRow(1)
    studio.take(f"{role}-keys")
    studio.dialog(f"{role}-keys-rotate", page.rotate)
    if role == "city":
        studio.dialog("keys-revoke", page.revoke)
        studio.dialog("keys-back-up", page.back_up)
        studio.dialog("keys-recover", page.recover)


def channel(studio: "Studio", window: MainWindow, role: str) -> None:
    """Show what comes down, and at the city the window for each sort of it."""
    window.go(CHANNEL)
    page = cast(ChannelPage, window.page(CHANNEL))
    rest()
    studio.take(f"{role}-channel")
    for place, name in enumerate(("parameters", "reporting", "codes") if role == "city" else ()):
        page.table.selectRow(place)
        studio.dialog(f"channel-{name}", page.publish)


def rekey(studio: "Studio", window: MainWindow) -> None:
    """Show the card that encrypts anew, and its question."""
    window.go("settings")
    page = cast(SettingsPage, window.page("settings"))
    rest()
    cast(QScrollArea, page.findChild(QScrollArea)).ensureWidgetVisible(page.rekey.frame)
    page.rekey.begin()
    studio.take("rekey")


def returning(studio: "Studio", window: MainWindow) -> None:
    """Show the window that returns a row to its county."""
    window.go("guanbiao")
    page = cast(LedgerPage, window.page("guanbiao"))
    rest()
    page.list.table.go_to(1)
    studio.dialog("return", page.more_deeds[-1][-1])
