"""The ledger guanbiao: the flat view of enterprise, case and subsidy that clerks know, and what it works out."""

from datetime import date

from ipdesk import lifecycle
from ipdesk.fields import Coded, Date, Offered, Value
from ipdesk.kinds import wordings
from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import GATHERED, Gather, Ledger, Part, State, Values
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.sections import AFTER, BASIC, CASE_PART, CERT, CONTACT, MONEY, PROFILE
from ipdesk.kinds.subsidy import SUBSIDY
from ipdesk.required import lacking


def _words(*words: str) -> Offered:
    return Offered(tuple((word, word) for word in words))


def lacking_documents(values: Values, _today: date) -> Value:
    """Return the codes of the documents that a case needs and lacks; gathered are those it has."""
    held = values.get(GATHERED)
    absent = lacking(values, held if isinstance(held, tuple) else ())
    return tuple(document.code for document in absent) or None


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
        "_cert_status": State(
            "证书失效情况",
            lifecycle.certificate_state,
            Offered(((lifecycle.EXPIRED, "过期失效"), (lifecycle.OLD_EDITION, "旧版未换版"))),
        ),
        "_due": State("下一次办理的期限", lifecycle.due_day, Date()),
        "_due_what": State("下一次办理", lifecycle.due_what, _words("第1次监督", "第2次监督", "再认证")),
        "_edition": State(
            "换版提醒", lifecycle.edition_flag, _words(lifecycle.TO_CONVERT, lifecycle.UNCONVERTED)
        ),
        "_simplified": State(
            "贯标状态（四类）",
            lifecycle.shown_state,
            _words(lifecycle.CERTIFIED, lifecycle.EVALUATED, lifecycle.STARTED, lifecycle.NOT_STARTED),
        ),
        "_track": State(
            "推算的途径", lifecycle.shown_track, _words(lifecycle.CERTIFICATION, lifecycle.EVALUATION)
        ),
    },
    gathered={
        "_documents": State(
            "缺少的必备材料",
            lacking_documents,
            Coded(table="documents"),
            Gather("document", "record_id", "doc_code"),
        ),
    },
    groups="认证|证书|获证|发证|颁证|取证|贯标|体系|备案|绩效|评价|验收|补助|补贴|奖补|奖励|资助|资金|财政|扶持"
    "|监督|审核|证后|管理|内审|管评|内部|评审|知识产权|标准|规范|合规|辅导|咨询|服务|机构|系统|平台|换版|转版|再"
    "|启动|运行|第三方|通过|达标|首次|年审|专利|商标|拥有|GB|29490",
    says=wordings.GUANBIAO,
    neutral=wordings.NEUTRAL_GUANBIAO,
    leading=("贯标", "认证"),
    strangers="两化融合|能源管理|质量管理|环境管理|职业健康|数据管理能力|高新技术企业|专精特新|ISO|DCMM|质押|计划",
)
