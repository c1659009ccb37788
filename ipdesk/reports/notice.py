"""What the 个人信息告知书 of a training class says, after the Personal Information Protection Law (个人信息保护法).

Open rules and purpose are told (art. 7), the ground (art. 13 (1) 3: an organ's statutory duty), who handles what for
which purpose, how long it is kept and how rights are used (art. 17), how long at most (art. 19), who receives it
(art. 23), why an identity number is needed and what that means for the person, who is asked for it apart
(arts. 28-30), that organs tell it too (art. 35), and the rights: to know, decide, restrict and refuse (art. 44), see
and copy (art. 45), correct (art. 46), have deleted (art. 47); consent can be taken back (art. 15) and reasons are
given (art. 50).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.reports.letter import Letter, Slot
from ipdesk.reports.table import chinese_date

NAME, TITLE = "notice", "个人信息告知书"
BLANK, BLANK_DAY = "＿＿＿＿＿＿", "　　年　　月　　日"
CITY_OFFICE = "盐城市知识产权局"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who is told: name, employer, and the ISO date on which it was done, if it was."""

    name: str
    employer: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an office adds by itself: whom to ask, and for how many years it is kept (0: left to be written)."""

    contact: str = ""
    years: int = 0


@dataclass(frozen=True, slots=True)
class Class:
    """A training class as the notice names it; ``fields`` are the labels of what is collected from each person."""

    name: str
    start: str
    place: str
    fields: Sequence[str]
    collects_id_no: bool
    attendees: Sequence[Attendee]


def notice(
    course: Class, office: str, terms: Terms, *, is_city: bool = False, day: date | None = None
) -> Letter:
    """Return the notice of a class; ``day`` is when it is told, none leaves it to be written."""
    return Letter(
        TITLE,
        office,
        f"参加“{course.name}”{_when(course)}的学员：",
        tuple(_paragraphs(course, office, terms, is_city)),
        (office, chinese_date(day) if day else BLANK_DAY),
        _slots(course),
        [_row(number, one, course) for number, one in enumerate(course.attendees, 1)],
    )


def _when(course: Class) -> str:
    told = "，".join(part for part in (course.start, course.place) if part)
    return f"（{told}）" if told else ""


def _paragraphs(course: Class, office: str, terms: Terms, is_city: bool) -> Iterator[tuple[str, str]]:
    yield (
        "",
        "根据《中华人民共和国个人信息保护法》第七条、第十七条、第三十五条，现将本班次收集、使用您个人信息的"
        "情况告知如下，请阅读后在后面的表中签名。签名表示已经收到本告知。",
    )
    yield "一、由谁收集", f"{office}。"
    yield "二、收集哪些信息", f"{'、'.join(course.fields)}。{_id_no(course)}"
    yield "三、用来做什么", _PURPOSE
    yield "四、依据什么", _GROUND + (_APART if course.collects_id_no else "")
    years = f"{terms.years}年" if terms.years else f"{BLANK}年"
    yield "五、怎样保存、保存多久", _KEPT.format(years=years)
    yield "六、提供给谁", _OWN_USE if is_city else _RECEIVER
    yield "七、您的权利", _RIGHTS
    yield "八、怎样提出", _HOW.format(office=office, contact=terms.contact or BLANK)


_PURPOSE = (
    "登记培训和考核情况、发放结业证书，统计培训人次、培训人数和知识产权人才数，编制知识产权人才名册。"
    "不用于其他用途。"
)
_GROUND = "为履行知识产权管理的法定职责所必需（第十三条第一款第三项）。"
_APART = "身份证号须您单独同意（第二十九条），在表中另签。"
_KEPT = (
    "保存在本单位不联网的工作电脑上，查看证件号和电话要留下记录。自培训结束之日起保存{years}，"
    "期满或者目的已经实现的，予以删除（第十九条、第四十七条）。"
)
_RECEIVER = f"以加密文件报送{CITY_OFFICE}，用于全市的统计和人才名册（第二十三条）。不提供给其他单位和个人。"
_OWN_USE = "不提供给其他单位和个人。"
_RIGHTS = (
    "对本人的信息，您有权知情、作出决定，限制或者拒绝处理（第四十四条）；有权查阅、复制（第四十五条）；"
    "有权要求更正、补充（第四十六条）；符合规定情形的，有权要求删除（第四十七条）。给出的同意可以随时撤回（第十五条）。"
)
_HOW = "向{office}提出，联系方式：{contact}。不能照办的，向您说明理由（第五十条）。"


def _id_no(course: Class) -> str:
    """Return whether the class collects identity numbers; where it does, why and what that means (art. 30)."""
    if not course.collects_id_no:
        return "不收集身份证号和照片。"
    return (
        "其中身份证号属于敏感个人信息，本班次发证须用它核对身份，所以收集；泄露可能被人冒用身份，本单位加密保存、"
        "显示时遮盖。不愿提供的不影响参加培训，但须凭身份证号办理的证书不能办理。不收集照片。"
    )


def _slots(course: Class) -> tuple[Slot, ...]:
    apart = (Slot("同意收集身份证号（签名）", 4),) if course.collects_id_no else ()
    return (
        Slot("序号", 1.4),
        Slot("姓名", 2.6),
        Slot("工作单位", 7, "left"),
        Slot("收到告知（签名）", 4),
        *apart,
        Slot("日期", 3.6),
    )


def _row(number: int, one: Attendee, course: Class) -> tuple[str, ...]:
    signatures = ("", "") if course.collects_id_no else ("",)
    return (str(number), one.name, one.employer, *signatures, one.told)
