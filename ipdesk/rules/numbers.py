"""Check numbers by themselves: codes inside codes, patents, trademarks, certificates, telephones."""

import re
from datetime import date

from ipdesk.codes import rule_pattern
from ipdesk.kinds.declare import Values
from ipdesk.rules.base import Rule, Told, told

_MOBILE = re.compile(r"1\d{10}")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_AGENTS = (None, "CT1", "CT2")  # 专利代理师资格证, 执业证: the others number as they like


def organisation_digit(code: str) -> str:
    """Return the check character of the first eight characters of a 组织机构代码 (GB 11714-1997)."""
    total = sum(int(char, 36) * weight for char, weight in zip(code[:8], _WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def is_organisation(code: str) -> bool:
    """Tell whether nine characters, with or without a stroke, are a 组织机构代码 (rule V02)."""
    plain = code.replace("-", "").upper()
    return bool(re.fullmatch(r"[0-9A-Z]{8}[0-9X]", plain)) and organisation_digit(plain) == plain[8]


def patent_digit(digits: str) -> str:
    """Return the check digit of a patent number of eight or twelve digits: weights 2 to 9 in turn, modulo 11."""
    rest = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(digits)) % 11
    return "X" if rest == 10 else str(rest)


def is_patent(number: str) -> bool:
    """Tell whether a patent number has its right check digit (rule V17); ZL, the point and spaces may be absent."""
    plain = re.sub(r"\s", "", number).upper().removeprefix("CN")
    found = rule_pattern("V17").fullmatch(plain)
    return bool(found) and patent_digit(found[2]) == plain[-1] if found else False


def is_trademark(number: str) -> bool:
    """Tell whether a registration number looks as trademarks' do (rule V18): 5 to 9 figures, or G for Madrid."""
    return bool(rule_pattern("V18").fullmatch(re.sub(r"[\s第号]", "", number).upper()))


def _organisation(values: Values, _today: date) -> Told:
    """Rule V02: characters 9 to 17 of a credit code are a 组织机构代码 with a check digit of its own."""
    code = told(values, "uscc")
    if len(code) == 18 and not is_organisation(code[8:17]):
        yield "uscc", "信用代码第9-17位的内部校验不符，多为抄写错误，请与营业执照核对"


def phones(names: tuple[str, ...]) -> Rule:
    """Return rule V07 for some fields: a number that is no mobile should look like 0515-8xxxxxxx."""

    def find(values: Values, _today: date) -> Told:
        for name in names:
            for number in filter(None, told(values, name).split("、")):
                if not _MOBILE.fullmatch(number) and not rule_pattern("V07").fullmatch(number):
                    yield name, "电话格式少见，固定电话建议写成 0515-8xxxxxxx"

    return Rule("V07", names, find)


def _agency(values: Values, _today: date) -> Told:
    """Rule V08: five figures, the first two of them the province; a branch of another's has another province's."""
    code = told(values, "agency_code")
    if code and not rule_pattern("V08").fullmatch(code):
        yield "agency_code", "专利代理机构代码应为5位数字（江苏以32开头），请核对"


def _agent(values: Values, _today: date) -> Told:
    """Rule V09: a patent agent's certificate of an uncommon form; a hint only, new forms are not published."""
    names = ("cert_no",) if values.get("cert_type") in _AGENTS else ()
    for name in (*names, "agent_practice_no"):
        number = told(values, name)
        if number and not rule_pattern("V09").fullmatch(number):
            yield name, "证书号格式与常见格式（资格证7位、执业证11位数字）不符，请与证书核对"


def _certificate(values: Values, _today: date) -> Told:
    """Rule V10: a certificate number of an uncommon form; a hint only."""
    number = told(values, "cert_no")
    if number and not rule_pattern("V10").fullmatch(number.upper()):
        yield "cert_no", "证书号格式少见，请与证书扫描件核对"


def _patent(values: Values, _today: date) -> Told:
    """Rule V17: the check digit of a patent number."""
    if (number := told(values, "patent_no")) and not is_patent(number):
        yield "patent_no", "专利号校验位不符，请与专利证书核对"


def _trademark(values: Values, _today: date) -> Told:
    """Rule V18: a trademark number of an uncommon form; a hint only."""
    if (number := told(values, "trademark_no")) and not is_trademark(number):
        yield "trademark_no", "商标注册号格式少见，请与注册证核对"


RULES = (
    Rule("V02", ("uscc",), _organisation),
    Rule("V08", ("agency_code",), _agency),
    Rule("V09", ("cert_type", "cert_no"), _agent, "person_certificate"),
    Rule("V10", ("cert_no",), _certificate, "case"),
    Rule("V17", ("patent_no",), _patent),
    Rule("V18", ("trademark_no",), _trademark),
)
