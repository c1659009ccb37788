"""What the tests of the ledger's page share: the page on a real store."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ui.ledger.page import LedgerPage
from ui.session import Session

Settle = Callable[[Session], None]


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> LedgerPage:
    return entered(session, qtbot, settle)


def entered(session: Session, qtbot: QtBot, settle: Settle, width: int = 1180) -> LedgerPage:
    made = LedgerPage(session, session.catalogue.ledger("guanbiao"))
    qtbot.addWidget(made)
    made.resize(width, 660)
    made.show()
    made.enter()
    settle(session)
    return painted(made, session, settle)


def painted(made: LedgerPage, session: Session, settle: Settle) -> LedgerPage:
    made.grab()
    settle(session)
    return made


def names(page: LedgerPage) -> list[str]:
    model = page.list.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
