"""The ledger guanbiao: the flat view of enterprise, case and subsidy that clerks know, and what it works out."""

from ipdesk import lifecycle
from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.sections import AFTER, BASIC, CASE_PART, CERT, CONTACT, MONEY, PROFILE
from ipdesk.kinds.subsidy import SUBSIDY

GUANBIAO = Ledger(
    "guanbiao",
    "贯标企业台账",
    root=CASE,
    parts=(Part(ENTERPRISE, up="enterprise_id"), Part(SUBSIDY, down="case_id", newest="subsidy_year")),
    name_field="enterprise_name",
    key_field="uscc",
    search=(
        "enterprise_name",
        "uscc",
        "contact_name",
        "contact_phone",
        "advisor_name",
        "cert_no",
        "former_names",
    ),
    sections=(BASIC, CASE_PART, CERT, AFTER, MONEY, CONTACT, PROFILE),
    order=("unit_code", "town_code", "enterprise_name", "uscc", "stage", "standard_code", "track"),
    last=("contact_name", "contact_phone", "contact_email", "remark"),
    ignored={"seq": ("序号", "编号", "序", "NO.", "No", "序列号", "项次", "顺序号")},
    unique={"cert_no": "V12"},
    derived={
        "_cert_status": lifecycle.certificate_state,
        "_due": lifecycle.due_day,
        "_due_what": lifecycle.due_what,
        "_edition": lifecycle.edition_flag,
        "_simplified": lifecycle.shown_state,
        "_track": lifecycle.shown_track,
    },
)
