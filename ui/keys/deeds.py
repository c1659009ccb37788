"""What the page of devices and keys asks of the store's thread."""

from collections.abc import Sequence
from typing import NamedTuple

from ipdesk.actions.keys import OWN, Enrolled, enrolled
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.store import Store
from ipdesk.sync.rotation import CONFIRMED, TROUBLE


class Keys(NamedTuple):
    """The devices with this one first; the city's key backup: there, elsewhere too, what it met."""

    devices: Sequence[Enrolled]
    has_backup: bool
    is_kept: bool
    trouble: str = ""

    @property
    def own(self) -> Enrolled:
        """Return this device."""
        return self.devices[0]

    @property
    def partners(self) -> list[Enrolled]:
        """Return the living devices of others."""
        return [one for one in self.devices if one.is_living and one.state != OWN]


def look(store: Store) -> Keys:
    """Return devices and keys as they stand."""
    trouble = str(store.setting(TROUBLE) or "")
    return Keys(
        enrolled(store), (store.folder / KEY_BACKUP).is_file(), bool(store.setting(CONFIRMED)), trouble
    )
