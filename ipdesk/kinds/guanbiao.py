"""The ledger guanbiao: the flat view of enterprise, case and subsidy that clerks know, and what it works out."""

from datetime import date

from ipdesk.fields import Value
from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import Ledger, Part, Values
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.sections import AFTER, BASIC, CASE_PART, CERT, CONTACT, MONEY, PROFILE
from ipdesk.kinds.subsidy import SUBSIDY

TRANSITION_END = date(2025, 12, 31)  # 国家认监委 2023 年第 27 号公告: the last day of the 2013 edition
VALID, EXPIRED, OLD_EDITION = "CS1", "CS5", "CS6"


def certificate_state(values: Values, today: date) -> Value:
    """Return what has become of a certificate said to be valid: 过期失效 or 旧版未换版 (stages.csv, derived)."""
    if values.get("cert_status") not in (None, VALID):
        return None
    until = str(values.get("cert_valid_to") or "")
    if until and until < today.isoformat()[: len(until)]:
        return EXPIRED
    is_old = values.get("standard_code") == "SD1" and values.get("cert_status") == VALID
    return OLD_EDITION if is_old and today > TRANSITION_END else None


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
    derived={"_cert_status": certificate_state},
    groups="认证|证书|获证|发证|颁证|取证|贯标|体系|备案|绩效|评价|验收|补助|补贴|奖补|奖励|资助|资金|财政|扶持"
    "|监督|审核|证后|管理|内审|管评|内部|评审|知识产权|标准|规范|合规|辅导|咨询|服务|机构|系统|平台|换版|转版|再"
    "|启动|运行|第三方|通过|达标|首次|年审|专利|商标|拥有|GB|29490",
)
