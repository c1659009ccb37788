"""Enterprises, cases and subsidies."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_guanbiao(db: "Database") -> None:
    """Create the three tables of the 贯标 ledger."""
    for statement in (
        """CREATE TABLE "enterprise" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "unit_code" TEXT, "town_code" TEXT,
            "enterprise_name" TEXT, "uscc" TEXT, "former_names" TEXT, "legal_rep" TEXT, "reg_address" TEXT,
            "mail_address" TEXT, "postcode" TEXT, "stat_county_code" TEXT, "reg_capital_wan" REAL,
            "found_date" TEXT, "ownership_type" TEXT, "scale" TEXT, "industry_code" TEXT,
            "plan_industry" TEXT, "is_hightech" INTEGER, "is_zjtx" INTEGER, "is_listed" TEXT,
            "ip_demo_level" TEXT, "staff_count" INTEGER, "rd_staff_count" INTEGER, "ip_staff_count" INTEGER,
            "invention_patent_count" INTEGER, "patent_count" INTEGER, "trademark_count" INTEGER,
            "bank_name" TEXT, "bank_account" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL,
            _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0,
            _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "case" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "enterprise_id" TEXT, "case_no" TEXT, "stage" TEXT,
            "standard_code" TEXT, "track" TEXT, "filing_date" TEXT, "filing_no" TEXT, "filing_batch" TEXT,
            "start_date" TEXT, "advisor_name" TEXT, "advisor_uscc" TEXT, "run_start_date" TEXT,
            "internal_audit_date" TEXT, "mgmt_review_date" TEXT, "first_pass_date" TEXT, "pass_basis" TEXT,
            "cert_body" TEXT, "cert_no" TEXT, "cert_issue_date" TEXT, "cert_valid_to" TEXT,
            "cert_status" TEXT, "status_date" TEXT, "cert_scope" TEXT, "eval_result" TEXT,
            "eval_apply_date" TEXT, "eval_date" TEXT, "eval_doc_no" TEXT, "surveil_1_date" TEXT,
            "surveil_1_result" TEXT, "surveil_2_date" TEXT, "surveil_2_result" TEXT, "transition_date" TEXT,
            "recert_date" TEXT, "new_cert_no" TEXT, "contact_name" TEXT, "contact_phone" TEXT,
            "contact_email" TEXT, "remark" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL,
            _ver INTEGER NOT NULL, _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0,
            _at TEXT NOT NULL, _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        """CREATE TABLE "subsidy" (
            owner TEXT NOT NULL, id TEXT NOT NULL, "case_id" TEXT, "subsidy_year" INTEGER,
            "subsidy_level" TEXT, "subsidy_amount_wan" REAL, "subsidy_doc_no" TEXT, "cert_fee_wan" REAL,
            "invoice_no" TEXT, _inc INTEGER NOT NULL, _epoch TEXT NOT NULL, _ver INTEGER NOT NULL,
            _prev TEXT, _lsn INTEGER NOT NULL, _deleted INTEGER NOT NULL DEFAULT 0, _at TEXT NOT NULL,
            _extra TEXT, PRIMARY KEY (owner, id)
        ) STRICT""",
        'CREATE INDEX enterprise_uscc ON "enterprise" (uscc, owner)',
        'CREATE INDEX enterprise_lsn ON "enterprise" (_lsn, owner)',
        'CREATE INDEX case_enterprise ON "case" (enterprise_id, owner)',
        'CREATE INDEX case_lsn ON "case" (_lsn, owner)',
        'CREATE INDEX case_cert ON "case" (cert_no)',
        'CREATE INDEX subsidy_case ON "subsidy" (case_id, owner)',
        'CREATE INDEX subsidy_lsn ON "subsidy" (_lsn, owner)',
    ):
        db.execute(statement)
