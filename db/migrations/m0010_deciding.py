"""What people decide about in an exchange, and what an undone receiving needs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_deciding(db: "Database") -> None:
    """Create the local tables of conflicts, verdicts, corrections, confirmations and images; packages tell more."""
    for column in ('"made_at" TEXT', '"period" TEXT', '"zero" INTEGER', '"batch" TEXT', '"forked" TEXT'):
        db.execute(f'ALTER TABLE "package" ADD COLUMN {column}')
    for statement in (
        """CREATE TABLE "conflict" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "kind" TEXT, "record" TEXT, "field" TEXT,
            "base" TEXT, "held" TEXT, "held_version" TEXT, "held_at" TEXT, "other" TEXT, "other_version" TEXT,
            "other_at" TEXT, "found_at" TEXT, "state" TEXT, "decision" TEXT, "reason" TEXT,
            "decided_at" TEXT, "decided_by" TEXT, "correction" TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "verdict" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "rule" TEXT, "kind" TEXT, "first" TEXT, "second" TEXT,
            "outcome" TEXT, "unit" TEXT, "reason" TEXT, "decided_at" TEXT, "decided_by" TEXT,
            PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "correction" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "correction" TEXT, "unit" TEXT, "ledger" TEXT, "kind" TEXT,
            "record" TEXT, "row" TEXT, "field" TEXT, "old" TEXT, "new" TEXT, "reason" TEXT, "due" TEXT,
            "at" TEXT, "by" TEXT, "state" TEXT, "answer" TEXT, "answered_at" TEXT, "answered_by" TEXT,
            "told" INTEGER, "incarnation" INTEGER, "sequence" INTEGER, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "confirmation" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit" TEXT, "kind" TEXT, "record" TEXT, "epoch" TEXT,
            "version" TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "image" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "batch" TEXT, "unit" TEXT, "kind" TEXT, "record" TEXT,
            "version" TEXT, "before" TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        'CREATE UNIQUE INDEX conflict_identity ON "conflict" (unit, kind, record, other_version, field)',
        'CREATE INDEX conflict_record ON "conflict" (record)',
        'CREATE UNIQUE INDEX verdict_identity ON "verdict" (rule, kind, first, second)',
        'CREATE UNIQUE INDEX correction_identity ON "correction" (correction)',
        'CREATE INDEX correction_record ON "correction" (record)',
        'CREATE UNIQUE INDEX confirmation_identity ON "confirmation" (unit, kind, record, epoch)',
        'CREATE UNIQUE INDEX image_identity ON "image" (batch, kind, record)',
    ):
        db.execute(statement)
