"""Hold very many keys so that they weigh little."""

from collections.abc import Iterable, Sequence
from sys import intern
from typing import overload

from ipdesk.records import RecordKey


class Keys(Sequence[RecordKey]):
    """A sequence of keys, held as bare texts.

    A hundred thousand keys as objects would be walked through by Python's collector of cycles again and again, which
    stands still for many frames while a clerk is typing; texts are not.
    """

    def __init__(self, keys: Iterable[RecordKey] = ()) -> None:
        """Begin with some keys."""
        self._owners: list[str] = []
        self._ids: list[str] = []
        self.add(keys)

    def add(self, keys: Iterable[RecordKey]) -> None:
        """Put keys at the end."""
        for owner, id_ in keys:
            self._owners.append(intern(owner))
            self._ids.append(id_)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> RecordKey: ...

    @overload
    def __getitem__(self, place: slice) -> list[RecordKey]: ...

    def __getitem__(self, place: int | slice) -> RecordKey | list[RecordKey]:
        if isinstance(place, slice):
            return list(map(RecordKey, self._owners[place], self._ids[place]))
        return RecordKey(self._owners[place], self._ids[place])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Keys):
            return (self._ids, self._owners) == (other._ids, other._owners)
        return isinstance(other, Sequence) and self[:] == list(other)

    __hash__ = None  # type: ignore[assignment]  # it grows

    def place(self, key: RecordKey) -> int:
        """Return where a key stands first, -1 when it does not."""
        same = (place for place, id_ in enumerate(self._ids) if id_ == key.id)
        return next((place for place in same if self._owners[place] == key.owner), -1)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, RecordKey) and self.place(key) >= 0
