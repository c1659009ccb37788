"""Settings and the change log: what every store has before any kind."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_ground(db: "Database") -> None:
    """Create settings, batches, and the log whose chain runs over salted digests beside erasable values."""
    for statement in (
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE batch (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, deed TEXT NOT NULL, source TEXT NOT NULL,
            who TEXT NOT NULL, at TEXT NOT NULL, undoable INTEGER NOT NULL, undoes TEXT, undone_by TEXT
        ) STRICT""",
        """CREATE TABLE change (
            number INTEGER PRIMARY KEY, batch TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
            id TEXT NOT NULL, operation TEXT NOT NULL, version TEXT NOT NULL, digest BLOB NOT NULL, chain BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX change_record ON change (id, kind)",
        "CREATE INDEX change_batch ON change (batch)",
        """CREATE TABLE change_value (
            number INTEGER PRIMARY KEY, salt BLOB NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)
