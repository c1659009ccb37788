"""Institutions and their years, people and their certificates, training classes and attendance."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_registries(db: "Database") -> None:
    """Create the tables of the ledgers institution, training and person."""
    for statement in (
        """CREATE TABLE "institution" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "town_code" TEXT,
            "institution_name" TEXT, "uscc" TEXT, "short_name" TEXT, "org_form" TEXT,
            "operating_status" TEXT, "is_branch" INTEGER, "parent_name" TEXT, "parent_uscc" TEXT,
            "legal_rep" TEXT, "reg_capital_wan" REAL, "found_date" TEXT, "reg_address" TEXT,
            "office_address" TEXT, "service_forms" TEXT, "ip_objects" TEXT, "agency_code" TEXT,
            "trademark_filing_no" TEXT, "trademark_filing_valid_to" TEXT, "license_no" TEXT,
            "credit_grade" TEXT, "credit_score" REAL, "star_grade" TEXT, "honor" TEXT, "is_base" INTEGER,
            "contact_name" TEXT, "contact_phone" TEXT, "contact_email" TEXT, "website" TEXT,
            "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL,
            _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL,
            _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "institution_year" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "institution_id" TEXT, "stat_year" INTEGER,
            "revenue_total_wan" REAL, "revenue_ip_wan" REAL, "tax_wan" REAL, "client_count" INTEGER,
            "patent_filing_count" INTEGER, "trademark_filing_count" INTEGER,
            "guanbiao_advised_count" INTEGER, "staff_count" INTEGER, "ip_staff_count" INTEGER,
            "patent_agent_count" INTEGER, "trademark_agent_count" INTEGER, "lawyer_count" INTEGER,
            "bachelor_up_count" INTEGER, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL,
            _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "person" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "name" TEXT, "gender" TEXT,
            "birth_ym" TEXT, "id_no" TEXT, "category" TEXT, "education" TEXT, "degree" TEXT,
            "school" TEXT, "major" TEXT, "employer_name" TEXT, "employer_uscc" TEXT, "department" TEXT,
            "position" TEXT, "title_code" TEXT, "title_date" TEXT, "is_fulltime" TEXT,
            "ip_years" INTEGER, "agency_code" TEXT, "talent_program" TEXT, "talent_program_year" INTEGER,
            "in_service" TEXT, "mobile" TEXT, "email" TEXT, "mail_address" TEXT, "consent_date" TEXT,
            "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL,
            _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL,
            _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "person_certificate" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "person_id" TEXT, "cert_type" TEXT, "cert_no" TEXT,
            "cert_date" TEXT, "cert_valid_to" TEXT, "agent_practice_no" TEXT, _inc INTEGER NOT NULL,
            _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "training" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "course_name" TEXT, "course_no" TEXT,
            "organizer" TEXT, "training_type" TEXT, "training_mode" TEXT, "start_date" TEXT,
            "end_date" TEXT, "place" TEXT, "collects_id_no" INTEGER, _inc INTEGER NOT NULL,
            _epoch TEXT NOT NULL, _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "attendance" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "training_id" TEXT, "person_id" TEXT, "hours" REAL,
            "sign_in" INTEGER, "assessment_result" TEXT, "score" REAL, "certificate_no" TEXT,
            "consent_date" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL,
            _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL,
            _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        'CREATE INDEX institution_uscc ON "institution" (uscc, owner)',
        'CREATE INDEX institution_lsn ON "institution" (_lsn, owner)',
        'CREATE INDEX institution_year_of ON "institution_year" (institution_id, owner)',
        'CREATE INDEX institution_year_lsn ON "institution_year" (_lsn, owner)',
        'CREATE INDEX person_name ON "person" (name, owner)',
        'CREATE INDEX person_id_no ON "person" (id_no, owner)',
        'CREATE INDEX person_mobile ON "person" (mobile, owner)',
        'CREATE INDEX person_lsn ON "person" (_lsn, owner)',
        'CREATE INDEX person_certificate_of ON "person_certificate" (person_id, owner)',
        'CREATE INDEX person_certificate_lsn ON "person_certificate" (_lsn, owner)',
        'CREATE INDEX training_name ON "training" (course_name, owner)',
        'CREATE INDEX training_lsn ON "training" (_lsn, owner)',
        'CREATE INDEX attendance_person ON "attendance" (person_id, owner)',
        'CREATE INDEX attendance_training ON "attendance" (training_id, owner)',
        'CREATE INDEX attendance_lsn ON "attendance" (_lsn, owner)',
    ):
        db.execute(statement)
