"""Say plainly, when a workspace was restored or copied, what happened and what is to be done."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from ipdesk.store import Store
from ui.session import Session
from ui.texts import backups as texts

TOLD = "restored_told"  # preferences: the lives of which it was told


def restored(store: Store) -> str:
    """Return the present life's epoch where it began by a restore and no receipt has come since, else nothing."""
    from ipdesk.sync.life import Life
    from ipdesk.sync.lives import RESTORED

    life = Life.of(store)
    is_new = store.setting(RESTORED) == life.epoch and not life.acknowledged
    if store.office.role == "city":
        is_new = is_new and not life.sequence
    return life.epoch if is_new else ""


def tell_restored(session: Session, window: QWidget) -> None:
    """Tell it once, when the window opens."""
    session.ask(window, news, lambda told: _tell(session, window, told) if told.epoch else None)


class News(NamedTuple):
    """The epoch to tell of; whether nobody asked for it (copied, used elsewhere); whether one went back by it."""

    epoch: str
    copied: bool
    went_back: bool

    def words(self, *, city: bool) -> str:
        """Return what is to be done now."""
        if self.copied:
            return texts.COPIED_CITY if city else texts.COPIED_COUNTY
        if self.went_back:
            return texts.BACK_CITY if city else texts.BACK_COUNTY
        return texts.DONE_CITY if city else texts.DONE_COUNTY

    @property
    def short(self) -> str:
        """Return the one sentence of it for a county's page, nothing where there is no news."""
        words = texts.BACK_SHORT if self.went_back else texts.DONE_SHORT
        return words if self.epoch else ""


def news(store: Store) -> News:
    """Return what there is to tell of how the present life began."""
    from ipdesk import sync

    return News(restored(store), bool(sync.copied(store)), bool(sync.went_back(store)))


def _tell(session: Session, window: QWidget, found: News) -> None:
    preferences = session.desk.preferences
    known = preferences.get(TOLD)
    told = list(known) if isinstance(known, list) else []
    if found.epoch not in told:
        preferences.put(TOLD, [*told, found.epoch][-20:])
        title = texts.COPIED_TITLE if found.copied else texts.DONE_TITLE
        session.dialogs.tell(window, title, found.words(city=session.is_city))
