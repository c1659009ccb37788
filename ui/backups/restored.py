"""Say plainly, when a workspace was restored or copied, what happened and what is to be done."""

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
    session.ask(window, _news, lambda news: _tell(session, window, *news) if news[0] else None)


def _news(store: Store) -> tuple[str, bool]:
    """Return the epoch to tell of, and whether nobody asked for it: the folder was copied or used elsewhere."""
    from ipdesk import sync

    return restored(store), bool(sync.copied(store))


def _tell(session: Session, window: QWidget, epoch: str, copied: bool) -> None:
    preferences = session.desk.preferences
    known = preferences.get(TOLD)
    told = list(known) if isinstance(known, list) else []
    if epoch not in told:
        preferences.put(TOLD, [*told, epoch][-20:])
        words = texts.DONE_CITY if session.is_city else texts.DONE_COUNTY
        if copied:
            words = texts.COPIED_CITY if session.is_city else texts.COPIED_COUNTY
        title = texts.COPIED_TITLE if copied else texts.DONE_TITLE
        session.dialogs.tell(window, title, words)
