"""What the page of the channel asks of the store's thread."""

from collections.abc import Sequence
from typing import NamedTuple

from ipdesk.actions.drafts import CODES, PARAMETERS, REPORTING, What, contents, draft
from ipdesk.store import Store
from ipdesk.sync import channel
from ipdesk.sync.consumers import FILES
from ui.ledger.history import moment
from ui.texts import channel as texts

NAMES = (PARAMETERS, REPORTING, *(f"{CODES}.{name}" for name in FILES))


class Sent(NamedTuple):
    """What can come down, as it stands here: its name, what it is called, how it stands, version, times, contents."""

    name: str
    label: str
    state: str
    version: int
    at: str
    taken: str
    items: Sequence[tuple[str, str]]

    @property
    def what(self) -> What:
        """Return which of the three ways of publishing is its own."""
        return _what(self.name)

    @property
    def part(self) -> str:
        """Return which code table it is."""
        return self.name.partition(".")[2]


class Told(NamedTuple):
    """Everything that can come down, and sentences on what stands in the way."""

    sent: Sequence[Sent]
    troubles: Sequence[str]

    @property
    def came(self) -> int:
        """Return how many of it came down."""
        return sum(bool(one.version) for one in self.sent)


def _what(name: str) -> What:
    return CODES if name.startswith(CODES) else REPORTING if name == REPORTING else PARAMETERS


def look(store: Store) -> Told:
    """Return what comes down, as it stands here."""
    return Told([_sent(store, name) for name in NAMES], [*channel.troubles(store), *channel.lost(store)])


def _sent(store: Store, name: str) -> Sent:
    held = channel.held(store, name)
    label = channel.Document(name, 0, "", "", "").label
    state = _at_city(store, name, held) if store.office.role == "city" else _at_county(store, name, held)
    if held is None:
        return Sent(name, label, state, 0, "", "", ())
    taken = moment(channel.taken_at(store).get(name, ""))
    return Sent(name, label, state, held.version, moment(held.at), taken, contents(held))


def _at_city(store: Store, name: str, held: channel.Document | None) -> str:
    if held is None:
        return texts.UNSENT
    what = _what(name)
    return texts.CHANGED if what != CODES and draft(store, what).shifts else texts.SENT


def _at_county(store: Store, name: str, held: channel.Document | None) -> str:
    if name in channel.refusals(store):
        return texts.REFUSED
    return texts.TAKEN if held else texts.NONE
