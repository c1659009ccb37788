"""The change log: who changed what, when and from where; its chain holds when values are erased."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipdesk.fields import Value
from ipdesk.records import RecordKey, Version

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD, PUT, DELETE, MERGE, NOTE = "add", "put", "delete", "merge", "note"
PLACE = "_place"  # among the values after: from which place of the source they came
GENESIS = b"\0" * 32
HEAD = "journal.head"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record's change within a batch, field by field."""

    kind: str
    key: RecordKey
    operation: str
    version: Version
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    was_deleted: bool = False


@dataclass(slots=True)
class Batch:
    """One deed: what it is called, where it came from, by whom, and the changes it made."""

    id: str
    deed: str
    source: str
    who: str
    at: str
    undoes: str | None = None
    undoable: bool = True
    entries: list[Entry] = field(default_factory=list)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(salt: bytes, head: tuple[str, ...], before: str, after: str) -> bytes:
    return hashlib.sha256(salt + _canonical([*head, before, after]).encode()).digest()


def write(db: "Database", batch: Batch) -> None:
    """Append a batch and its entries; each link of the chain covers the one before and the salted digest."""
    db.conn.execute(
        "INSERT INTO batch (id, deed, source, who, at, undoable, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (batch.id, batch.deed, batch.source, batch.who, batch.at, int(batch.undoable), batch.undoes),
    )
    batch_head = (batch.id, batch.deed, batch.source, batch.who, batch.at)
    last, chain = _last(db)
    changes, values = [], []
    for number, entry in enumerate(batch.entries, last + 1):
        salt = secrets.token_bytes(16)
        head = (entry.kind, *entry.key, entry.operation, _canonical(entry.version))
        before, after = _canonical(_marked(entry.before, entry.was_deleted)), _canonical(entry.after)
        digest = _digest(salt, (*batch_head, *head), before, after)
        chain = hashlib.sha256(chain + digest).digest()
        changes.append((number, batch.id, *head, digest, chain))
        values.append((number, salt, before, after))
    db.conn.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", changes)
    db.conn.executemany("INSERT INTO change_value VALUES (?, ?, ?, ?)", values)
    number = last + len(changes)
    db.conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (HEAD, _canonical([number, chain.hex()])))


def _marked(before: Mapping[str, Value], was_deleted: bool) -> Mapping[str, Value]:
    """Note in the values before that the record was deleted, for an undo that must delete it again."""
    return {**before, "_deleted": True} if was_deleted else before


def _last(db: "Database") -> tuple[int, bytes]:
    """Return number and link of the last entry as they were kept: entries taken off the end must leave a gap."""
    if kept := db.conn.execute("SELECT value FROM setting WHERE name = ?", (HEAD,)).fetchone():
        number, chain = json.loads(kept[0])
        return number, bytes.fromhex(chain)
    row = db.conn.execute("SELECT number, chain FROM change ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def verify(db: "Database") -> bool:
    """Tell whether the chain holds to its kept end and every value still there matches its digest."""
    chain, count = GENESIS, 0
    for number, digest, link, salt, before, after, *head in _links(db):
        chain, count = hashlib.sha256(chain + digest).digest(), count + 1
        kept = salt is None or _digest(salt, tuple(head), before, after) == digest
        if link != chain or number != count or not kept:
            return False
    end = db.conn.execute("SELECT value FROM setting WHERE name = ?", (HEAD,)).fetchone()
    return end is None if not count else end is not None and end[0] == _canonical([count, chain.hex()])


def _links(db: "Database") -> Iterator[tuple]:  # type: ignore[type-arg]  # a row of mixed columns
    return db.conn.execute(
        "SELECT c.number, c.digest, c.chain, v.salt, v.before, v.after,"
        " b.id, b.deed, b.source, b.who, b.at, c.kind, c.owner, c.id, c.operation, c.version"
        " FROM change c JOIN batch b ON b.id = c.batch LEFT JOIN change_value v USING (number) ORDER BY c.number"
    )
