"""A new record in the likeness of another."""

from ipdesk.actions.copying import copied
from ipdesk.kinds import catalogue


def test_what_makes_a_record_its_own_is_not_copied() -> None:
    values = {
        "enterprise_name": "东台锦盛新材料有限公司",
        "uscc": "91320981MABJ1XG60Q",
        "uscc_reason": "老代码",
        "contact_name": "卢华",
        "contact_phone": "13900000000",
        "cert_no": "165IP235744R0M",
        "stage": "ST15",
        "town_code": "320981115",
        "unit_code": "320981",
        "remark": None,
    }
    told = copied(catalogue().ledger("guanbiao"), values)
    assert {"stage", "town_code", "unit_code"} <= set(told)
    assert not {"enterprise_name", "uscc", "uscc_reason", "contact_phone", "cert_no", "remark"} & set(told)


def test_numbers_that_papers_bear_are_not_copied() -> None:
    values = {
        "name": "姚喆芳",
        "cert_type": "CT1",
        "cert_no": "0001",
        "employer_name": "东台大卓生物科技有限公司",
    }
    told = copied(catalogue().ledger("person"), values)
    assert set(told) == {"cert_type", "employer_name"}
