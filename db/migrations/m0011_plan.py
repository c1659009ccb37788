"""Indicators, targets and periods, tasks and supervision, the networks, policies and strong counties."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_plan(db: "Database") -> None:
    """Create the tables of the plan's ledgers."""
    for statement in (
        """CREATE TABLE "indicator_value" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "indicator_code" TEXT, "period"
            TEXT, "item" TEXT, "measure" TEXT, "value" REAL, "total" REAL, "numerator" REAL, "denominator"
            REAL,
            "fall_reason" TEXT, "source" TEXT, "definition_version" TEXT, "evidence" TEXT, "reporter"
            TEXT, "reviewer" TEXT, "reviewed_at" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch
            TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER
            NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "target" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "indicator_code" TEXT,
            "target_year" INTEGER, "target_value" REAL, "measure" TEXT, "target_source" TEXT, "doc_no" TEXT,
            "set_date" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER
            NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT
            NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "period_report" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "period" TEXT, "report_state"
            TEXT, "is_zero" INTEGER, "submitted_at" TEXT, "reporter" TEXT, "reviewer" TEXT,
            "submission" INTEGER, "withdrawn_for" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT
            NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn
            INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT,
            PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "task" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "task_code" TEXT, "task_kind"
            TEXT, "title" TEXT, "local_measures" TEXT, "departments" TEXT, "person_in_charge" TEXT,
            "due_date" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER
            NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT
            NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "task_progress" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "task_code" TEXT, "period" TEXT,
            "task_state" TEXT, "progress" TEXT, "percent" INTEGER, "evidence" TEXT, "difficulty" TEXT,
            "reporter" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER
            NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT
            NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "supervision" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "slip_no" TEXT, "subject" TEXT,
            "task_code" TEXT, "indicator_code" TEXT, "problem" TEXT, "demand" TEXT, "issuer" TEXT,
            "issued_date" TEXT, "deadline" TEXT, "reply_date" TEXT, "reply" TEXT, "evidence" TEXT,
            "closed_date" TEXT, "closing_note" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT
            NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT
            NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "station" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "town_code" TEXT, "station_name"
            TEXT, "station_kind" TEXT, "station_level" TEXT, "built_date" TEXT, "upgraded_date" TEXT,
            "closed_date" TEXT, "host_name" TEXT, "address" TEXT, "doc_no" TEXT, "contact_name" TEXT,
            "contact_phone" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver
            INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0,
            _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "service_point" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "town_code" TEXT, "point_name"
            TEXT, "point_level" TEXT, "built_date" TEXT, "closed_date" TEXT, "host_name" TEXT,
            "services" TEXT, "address" TEXT, "doc_no" TEXT, "contact_name" TEXT, "contact_phone" TEXT,
            "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev
            TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL,
            _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "liaison" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "town_code" TEXT, "liaison_name"
            TEXT, "liaison_level" TEXT, "employer_name" TEXT, "position" TEXT, "appointed_date" TEXT,
            "left_date" TEXT, "is_fulltime" INTEGER, "contact_phone" TEXT, "remark" TEXT, _inc INTEGER
            NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner,
            id)
        ) STRICT""",
        """CREATE TABLE "policy" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "policy_name" TEXT, "doc_no"
            TEXT, "issuer" TEXT, "issued_date" TEXT, "clause" TEXT, "has_grant" INTEGER,
            "problem_type" TEXT, "measure" TEXT, "deadline" TEXT, "cancelled_date" TEXT, "closed_date"
            TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL,
            _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL,
            _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "strong_county" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "strong_status" TEXT, "doc_no"
            TEXT, "doc_date" TEXT, "term_from" TEXT, "term_to" TEXT, "remark" TEXT, _inc INTEGER NOT
            NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner,
            id)
        ) STRICT""",
    ):
        db.execute(statement)
