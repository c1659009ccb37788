"""What a workspace keeps about its exchange with others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_sync(db: "Database") -> None:
    """Create the local tables of devices, packages and results, each with one row an identity."""
    for statement in (
        """CREATE TABLE "device" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "device" TEXT, "role" TEXT,
            "office_name" TEXT, "signing_key" TEXT, "recipient" TEXT, "request_hash" TEXT,
            "grant_incarnation" INTEGER, "grant_number" INTEGER, "enrolled_at" TEXT, "confirmed" INTEGER,
            "superseded" INTEGER, "revoked" INTEGER, "minimum_reader" INTEGER, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "package" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "direction" TEXT, "type" TEXT, "unit" TEXT,
            "device" TEXT, "epoch" TEXT, "incarnation" INTEGER, "sequence" INTEGER, "previous" TEXT,
            "digest" TEXT, "low" INTEGER, "high" INTEGER, "rows" INTEGER, "accepted" INTEGER,
            "acknowledged" INTEGER, "gaps" TEXT, "mark" INTEGER, "seen_incarnation" INTEGER,
            "seen_number" INTEGER, "columns" TEXT, "state_count" INTEGER, "state_digest" TEXT,
            "verified" INTEGER, "quarantined" TEXT, "file_name" TEXT, "at" TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "result" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "kind" TEXT, "record" TEXT, "version" TEXT,
            "outcome" TEXT, "field" TEXT, "message" TEXT, "incarnation" INTEGER, "receipt" INTEGER,
            PRIMARY KEY (owner, id)
        ) STRICT""",
        'CREATE UNIQUE INDEX device_identity ON "device" (unit, device)',
        'CREATE UNIQUE INDEX package_identity ON "package" (direction, type, unit, epoch, sequence, digest)',
        'CREATE UNIQUE INDEX result_identity ON "result" (unit, kind, record)',
        'CREATE INDEX result_record ON "result" (record)',
    ):
        db.execute(statement)
