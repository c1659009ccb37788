"""The reason for which a credit code stands though its check digit is wrong (rule V01, grade reason)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_reasons(db: "Database") -> None:
    """Add the column to those who have a credit code of their own."""
    for table in ("enterprise", "institution"):
        db.execute(f'ALTER TABLE "{table}" ADD COLUMN "uscc_reason" TEXT')
