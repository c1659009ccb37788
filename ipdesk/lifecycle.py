"""Say where a 贯标 case stands and what comes next: stages, two tracks, certificate, surveillance (domain.md A3).

Everything here is worked out of a row's values and a day; nothing is stored (design §6: derived states).
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ipdesk.codes import code_table
from ipdesk.codetable import Code
from ipdesk.dates import last_day
from ipdesk.fields import Value

Values = Mapping[str, Value]
TRANSITION_END = date(2025, 12, 31)  # 国家认监委 2023 年第 27 号公告: the last day of the 2013 edition
VALID, EXPIRED, OLD_EDITION = "CS1", "CS5", "CS6"
CERTIFICATION, EVALUATION, COMMON = "认证", "绩效评价", "通用"
OLD_STANDARD, ENDED = "SD1", "ST90"
TO_CONVERT, UNCONVERTED = "须在2025年底前换成2023版", "2013版未换版，须核查"
CERTIFIED, EVALUATED, STARTED, NOT_STARTED = "通过认证", "通过验收", "开始实施", "否"
SURVEILLANCE_MONTHS = 12  # 《知识产权认证管理办法》: the first, and between two
APPLY_MONTHS = 3  # before the end of validity, as certification bodies ask for a renewal
_RENEWED = re.compile(r"R[1-9]\d*[LMS]?(?:/.*)?$")

MEANINGS: Mapping[str, str] = {
    "ST01": "列入重点指导企业名录，还没有备案",
    "ST02": "已在省系统备案；备案满1年才可申请绩效评价",
    "ST03": "召开启动会，任命管理者代表",
    "ST04": "摸清知识产权管理现状，找出与标准的差距",
    "ST05": "定方针、目标，把职责分到部门",
    "ST06": "编写手册、程序文件和记录表单",
    "ST07": "发布体系文件，培训员工和内审员",
    "ST08": "按文件运行，至少满3个月才可申请认证",
    "ST09": "自查一遍，至少1次覆盖标准的全部条款",
    "ST10": "最高管理者主持评审；之后走认证或绩效评价",
    "ST11": "与认证机构签订合同，申请已受理",
    "ST12": "认证机构审查文件",
    "ST13": "认证机构到现场审核",
    "ST14": "整改不符合项，等认证决定",
    "ST15": "取得证书，有效期3年；12个月内做第1次监督",
    "ST21": "备案满1年，提交绩效评价申请书和承诺书",
    "ST22": "省知识产权保护中心组织审核",
    "ST23": "绩效评价确认合格（6月、12月两批）",
    "ST31": "获证后12个月内的监督审核",
    "ST32": "距上次监督不超过12个月的监督审核",
    "ST33": "证书到期前重新认证，有效期再算3年；不算新增",
    "ST34": "2013版换成2023版；单独换版的有效期不变，不算新增",
    "ST90": "不再继续，写明日期和原因",
}
# What stages.csv asks for in words → the declared fields that hold it.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "备案日期": ("filing_date",),
    "启动日期": ("start_date",),
    "发布日期": ("run_start_date",),
    "运行起始日": ("run_start_date",),
    "内审日期": ("internal_audit_date",),
    "管评日期": ("mgmt_review_date",),
    "认证机构": ("cert_body",),
    "证书编号": ("cert_no",),
    "发证日期": ("cert_issue_date",),
    "有效期至": ("cert_valid_to",),
    "标准版本": ("standard_code",),
    "确认文号": ("eval_doc_no",),
    "确认日期": ("eval_date",),
    "结果等级": ("eval_result",),
    "新证书编号": ("new_cert_no",),
    "新有效期": ("cert_valid_to",),
    "换版日期": ("transition_date",),
    "新版证书": ("new_cert_no",),
    "终止日期": ("status_date",),
    "原因": ("remark",),
}
_ASKED_OF: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ST21", "申请日期"): ("eval_apply_date",),
    ("ST31", "监督日期"): ("surveil_1_date",),
    ("ST31", "结论"): ("surveil_1_result",),
    ("ST32", "监督日期"): ("surveil_2_date",),
    ("ST32", "结论"): ("surveil_2_result",),
}
_NEXT = {"ST16": "ST31"}  # stages.csv sends ST15 to a stage there is not; a first surveillance follows it


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of stages.csv: what it means, the fields and documents it wants, and what comes next.

    The documents are entries of guanbiao_documents.csv; ``ipdesk.required`` says which a case lacks.
    """

    code: str
    name: str
    group: str
    track: str
    order: int
    meaning: str
    timing: str
    fields: tuple[str, ...]
    documents: tuple[Code, ...]
    following: tuple[str, ...]


@lru_cache
def stages() -> Mapping[str, Stage]:
    """Return every stage by code, in the order of stages.csv."""
    papers: dict[str, list[Code]] = {}
    for document in code_table("documents").codes:
        papers.setdefault(document.attributes["stage_code"], []).append(document)
    rows = [entry.attributes for entry in code_table("stages.stage").codes]
    return {row["code"]: _stage(row, tuple(papers.get(row["code"], ()))) for row in rows}


def _stage(row: Mapping[str, str], documents: tuple[Code, ...]) -> Stage:
    code = row["code"]
    asked = (_ASKED_OF.get((code, word)) or _ASKED.get(word, ()) for word in _words(row["required_fields"]))
    return Stage(
        code,
        row["name"],
        row["stage_group"],
        row["track"],
        int(row["sort_order"]),
        MEANINGS[code],
        row["typical_timing"],
        tuple(dict.fromkeys(name for names in asked for name in names)),
        documents,
        tuple(_NEXT.get(code, code) for code in _words(row["next_codes"])),
    )


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word for word in re.split("[;；]", listed) if word)


def stage_of(values: Values) -> Stage | None:
    """Return the stage that a row says it has reached."""
    return stages().get(_told(values, "stage"))


def lacking(values: Values) -> tuple[str, ...]:
    """Return the fields that the row's stage wants and that are still empty."""
    stage = stage_of(values)
    return tuple(name for name in stage.fields if values.get(name) is None) if stage else ()


def following(values: Values) -> tuple[Stage, ...]:
    """Return what may come next, on the row's own track where that is known."""
    stage, track = stage_of(values), track_of(values)
    nexts = [stages()[code] for code in stage.following] if stage else []
    return tuple(s for s in nexts if not track or s.track in (COMMON, track))


def track_of(values: Values) -> str | None:
    """Return 认证 or 绩效评价: as the row says, else by its stage, else by what it holds; none when unclear."""
    said, stage = _told(values, "track"), stage_of(values)
    for track in (CERTIFICATION, EVALUATION):
        if track in said:
            return track
    if stage and stage.track != COMMON:
        return stage.track
    certified, evaluated = _holds(values, "cert_no", "cert_issue_date"), _holds(values, "eval_date")
    return None if certified == evaluated else CERTIFICATION if certified else EVALUATION


def usual_track(values: Values) -> str:
    """Return the track, 认证 where nothing says which: the way most go."""
    return track_of(values) or CERTIFICATION


def simplified(values: Values) -> str | None:
    """Return the state in the four words other systems know: 通过认证, 通过验收, 开始实施, 否 (domain.md A3).

    What follows a certificate (surveillance, renewal, new edition) is 通过认证 as well.
    """
    stage = stage_of(values)
    if stage is None:
        return None
    if stage.code == "ST15" or stage.group == "证后管理":
        return CERTIFIED
    if stage.code == "ST23":
        return EVALUATED
    return STARTED if stages()["ST03"].order <= stage.order < stages()["ST15"].order else NOT_STARTED


# ---------------------------------------------------------------- days


def day(values: Values, name: str) -> date | None:
    """Return a field's day; none when only the month or year is known."""
    told = _told(values, name)
    return date.fromisoformat(told) if len(told) == len("2023-05-06") else None


def months_later(start: date, months: int) -> date:
    """Return the same day some months later (earlier when negative), or the last of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def years_later(start: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March where there is none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, month=3, day=1)


def valid_until(issued: date) -> date:
    """Return the last day of a certificate: three years less a day (rule V11)."""
    return years_later(issued, 3) - timedelta(days=1)


def _told(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _holds(values: Values, *names: str) -> bool:
    return any(values.get(name) is not None for name in names)


# ---------------------------------------------------------------- certificate


def certificate_state(values: Values, today: date) -> Value:
    """Return what has become of a certificate said to be valid: 过期失效 or 旧版未换版 (stages.csv, derived)."""
    if values.get("cert_status") not in (None, VALID):
        return None
    until = _told(values, "cert_valid_to")
    if until and until < today.isoformat()[: len(until)]:
        return EXPIRED
    is_old = values.get("standard_code") == OLD_STANDARD and values.get("cert_status") == VALID
    return OLD_EDITION if is_old and today > TRANSITION_END else None


def in_force(values: Values, today: date) -> bool:
    """Tell whether the row shows a certificate that is 现行有效 that day, as far as the row says."""
    if not _holds(values, "cert_no", "cert_issue_date"):
        return False
    issued = _told(values, "cert_issue_date")
    if issued and issued > today.isoformat()[: len(issued)]:
        return False
    until = ends(values)
    if values.get("cert_valid_to") is None and until and until < today:
        return False
    return values.get("cert_status") in (None, VALID) and certificate_state(values, today) is None


def _begin(values: Values) -> date | None:
    """Return the day on which the running certificate began: its issue, or a later renewal."""
    return max(filter(None, (day(values, "cert_issue_date"), day(values, "recert_date"))), default=None)


def ends(values: Values) -> date | None:
    """Return the last day of the running certificate: as told, else three years after it began."""
    start = _begin(values)
    return day(values, "cert_valid_to") or (valid_until(start) if start else None)


def edition_flag(values: Values, today: date) -> str | None:
    """Return what is to be done about the 2013 edition: convert by the end of 2025, check afterwards."""
    old = values.get("standard_code") == OLD_STANDARD and values.get("transition_date") is None
    if not old or not _holds(values, "cert_no", "cert_issue_date"):
        return None
    if values.get("cert_status") not in (None, VALID) or certificate_state(values, today) == EXPIRED:
        return None
    return UNCONVERTED if today > TRANSITION_END else TO_CONVERT


def renewed(values: Values) -> bool:
    """Tell whether the certificate shown is not the enterprise's first: renewed, or changed to another edition.

    The number counts renewals (``R1`` …); a date of renewal or change on or before its issue says the same.
    """
    if _RENEWED.search(_told(values, "cert_no").upper()):
        return True
    issued = _told(values, "cert_issue_date")
    later = (_told(values, name) for name in ("recert_date", "transition_date"))
    return bool(issued) and any(told and told <= issued for told in later)


class Due(NamedTuple):
    """Something that a certificate wants by a day."""

    what: str
    by: date

    def left(self, today: date) -> int:
        """Return the days left, negative when the day has passed."""
        return (self.by - today).days


class Surveillance(NamedTuple):
    """One yearly surveillance: the last day it may be done, the day it was done and the result, if told.

    It is ``met`` also when only its month is known; one before the running certificate was another's.
    """

    number: int
    due: date
    done: date | None
    result: str
    met: bool = False


def surveillances(values: Values) -> tuple[Surveillance, ...]:
    """Return the two surveillances of the running certificate; none when its day of issue is unknown (rule V14).

    The first is due twelve months after the certification, the second twelve after the first; a renewal begins anew.
    """
    start = _begin(values)
    found: list[Surveillance] = []
    for number in (1, 2) if start else ():
        words = _told(values, f"surveil_{number}_date")
        met = bool(words and start) and last_day(words) >= (start or date.max)
        done = day(values, f"surveil_{number}_date") if met else None
        before = (found[-1].done or found[-1].due) if found else start
        due = months_later(before or date.min, SURVEILLANCE_MONTHS)
        found.append(Surveillance(number, due, done, _told(values, f"surveil_{number}_result"), met))
    return tuple(found)


def next_due(values: Values, today: date) -> Due | None:
    """Return what a certificate in force wants next: the first surveillance not done, else the renewal."""
    if not in_force(values, today):
        return None
    until = ends(values)
    for one in surveillances(values):
        if not one.met and (until is None or one.due < until):
            return Due(f"第{one.number}次监督", one.due)
    return Due("再认证", until) if until else None


# ---------------------------------------------------------------- what lists show under _ names


def due_day(values: Values, today: date) -> Value:
    """Return the ISO day of what is due next."""
    due = next_due(values, today)
    return due.by.isoformat() if due else None


def due_what(values: Values, today: date) -> Value:
    """Return what is due next: 第1次监督, 第2次监督 or 再认证."""
    due = next_due(values, today)
    return due.what if due else None


def shown_track(values: Values, _today: date) -> Value:
    """Return the track worked out where the row does not say it."""
    return None if values.get("track") is not None else track_of(values)


def shown_state(values: Values, _today: date) -> Value:
    """Return the simplified state."""
    return simplified(values)
