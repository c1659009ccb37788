"""The ways to the city's desks in the navigation, and from one desk to another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ipdesk.records import RecordKey
from ui.desks.counts import DeskCounts
from ui.desks.page import DeskPage
from ui.session import Session
from ui.texts import desks
from ui.texts import window as texts
from ui.widgets.page import Page
from ui.window.main import MainWindow
from ui.window.navigation import Entry

if TYPE_CHECKING:
    from ui.inbox.page import InboxPage

INBOX, CONFLICTS, DUPLICATES = "inbox", "conflicts", "duplicates"
CORRECTIONS, COMPLETENESS = "corrections", "completeness"
OpenRecord = Callable[[str, RecordKey], None]
P = TypeVar("P", "InboxPage", DeskPage)


def add_desks(window: MainWindow, session: Session, open_record: OpenRecord) -> None:
    """Add the desks of a city; Alt and a number lead there, so that the other pages keep their numbers."""

    def followed(page: P) -> P:
        page.record_asked.connect(open_record)
        return page

    makers: tuple[tuple[str, str, str, Callable[[], Page]], ...] = (
        (INBOX, texts.INBOX, "inbox", lambda: followed(_inbox(window, session))),
        (CONFLICTS, texts.CONFLICTS, "conflict", lambda: followed(_conflicts(window, session))),
        (DUPLICATES, texts.DUPLICATES, "duplicate", lambda: followed(_duplicates(session))),
        (CORRECTIONS, texts.CORRECTIONS, "edit", lambda: followed(_corrections(session))),
        (COMPLETENESS, texts.COMPLETENESS, "calendar", lambda: followed(_completeness(session))),
    )
    for number, (name, label, picture, make) in enumerate(makers, 1):
        window.add_later(Entry(name, label, picture, number == 1, f"Alt+{number}"), make)
    counts = DeskCounts(session, window)
    counts.told.connect(lambda name, count: window.navigation.tell_count(name, count, desks.COUNT[name]))


def _inbox(window: MainWindow, session: Session) -> "InboxPage":
    from ui.inbox.page import InboxPage

    page = InboxPage(session)
    page.conflicts_asked.connect(lambda: window.go(CONFLICTS))
    return page


def _conflicts(window: MainWindow, session: Session) -> DeskPage:
    from ui.desks.conflicts import ConflictPage

    page = ConflictPage(session)
    page.correction_asked.connect(lambda number: _show_correction(window, number))
    return page


def _show_correction(window: MainWindow, number: str) -> None:
    from ui.desks.corrections import CorrectionPage

    page = window.page(CORRECTIONS)
    if isinstance(page, CorrectionPage) and window.go(CORRECTIONS):
        page.look_for(number)


def _duplicates(session: Session) -> DeskPage:
    from ui.desks.duplicates import DuplicatePage

    return DuplicatePage(session)


def _corrections(session: Session) -> DeskPage:
    from ui.desks.corrections import CorrectionPage

    return CorrectionPage(session)


def _completeness(session: Session) -> DeskPage:
    from ui.desks.completeness import CompletenessPage

    return CompletenessPage(session)
