"""What a workspace keeps about its exchange with others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_sync(db: "Database") -> None:
    """Create the local tables of devices, packages and results."""
    for statement in (
        """CREATE TABLE "device" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "device" TEXT, "role" TEXT,
            "office_name" TEXT, "signing_key" TEXT, "recipient" TEXT, "request_hash" TEXT,
            "grant_number" INTEGER, "superseded" INTEGER, "revoked" INTEGER, "incarnation" INTEGER,
            "epoch" TEXT, "acknowledged" INTEGER, "receipt_seen" TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "package" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "direction" TEXT, "unit" TEXT, "epoch" TEXT,
            "incarnation" INTEGER, "sequence" INTEGER, "low" INTEGER, "high" INTEGER, "digest" TEXT,
            "file_name" TEXT, "at" TEXT, "accepted" INTEGER, "quarantined" TEXT, "state_digest" TEXT,
            PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "result" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "kind" TEXT, "record" TEXT, "version" TEXT,
            "outcome" TEXT, "message" TEXT, "receipt" INTEGER, PRIMARY KEY (owner, id)
        ) STRICT""",
        "CREATE INDEX result_record ON \"result\" (record)",
        "CREATE INDEX package_life ON \"package\" (unit, epoch, sequence)",
    ):
        db.execute(statement)
