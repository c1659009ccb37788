"""Look at the list as of a past day, or as it was known on one: the view itself, on the store's thread."""

from ipdesk.past import NOW
from ipdesk.store import Moment, Past, Reading, Store


class Lens:
    """Keeps the view of one past moment open as long as it is looked at; used on the store's thread only."""

    def __init__(self) -> None:
        """Begin with the present."""
        self._made = NOW
        self._past: Past | None = None

    def source(self, store: Store, moment: Moment) -> Reading:
        """Return what reads the ledgers at a moment."""
        if moment != self._made:
            self.forget()
            self._past = store.past(moment) if moment else None
            self._made = moment
        return self._past or store

    def forget(self) -> None:
        """Let go of the view: it is made anew when asked for."""
        if self._past:
            self._past.close()
        self._made, self._past = NOW, None
