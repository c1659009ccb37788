"""Keep by which rules is counted, each with its source and date, so that a figure can say where its rule is from."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ipdesk.clock import now
from ipdesk.codes import code_table
from ipdesk.counting import BASES, Parameters
from ipdesk.judged import judged
from ipdesk.past import parse_day
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store

PLAN = "盐政发〔2022〕16号（计划原文未写口径与起点的，为本程序默认）"
PLAN_DATE = "2022-09-25"
LABELS = {
    "basis": "新增贯标企业口径",
    "window_from": "新增起算日期",
    "window_to": "新增截止日期",
    "local_branches": "本市机构的分支机构计入服务机构数",
    "revenue_year": "主营业务收入统计年度",
    "person_categories": "计入3000人的人才类别",
    "covers_towns": "指导站全覆盖的层级",
}
SENT, FROM_CITY = "sent", "市局下发"
_ODD = "市局下发的统计参数看不懂，没有采用，请与市局核对"
YES, NO, LAST_YEAR, NO_CATEGORY = "计入", "不计入", "最近一个完整年度", "一类都不计"
LEVELS = {False: "县级", True: "镇级"}
_WORDS = {
    **dict.fromkeys(("是", "计入", "yes", "true"), True),
    **dict.fromkeys(("否", "不计入", "no", "false"), False),
}
_BETWEEN = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a parameter: when it was made, both values (JSON), and the source and date it stands on."""

    name: str
    at: str
    before: object
    after: object
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Told:
    """One parameter as it stands: its name, label and value (JSON), and the source and ISO date it stands on.

    ``changes`` are those it went through, oldest first; ``sent`` tells that the city sent it down.
    """

    name: str
    label: str
    value: object
    source: str
    date: str
    changes: tuple[Changed, ...] = ()
    sent: bool = False

    @property
    def words(self) -> str:
        """Return the value as people read it."""
        return shown(self.name, self.value)


def _setting(name: str) -> str:
    return f"counting.{name}"


def told(store: Store) -> list[Told]:
    """Return every parameter as it stands, the defaults with the plan as their source."""
    return [_told(store, name) for name in LABELS]


def _told(store: Store, name: str) -> Told:
    kept = _kept(store, name)
    value = kept.get("value", _plain(getattr(Parameters(), name)))
    source, day = str(kept.get("source", PLAN)), str(kept.get("date", PLAN_DATE))
    changes, sent = _changes(name, kept.get("changes")), bool(kept.get(SENT))
    return Told(name, LABELS[name], value, source, day, changes, sent)


def _kept(store: Store, name: str) -> Mapping[str, object]:
    kept = store.setting(_setting(name))
    return kept if isinstance(kept, dict) else {}


def _changes(name: str, kept: object) -> tuple[Changed, ...]:
    return tuple(Changed(name, **one) for one in kept) if isinstance(kept, list) else ()


def parameters(store: Store) -> Parameters:
    """Return the parameters to count by."""
    kept = {one.name: _read(one.name, one.value) for one in told(store)}
    return Parameters(**kept, judged=judged(store))  # type: ignore[arg-type]


def changed(by: Parameters, name: str, value: object) -> Parameters:
    """Return the parameters with one changed; an unknown one, or what it cannot be, is refused."""
    return _with(by, {_known(name): value})


def _with(by: Parameters, values: Mapping[str, object]) -> Parameters:
    after = replace(by, **{name: _read(name, value) for name, value in values.items()})  # type: ignore[arg-type]
    if after.window_from > after.window_to:
        raise Refusal("起算日期晚于截止日期，请核对")
    return after


def change(store: Store, act: Act, name: str, value: object, *, source: str, day: str) -> Parameters:
    """Keep a parameter with its source and the ISO date of that source, and log it; a wrong one is refused."""
    _known(name)
    if not source.strip() or not _is_day(day):
        raise Refusal("请写明这个口径的依据（文件名或文号）和日期，日期如 2024-05-06")
    if _told(store, name).sent:
        raise Refusal(f"“{LABELS[name]}”由市局下发，在本单位不能改；有不同意见请向市局提出")
    after = changed(parameters(store), name, value)
    _keep(store, act, name, _plain(getattr(after, name)), {"source": source.strip(), "date": day})
    return after


def _keep(store: Store, act: Act, name: str, plain: object, basis: Mapping[str, str], **more: bool) -> None:
    """Keep a value that was looked at, with the source and date it stands on and the changes so far."""
    before = _told(store, name)
    one = {"at": now(), "before": before.value, "after": plain, **basis}
    earlier = _kept(store, name).get("changes")
    changes = [*(earlier if isinstance(earlier, list) else []), one]
    act.keep(_setting(name), {"value": plain, **basis, "changes": changes, **more})
    words = f"由{before.words}改为{shown(name, plain)}"
    act.note(f"统计参数“{LABELS[name]}”{words}，依据：{basis['source']}（{basis['date']}）")


def set_parameter(store: Store, name: str, value: object, *, source: str, day: str) -> Parameters:
    """Keep a parameter in an act of its own; ``day`` may be written in any style of the intake."""
    iso = parse_day(day).isoformat()
    with store.act(f"改统计参数{LABELS.get(name, name)}", "设置") as act:
        return change(store, act, name, value, source=source, day=iso)


# ---------------------------------------------------------------- sent down by the city
def written(store: Store) -> str:
    """Return the parameters as they stand, for the channel down (JSON: name → value, source, date)."""
    rows = {one.name: {"value": one.value, "source": one.source, "date": one.date} for one in told(store)}
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def sent(text: str) -> Mapping[str, Mapping[str, str]]:
    """Return what the city wrote of the parameters known here; anything odd is refused."""
    try:
        rows = {name: dict(row) for name, row in dict(json.loads(text)).items() if name in LABELS}
    except (TypeError, ValueError):
        raise Refusal(_ODD) from None
    if not all(str(row.get("source") or "").strip() and _is_day(row.get("date")) for row in rows.values()):
        raise Refusal(_ODD)
    _with(Parameters(), {name: row.get("value") for name, row in rows.items()})
    return rows


def take(store: Store, act: Act, text: str) -> None:
    """Let the city's parameters be in force here, where nobody changes them from now on."""
    held = {one.name: one for one in told(store)}
    for name, row in sent(text).items():
        basis = {"source": f"{FROM_CITY}：{row['source']}", "date": row["date"]}
        one = held[name]
        if not one.sent or (one.value, one.source, one.date) != (row["value"], *basis.values()):
            _keep(store, act, name, row["value"], basis, **{SENT: True})


# ---------------------------------------------------------------- in words
def find(words: str) -> str:
    """Return the name of the parameter that somebody named, by name or by label; an unknown one is refused."""
    return _known(next((name for name, label in LABELS.items() if words == label), words))


def read_words(name: str, words: str) -> object:
    """Return the value that somebody wrote for a parameter: codes or names, a day in any style, 是 or 否, a year.

    Nothing means 最近一个完整年度 for the year and no category at all for the categories.
    """
    text = words.strip()
    if name in ("window_from", "window_to"):
        return parse_day(text).isoformat()
    if name == "local_branches":
        return _WORDS.get(text.lower(), text)
    if name == "covers_towns":
        return next((value for value, label in LEVELS.items() if text == label), text)
    if name == "revenue_year":
        return int(text) if text.isdecimal() else None if text in ("", LAST_YEAR) else text
    if name == "person_categories":
        return [_category(part) for part in _BETWEEN.split(text) if part]
    return next((code for code, label in BASES.items() if text.upper() == code or text == label), text)


def _category(words: str) -> str:
    code = code_table("person.category").find(words)
    if code is None:
        raise Refusal(f"没有“{words}”这个人才类别，请写代码或名称，如 PC01 或 代理人才")
    return code


def shown(name: str, value: object) -> str:
    """Return a parameter's value as people read it."""
    if isinstance(value, bool):
        return LEVELS[value] if name == "covers_towns" else YES if value else NO
    if isinstance(value, (list, tuple)):
        return "、".join(map(code_table("person.category").label, map(str, value))) or NO_CATEGORY
    if value is None:
        return LAST_YEAR
    label = next((label for code, label in BASES.items() if name == "basis" and code == value), "")
    return f"{value} {label}" if label else f"{value}"


def _known(name: str) -> str:
    if name not in LABELS:
        raise Refusal(f"没有“{name}”这个统计参数，可用的有：{'、'.join(LABELS)}")
    return name


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: object) -> object:
    """Return a parameter's value of JSON as counting takes it; anything unfit is refused."""
    fit = {
        "basis": value in list(BASES),
        "window_from": _is_day(value),
        "window_to": _is_day(value),
        "local_branches": isinstance(value, bool),
        "covers_towns": isinstance(value, bool),
        "revenue_year": value is None or (type(value) is int and 2000 <= value <= 2100),
        "person_categories": isinstance(value, (list, tuple))
        and all(code in code_table("person.category") for code in value),
    }
    if not fit[name]:
        raise Refusal(f"“{LABELS[name]}”不能是“{value}”，请核对")
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else value


def _is_day(value: object) -> bool:
    try:
        return len(str(value)) == len("2023-05-06") and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
