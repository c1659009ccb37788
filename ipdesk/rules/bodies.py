"""Check who somebody is: where registered, by whom, and who may not be both adviser and certifier."""

import re
from datetime import date

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Values
from ipdesk.rules.base import Rule, Told, told
from ipdesk.text import company

# What a credit code begins with, by the form of an institution (rule V04, column algorithm).
_STARTS: dict[str, tuple[str, ...]] = {
    "IT1": ("91", "93"),
    "IT2": ("91", "31"),
    "IT3": ("31",),
    "IT4": ("1",),
    "IT5": ("5",),
    "IT6": ("92",),
}
_BRANCHES = ("IT7", "IT8")
_OFFICES = "1359"  # 编办、司法、民政、市场监管


def _registration(values: Values, _today: date) -> Told:
    """Rule V03: the place in the code is not the unit reported to; a hint only."""
    code, unit = told(values, "uscc"), code_table("regions").get(told(values, "unit_code"))
    if not code or not unit or unit.attributes["unit_type"] == "市本级":
        return
    if code[2:8] not in {unit.code, *re.split("[;；]", unit.attributes["alias_codes"])}:
        place = code_table("regions").find(code[2:8])
        where = code_table("regions").label(place) if place else code[2:8]
        yield "uscc", f"信用代码登记地为{where}，归口单位为{unit.name}，请确认是否迁址或功能区企业"


def _enterprise(values: Values, _today: date) -> Told:
    """Rule V04: what registers itself elsewhere than as an enterprise (91)."""
    code = told(values, "uscc")
    if code and not code.startswith("91"):
        yield "uscc", "该代码不是企业法人（91开头），请确认"


def _institution(values: Values, _today: date) -> Told:
    """Rule V04 for institutions, many of which are law firms or offices: the code should fit the form it says."""
    code, form = told(values, "uscc"), told(values, "org_form")
    starts = _STARTS.get(form, tuple(_OFFICES))
    if code and not code.startswith(starts):
        shown = code_table("institution.org_form").label(form) if form in _STARTS else "服务机构"
        yield "uscc", f"{shown}的信用代码一般以{'或'.join(starts)}开头，请确认代码和机构性质"


def _adviser(values: Values, _today: date) -> Told:
    """《知识产权认证管理办法》: who certifies must not have advised."""
    adviser, body = told(values, "advisor_name"), told(values, "cert_body")
    bodies = code_table("cert_bodies")
    if adviser and body and (company(adviser) == company(bodies.label(body)) or bodies.find(adviser) == body):
        yield "advisor_name", "辅导机构与认证机构是同一家，认证机构不得从事认证的咨询辅导，请核对"


def _branch(values: Values, _today: date) -> Told:
    """institution_categories.csv: a branch has the credit code of what it is a branch of."""
    is_branch = values.get("is_branch") is True or told(values, "org_form") in _BRANCHES
    if is_branch and not told(values, "parent_uscc"):
        yield "parent_uscc", "分支机构须填上级机构的统一社会信用代码，请补上"


RULES = (
    Rule("V03", ("uscc", "unit_code"), _registration),
    Rule("V04", ("uscc",), _enterprise, "enterprise"),
    Rule("V04", ("uscc",), _institution, "institution"),
    Rule("branch", ("is_branch", "org_form", "parent_uscc"), _branch),
    Rule("advisor", ("advisor_name", "cert_body"), _adviser),
)
