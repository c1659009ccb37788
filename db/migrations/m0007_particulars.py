"""What domain.md and stages.csv ask for besides the heads of sheets: classes, suspension, main business."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_particulars(db: "Database") -> None:
    """Add the columns."""
    for table, column, storage in (
        ("enterprise", "has_city_subsidy", "INTEGER"),
        ("case", "status_until", "TEXT"),
        ("institution", "main_form", "TEXT"),
        ("institution_year", "reported_at", "TEXT"),
        ("training", "planned_count", "INTEGER"),
        ("training", "notice_no", "TEXT"),
        ("training", "class_hours", "REAL"),
        ("training", "teachers", "TEXT"),
    ):
        db.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {storage}')
