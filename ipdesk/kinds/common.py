"""Fields that several kinds declare alike: who reports, where somebody is, how to reach him."""

from ipdesk.fields import Coded, Date, Name, Number, PersonName, Phone, Text, Uscc
from ipdesk.kinds.declare import Field
from ipdesk.kinds.sections import heads

_UNITS = (
    "所属区县|县（市、区）|县市区|所在地区|归口单位|区县|县区|属地|地区|县市|报送单位(县市区)"
    "|所属县（市、区）|所在县（市、区）|所属县区|所在县区|所属地区|行政区划|推荐单位|上报单位"
    "|辖区|县（区）|县（市）区|归口县（市、区）|归口县区|县区市|行政区域|所在区县|区县名称|所在县市|所属县市"
    "|所属县市区|所在县市区|县、市、区|报送地区"
)
_PHONES = (
    "电话|手机号码|手机|办公电话|联系方式|手机号|电话号码|联系人电话|联系人手机|移动电话"
    "|联系手机|联系手机号|联系人手机号|联系人联系方式|联系人联系电话|单位电话|联系号码"
    "|联络电话|联络方式|联系人手机号码|经办人电话|经办人手机号码|经办人手机|联络员电话|固定电话|座机|办公室电话"
    "|对接人电话|手机/电话|电话/手机"
)
_EMAILS = "E-mail|电子邮箱|Email|电子邮件|邮箱地址|电子邮箱地址|联系邮箱|电邮|单位邮箱|联系人邮箱|电子信箱"


def _joined(*words: str) -> tuple[str, ...]:
    return tuple(word for some in words if some for word in heads(some))


def unit(section: str, column: int, more: str = "", *, printed: int = 0, help: str = "") -> Field:
    """Return the unit that a record counts for; ``more`` are further heads."""
    return Field(
        "unit_code",
        "报送单位",
        Coded(table="regions"),
        heads=_joined(_UNITS, more),
        head="unit_name",
        required=True,
        section=section,
        column=column,
        width=100,
        printed=printed,
        help=help,
    )


def town(section: str, words: str, *, cue: str = "", column: int = 0, printed: int = 0) -> Field:
    """Return the town or street within the unit."""
    return Field(
        "town_code",
        "所在镇（街道）",
        Coded(table="towns", scoped=True),
        heads=heads(words),
        head="town_name",
        cue=cue,
        section=section,
        column=column,
        width=110,
        printed=printed,
    )


def registered_name(name: str, label: str, section: str, words: str, help: str) -> Field:
    """Return the name by which a body is registered."""
    return Field(
        name,
        label,
        Name(),
        heads=heads(words),
        required=True,
        identifies=True,
        section=section,
        column=1,
        width=260,
        printed=1,
        help=help,
    )


def credit_code(section: str, words: str, *, reason_in: str, help: str = "") -> tuple[Field, Field]:
    """Return a body's own credit code, and the reason for which one may stand that fails its check (rule V01)."""
    code = Field(
        "uscc",
        "统一社会信用代码",
        Uscc(),
        heads=heads(words),
        required=True,
        identifies=True,
        section=section,
        column=2,
        width=176,
        printed=1,
        help=help,
        excused_by="uscc_reason",
    )
    reason = Field(
        "uscc_reason",
        "信用代码说明",
        Text(),
        heads=heads("代码说明|信用代码校验说明"),
        section=reason_in,
        width=150,
        help="执照上的代码通不过校验时，在这里写明原因",
    )
    return code, reason


def registered_address(section: str, words: str) -> Field:
    """Return the address on the licence."""
    return Field("reg_address", "注册地址", Text(), heads=heads(words), section=section, width=200)


def mail_address(section: str, more: str = "") -> Field:
    """Return where letters go."""
    words = _joined("联系地址|邮寄地址", more)
    return Field("mail_address", "通讯地址", Text(), heads=words, section=section, width=200)


def capital(section: str, more: str = "") -> Field:
    """Return the registered capital."""
    words = _joined("注册资本|注册资金|注册资本(万元)", more)
    return Field("reg_capital_wan", "注册资本（万元）", Number(measure="万元"), heads=words, section=section)


def founded(section: str, words: str) -> Field:
    """Return the day of foundation."""
    return Field("found_date", "成立日期", Date(), heads=heads(words), section=section)


def contact(section: str, words: str, *, column: int, printed: int) -> Field:
    """Return whom to ask."""
    return Field(
        "contact_name",
        "联系人",
        PersonName(several=True),
        heads=heads(words),
        section=section,
        column=column,
        width=84,
        printed=printed,
    )


def phone(section: str, more: str = "", *, cue: str = "", column: int, printed: int) -> Field:
    """Return the number of whom to ask."""
    return Field(
        "contact_phone",
        "联系电话",
        Phone(),
        heads=_joined(_PHONES, more),
        cue=cue,
        section=section,
        column=column,
        width=120,
        printed=printed,
    )


def email(section: str, more: str = "", *, name: str = "contact_email") -> Field:
    """Return an address of electronic mail."""
    return Field(name, "邮箱", Text(), heads=_joined(_EMAILS, more), section=section)


def remark(section: str, more: str = "") -> Field:
    """Return what else there is to say."""
    words = _joined(
        "说明|备注说明|其他说明|其他需要说明的情况|备注信息|情况说明|补充说明|其他情况|需要说明的情况", more
    )
    return Field("remark", "备注", Text(long=True), heads=words, section=section)
