"""What the program asks of a store; ``db`` fulfils it, tests may too."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol

from ipdesk.fields import Value
from ipdesk.kinds.declare import Catalogue, Kind, Ledger, Values
from ipdesk.records import Change, Changed, LastAct, Query, Record, RecordKey, Row, Version

Role = Literal["county", "city"]
Wish = Literal["rebuild", "go-back"]


@dataclass(frozen=True, slots=True)
class Office:
    """Whose workspace it is: role, unit code, the office's name on paper, the device, and whether it is locked."""

    role: Role
    unit_code: str
    office_name: str
    device: str
    locked: bool

    @property
    def only_unit(self) -> str | None:
        """Return the only unit a workspace may write for; the city may write for any."""
        return self.unit_code if self.role == "county" else None


@dataclass(frozen=True, slots=True)
class Moment:
    """When to look at the ledgers: events up to ``as_of``, as held at the end of ``known_on`` (local days)."""

    as_of: date | None = None
    known_on: date | None = None

    def __bool__(self) -> bool:
        """Tell whether it is another moment than now."""
        return bool(self.as_of or self.known_on)

    @property
    def day(self) -> date:
        """Return the day on which states are worked out: the one looked at, today for the present."""
        return self.as_of or self.known_on or date.today()

    @property
    def basis(self) -> tuple[str, ...]:
        """Return in words what a sheet of it rests on; nothing for the present."""
        as_of = f"数据截至{self.as_of.isoformat()}" if self.as_of else ""
        known_on = f"按{self.known_on.isoformat()}当日的登记内容" if self.known_on else ""
        return tuple(filter(None, (as_of, known_on)))


class Act(Protocol):
    """One deed of a user: everything written through it is one transaction and one batch of the change log."""

    batch: str

    def comes_from(self, place: str) -> None:
        """Say from which place of the source (sheet and row) what is written next comes; the history tells it."""

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

    def adopt(self, kind: Kind, record: Record, *, above: int = 0) -> None:
        """Write a record of this unit anew in the present life, as another life has it (sync rule 7).

        It takes the record's values and deletion; its number is higher than the held one's, the record's and
        ``above``. It is known to come from the record's version, or from what that came from. Not undoable.
        """

    def unmerge(self, kind: Kind, before: Mapping[RecordKey, Record | None]) -> None:
        """Put records of other units back as they were before a merge, ``None`` for not there (sync rule 8).

        What was not there stays as a deleted row of version (0, 0, ""), older than any: it counts for nothing.
        """

    def upsert(self, kind: Kind, rows: Iterable[Values]) -> None:
        """Write rows of a local kind, in bulk, each over the one with the same ``Kind.identity``."""

    def forget(self, kind: Kind, /, **values: Value) -> None:
        """Remove the rows of a local kind that have these values, in bulk."""

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting (JSON) in the same transaction."""

    def note(self, text: str, kind: Kind | None = None, key: RecordKey | None = None) -> None:
        """Log an event that changes no record (reveal, export), in a record's history where it concerns one."""


class Contents(Protocol):
    """The contents of attachments, by the SHA-256 of what they hold (hex); each is kept once, encrypted."""

    def writing(self) -> AbstractContextManager[Callable[[bytes], str]]:
        """Give a function that keeps bytes and returns their SHA-256; what it newly wrote goes again on any error."""

    def has(self, sha256: str) -> bool:
        """Tell whether a content is here, beside the store or in a backup."""

    def lies(self, sha256: str) -> bool:
        """Tell whether a content lies beside the store itself."""

    def read(self, sha256: str) -> bytes:
        """Return a content after comparing it with its hash; one that is absent or damaged is refused."""

    def remove(self, sha256: str) -> None:
        """Remove a content, if it lies beside the store; backups keep theirs."""


class Finder(Protocol):
    """What looks records up."""

    def find(self, kind: Kind, /, owner: str | None = None, **values: Value) -> list[Record]:
        """Return the live records with these values, oldest first."""


class Reading(Protocol):
    """What can be read of the ledgers, now or at a past moment; owned by the thread of the store."""

    @property
    def catalogue(self) -> Catalogue:
        """Return the declared kinds and ledgers."""

    def get(self, kind: Kind, key: RecordKey) -> Record | None:
        """Return a record, deleted ones too."""

    def get_many(self, kind: Kind, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records that are there, deleted ones too, in bulk."""

    def twins(self, kind: Kind, field: str) -> list[list[Record]]:
        """Return the groups of live records, of any owners, that have the same value in a field (rules V12, V23)."""

    def find(self, kind: Kind, /, owner: str | None = None, **values: Value) -> list[Record]:
        """Return the live records with these values, oldest first."""

    def count(self, kind: Kind) -> int:
        """Return the number of live records."""

    def while_wanted(self, ask: Callable[[], object]) -> AbstractContextManager[None]:
        """Let what ``ask`` raises end a long question; it is asked again and again meanwhile."""

    def keys(self, ledger: Ledger, query: Query) -> list[RecordKey]:
        """Return the keys of a ledger's rows in order; with a limit the first page comes at once."""

    def keys_in_parts(self, ledger: Ledger, query: Query) -> Generator[list[RecordKey], None, None]:
        """Yield the keys some thousand at a time, for who may want them no longer before they are all there."""

    def total(self, ledger: Ledger, query: Query) -> int:
        """Return how many rows a query finds, whatever its limit."""

    def rows(self, ledger: Ledger, keys: Sequence[RecordKey]) -> list[Row]:
        """Return the flat rows of these keys in the given order; vanished ones are left out."""


class Past(Reading, Protocol):
    """The ledgers as they were; it stays as it was made, whatever is written meanwhile."""

    def close(self) -> None:
        """Let go of what it holds in memory."""


class Draft(Protocol):
    """A copy that was begun: it holds the store as it was, and from here on needs it no more."""

    def finish(self) -> Path:
        """Verify it by opening it, bring the attachments along, let it take its name; any thread may do it."""


class Stage(Protocol):
    """A private copy of a backup, verified and brought to this program's shape, beside the store it may replace."""

    at: datetime

    @property
    def store(self) -> "Store":
        """Return what is in it."""

    def prepare(self, wish: Wish, above: int) -> int:
        """Note in it what is wished, bring attachments back, close it; return how many contents are lacking.

        ``above`` is the highest incarnation that is known of the workspace.
        """

    def take_place(self) -> None:
        """Put it in the place of the store, which nobody has open."""


class Backups(Protocol):
    """The copies of a store. What says so may be done by any thread, the rest by the store's own alone."""

    @property
    def folder(self) -> Path:
        """Return the folder in the workspace where copies lie."""

    def begin(self, why: str, *, yielding: bool = False) -> Draft | None:
        """Copy the store as it is; ``None`` where a ``yielding`` copy had to give way. Only this needs the store."""

    def give_way(self) -> None:
        """Let a yielding copy that is being made end at once, so that others get the store; any thread may ask."""

    def noted(self, since: str | None) -> None:
        """Note that a copy holds all there was when it was begun, the store being unsaved since this moment."""

    def carry(self, backup: Path, target: Path) -> None:
        """Copy a backup, attachments and key file elsewhere, read back and opened there; any thread may do it."""

    def thin(self, folder: Path) -> list[Path]:
        """Remove the backups in a folder that are no longer needed and return them; any thread may do it."""

    def damaged(self, folder: Path) -> list[Path]:
        """Return the backups in a folder that cannot be read; any thread may do it."""

    def stage(self, backup: Path) -> AbstractContextManager[Stage]:
        """Give a copy of a backup to look into or to restore; one that cannot be is refused in a sentence."""

    def set_aside(self) -> Path:
        """Copy the store's files among the backups as they are, however damaged; return where they lie."""


class Store(Reading, Protocol):
    """Where records are kept; owned by one thread."""

    @property
    def folder(self) -> Path:
        """Return the workspace's folder."""

    @property
    def office(self) -> Office:
        """Return whose workspace it is."""

    @property
    def schema(self) -> int:
        """Return the schema version: the number of migrations applied."""

    @property
    def contents(self) -> Contents:
        """Return where the contents of attachments lie."""

    def act(self, deed: str, source: str) -> AbstractContextManager[Act]:
        """Begin a deed told in Chinese, from ``source`` (form, a file's name …); commit on leaving, or nothing."""

    def changed_since(self, kind: Kind, owner: str, lsn: int) -> Iterator[Record]:
        """Yield the owner's records above a log sequence number in its order, deleted ones too."""

    def unsent(self, owner: str, lsn: int) -> int:
        """Return how many travelling records of the owner stand above a log sequence number."""

    def logged(self, kind: Kind, key: RecordKey) -> list[Record]:
        """Return a record as it stood after each entry of the change log, oldest first: values, version, deletion."""

    def last_lsn(self) -> int:
        """Return the highest log sequence number given out, whoever owns the record."""

    def history(self, ledger: Ledger, key: RecordKey) -> list[Change]:
        """Return the changes of a row and its parts, newest first."""

    def undoable(self) -> LastAct | None:
        """Return the act that an undo would take back, ``None`` when there is none."""

    def undo(self) -> Changed:
        """Take back this workspace's last act that can be; refused with a sentence when there is none."""

    def settle(self, kind: Kind, keys: Iterable[RecordKey]) -> None:
        """Put every act that wrote one of these records beyond undoing."""

    def redoable(self) -> LastAct | None:
        """Return the act that a redo would do again, ``None`` when there is none; a new act leaves none."""

    def redo(self) -> Changed:
        """Do again the act last taken back; refused with a sentence when there is none."""

    def past(self, moment: Moment) -> Past:
        """Return the ledgers as of a day, as known on a day, or both; to be closed by who asked."""

    def setting(self, name: str) -> object:
        """Return a kept setting, ``None`` when there is none."""

    def check(self) -> list[str]:
        """Return what is wrong with file, tables and log chain, one sentence each; empty when all is well."""

    @property
    def backups(self) -> Backups:
        """Return the copies of this store, and how more are made."""

    @property
    def unsaved_since(self) -> str | None:
        """Return since when (ISO 8601) something is in the store that no backup has, ``None`` for nothing."""

    def versions(self, kind: Kind) -> dict[RecordKey, tuple[Version, bool, int]]:
        """Return of every record its version, whether it is deleted, and its log sequence number."""

    def change_password(self, old: str, new: str) -> None:
        """Let another password open the store; refused when the old one is wrong or there is none."""

    def set_password(self, new: str) -> str:
        """Let only a password open the store from now on; return the recovery key; refused when there is one.

        It is encrypted anew under another key, so that no older copy of the key file opens it.
        """

    def rekey(self, password: str | None = None) -> str:
        """Encrypt the store anew under another random key; return the new recovery key, empty without a password.

        A wrong password is refused. The printed recovery key is valid no more; backups made before still open.
        """

    def is_recovery(self, secret: str) -> bool:
        """Tell whether a secret is the printed recovery key."""

    def close(self) -> None:
        """Close the file and let others in."""
