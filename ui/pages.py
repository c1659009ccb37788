"""Derive the pages of the main window from what the catalogue declares and what the workspace is."""

from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import ledger as ledger_texts
from ui.window.main import MainWindow
from ui.window.navigation import Entry

PICTURES = {"guanbiao": "enterprise", "institution": "institution", "training": "person", "person": "person"}


def fill(window: MainWindow, session: Session) -> None:
    """Add every page this workspace has."""
    for ledger in session.catalogue.ledgers.values():
        label = ledger_texts.TITLE.get(ledger.name, ledger.label)
        window.add(
            Entry(ledger.name, label, PICTURES.get(ledger.name, "report")), LedgerPage(session, ledger)
        )
