"""What the program asks of a store; ``db`` fulfils it, tests may too."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ipdesk.fields import Value
from ipdesk.kinds.declare import Catalogue, Kind, Ledger, Values
from ipdesk.records import Change, Changed, LastAct, Query, Record, RecordKey, Row

Role = Literal["county", "city"]


@dataclass(frozen=True, slots=True)
class Office:
    """Whose workspace it is: role, unit code, the office's name on paper, the device, and whether it is locked."""

    role: Role
    unit_code: str
    office_name: str
    device: str
    locked: bool


class Act(Protocol):
    """One deed of a user: everything written through it is one transaction and one batch of the change log."""

    batch: str

    def add(self, kind: Kind, values: Values) -> RecordKey:
        """Write a new record, owned by this unit, and return its key."""

    def put(self, kind: Kind, key: RecordKey, values: Values) -> bool:
        """Set the given values (``None`` clears) of a record; tell whether anything changed.

        Only the owner writes a record (sync: single writer); another unit's is refused.
        """

    def delete(self, kind: Kind, key: RecordKey) -> None:
        """Mark a record deleted; a record of a local kind is removed."""

    def merge(self, kind: Kind, records: Iterable[Record]) -> None:
        """Write records as another store versioned them, in bulk (sync rule 4).

        Version, previous version, deletion, clock stamp and ``extra`` are kept as given; each gets a fresh log
        sequence number of this store. A value of ``None`` clears, an absent name keeps what is held. Not undoable.
        """

    def upsert(self, kind: Kind, rows: Iterable[Values]) -> None:
        """Write rows of a local kind, in bulk, each over the one with the same ``Kind.identity``."""

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting (JSON) in the same transaction."""

    def note(self, text: str, kind: Kind | None = None, key: RecordKey | None = None) -> None:
        """Log an event that changes no record (reveal, export), in a record's history where it concerns one."""


class Store(Protocol):
    """Where records are kept; owned by one thread."""

    @property
    def catalogue(self) -> Catalogue:
        """Return the declared kinds and ledgers."""

    @property
    def folder(self) -> Path:
        """Return the workspace's folder."""

    @property
    def office(self) -> Office:
        """Return whose workspace it is."""

    @property
    def schema(self) -> int:
        """Return the schema version: the number of migrations applied."""

    def act(self, deed: str, source: str) -> AbstractContextManager[Act]:
        """Begin a deed told in Chinese, from ``source`` (form, a file's name …); commit on leaving, or nothing."""

    def get(self, kind: Kind, key: RecordKey) -> Record | None:
        """Return a record, deleted ones too."""

    def get_many(self, kind: Kind, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records that are there, deleted ones too, in bulk."""

    def twins(self, kind: Kind, field: str) -> list[list[Record]]:
        """Return the groups of live records, of any owners, that have the same value in a field (rules V12, V23)."""

    def find(self, kind: Kind, /, owner: str | None = None, **values: Value) -> list[Record]:
        """Return the live records with these values, oldest first."""

    def changed_since(self, kind: Kind, owner: str, lsn: int) -> Iterator[Record]:
        """Yield the owner's records above a log sequence number in its order, deleted ones too."""

    def unsent(self, owner: str, lsn: int) -> int:
        """Return how many travelling records of the owner stand above a log sequence number."""

    def last_lsn(self) -> int:
        """Return the highest log sequence number given out, whoever owns the record."""

    def count(self, kind: Kind) -> int:
        """Return the number of live records."""

    def keys(self, ledger: Ledger, query: Query) -> list[RecordKey]:
        """Return the keys of a ledger's rows in order."""

    def rows(self, ledger: Ledger, keys: Sequence[RecordKey]) -> list[Row]:
        """Return the flat rows of these keys in the given order; vanished ones are left out."""

    def history(self, ledger: Ledger, key: RecordKey) -> list[Change]:
        """Return the changes of a row and its parts, newest first."""

    def undoable(self) -> LastAct | None:
        """Return the act that an undo would take back, ``None`` when there is none."""

    def undo(self) -> Changed:
        """Take back this workspace's last act that can be; refused with a sentence when there is none."""

    def setting(self, name: str) -> object:
        """Return a kept setting, ``None`` when there is none."""

    def check(self) -> list[str]:
        """Return what is wrong with file, tables and log chain, one sentence each; empty when all is well."""

    def back_up(self) -> Path:
        """Write a verified copy of the store into the folder of backups and return its path."""

    def change_password(self, old: str, new: str) -> None:
        """Let another password open the store; refused when the old one is wrong or there is none."""

    def set_password(self, new: str) -> str:
        """Let only a password open the store from now on; return the recovery key; refused when there is one."""

    def is_recovery(self, secret: str) -> bool:
        """Tell whether a secret is the printed recovery key."""

    def close(self) -> None:
        """Close the file and let others in."""
