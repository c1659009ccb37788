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
    session.ask(window, restored, lambda epoch: _tell(session, window, epoch) if epoch else None)


def _tell(session: Session, window: QWidget, epoch: str) -> None:
    preferences = session.desk.preferences
    known = preferences.get(TOLD)
    told = list(known) if isinstance(known, list) else []
    if epoch not in told:
        preferences.put(TOLD, [*told, epoch][-20:])
        words = texts.DONE_CITY if session.is_city else texts.DONE_COUNTY
        session.dialogs.tell(window, texts.DONE_TITLE, words)
