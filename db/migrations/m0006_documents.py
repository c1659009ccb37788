"""Attachments: their records, and the key under which their contents lie beside the store."""

import json
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_documents(db: "Database") -> None:
    """Create the table of attachments and a random key for their contents, which every copy of the store keeps."""
    for statement in (
        """CREATE TABLE "document" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "record_kind" TEXT, "record_id" TEXT, "doc_code" TEXT,
            "file_name" TEXT, "sha256" TEXT, "size" INTEGER, "media_type" TEXT, "added_at" TEXT,
            _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT,
            _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT,
            PRIMARY KEY (owner, id)
        ) STRICT""",
        'CREATE INDEX document_of ON "document" (record_id, owner)',
        'CREATE INDEX document_content ON "document" (sha256)',
        'CREATE INDEX document_lsn ON "document" (_lsn, owner)',
    ):
        db.execute(statement)
    key = json.dumps({"key": secrets.token_hex(32)})
    db.execute("INSERT INTO setting (name, value) VALUES ('attachments', ?)", [key])
