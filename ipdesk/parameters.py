"""Keep by which rules is counted, each with its source and date, so that a figure can say where its rule is from."""

from dataclasses import dataclass, replace
from datetime import date

from ipdesk.codes import code_table
from ipdesk.counting import BASES, Parameters
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
}


@dataclass(frozen=True, slots=True)
class Told:
    """One parameter as it stands: its name, label and value (JSON), and the source and ISO date it stands on."""

    name: str
    label: str
    value: object
    source: str
    date: str


def _setting(name: str) -> str:
    return f"counting.{name}"


def told(store: Store) -> list[Told]:
    """Return every parameter as it stands, the defaults with the plan as their source."""
    found = []
    for name, label in LABELS.items():
        kept = store.setting(_setting(name))
        kept = kept if isinstance(kept, dict) else {}
        value = kept.get("value", _plain(getattr(Parameters(), name)))
        found.append(Told(name, label, value, kept.get("source", PLAN), kept.get("date", PLAN_DATE)))
    return found


def parameters(store: Store) -> Parameters:
    """Return the parameters to count by."""
    return Parameters(**{one.name: _read(one.name, one.value) for one in told(store)})  # type: ignore[arg-type]


def change(store: Store, act: Act, name: str, value: object, *, source: str, day: str) -> Parameters:
    """Keep a parameter with its source and the ISO date of that source, and log it; a wrong one is refused."""
    if name not in LABELS:
        raise Refusal(f"没有“{name}”这个统计参数，可用的有：{'、'.join(LABELS)}")
    if not source.strip() or not _is_day(day):
        raise Refusal("请写明这个口径的依据（文件名或文号）和日期，日期如 2024-05-06")
    after = replace(parameters(store), **{name: _read(name, value)})  # type: ignore[arg-type]
    if after.window_from > after.window_to:
        raise Refusal("起算日期晚于截止日期，请核对")
    plain = _plain(getattr(after, name))
    act.keep(_setting(name), {"value": plain, "source": source.strip(), "date": day})
    act.note(f"统计参数“{LABELS[name]}”改为{plain}，依据：{source.strip()}（{day}）")
    return after


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: object) -> object:
    """Return a parameter's value of JSON as counting takes it; anything unfit is refused."""
    fit = {
        "basis": value in list(BASES),
        "window_from": _is_day(value),
        "window_to": _is_day(value),
        "local_branches": isinstance(value, bool),
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
