"""Say what can come down from the city and who makes use of it: each kind of document is declared once (rule 11)."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass

from ipdesk import parameters
from ipdesk.codes import Tables, code_table, parse_codes, program_codes, read_codes
from ipdesk.fields import Coded, Codes
from ipdesk.plan import paper
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync import downward
from ipdesk.sync.completeness import Plan, check_plan, keep_plan

# What the program's own meaning does not hang on: stages, documents and units come with the program.
FILES = {
    "towns": ("乡镇街道", "town_code", ("towns",)),
    "cert_bodies": ("认证机构", "body_code", ("cert_bodies",)),
    "industries": ("行业", "code", ("industries", "plan_industries")),
    "institution_categories": ("服务机构分类", "code", ()),
    "person_categories": ("人才分类", "code", ()),
}
_ODD_TABLE = "代码表“{}”（{}）的内容看不懂，没有采用，请按原表的写法改好"
_ODD_PLAN = "市局下发的报送安排看不懂，没有采用，请与市局核对"


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who makes use of a kind of document: its name (before the dot), what it is called, how it is used.

    ``check`` refuses in one sentence a text that cannot be used here; ``take`` puts it in force at a county. Both
    get the part of the name after the dot.
    """

    name: str
    label: Callable[[str], str]
    check: Callable[[Store, str, str], object]
    take: Callable[[Store, Act, str, str], object]


def consumer(document: str) -> tuple[Consumer, str] | None:
    """Return who makes use of a document and the part of its name that says which; ``None`` when nobody knows it."""
    name, _, part = document.partition(".")
    found = CONSUMERS.get(name)
    return (found, part) if found and (name != "codes" or part in FILES) else None


# ---------------------------------------------------------------- the plan of reporting
def written_plan(plan: Plan) -> str:
    """Return a plan as the channel carries it."""
    return json.dumps(asdict(plan), sort_keys=True)


def _plan(text: str) -> Plan:
    try:
        told = json.loads(text)
        plan = Plan(str(told["every"]), told["days"], str(told["since"]))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refusal(_ODD_PLAN) from None
    if type(plan.days) is not int:
        raise Refusal(_ODD_PLAN)
    check_plan(plan)
    return plan


def _new_plan(part: str, text: str) -> dict[str, str]:
    """Return the tables of a plan; one whose name is another's is refused."""
    tables = paper.unpacked(text)
    if parse_codes(tables["plans.csv"])[0]["plan_code"] != part:
        raise Refusal(_ODD_PLAN)
    return tables


# ---------------------------------------------------------------- code tables
def columns(text: str) -> list[str]:
    """Return the columns of a code table's CSV."""
    return text.splitlines()[0].split(",") if text else []


def program_columns(name: str) -> list[str]:
    """Return the columns of one of the program's own code tables."""
    return columns(program_codes(f"{name}.csv"))


def check_codes(store: Store, name: str, text: str) -> None:
    """Refuse a code table that does not fit: other columns, a code twice or none, one missing that records use."""
    label, key, _ = FILES[name]
    if columns(text) != program_columns(name):
        raise Refusal(
            f"代码表“{label}”（{name}）的列与本程序的不同，没有采用；请按原表的列改好，或先升级程序"
        )
    rows, told = _rows(name, text), f"代码表“{label}”（{name}）"
    codes = [row[key] for row in rows]
    if not all(codes) or len(set(codes)) < len(codes) or not all(map(_whole, rows)):
        raise Refusal(f"{told}里有空的、重复的代码，或有的行缺列、多列，没有采用，请改好再下发")
    check_tables(name, text)
    gone = sorted(_standing(name, key) - set(codes))
    held = {code for codes in _values(store, set(tables_of(name))) for code in codes} if gone else set()
    if used := [code for code in gone if code in held]:
        raise Refusal(f"{told}少了还在用的代码“{used[0]}”，没有采用，请保留它（可以改名称）再下发")


def _rows(name: str, text: str) -> list[dict[str, str]]:
    """Return the rows of a code table; a text that is no CSV is refused."""
    try:
        return parse_codes(text)
    except csv.Error:
        raise Refusal(_ODD_TABLE.format(FILES[name][0], name)) from None


def _standing(name: str, key: str) -> set[str]:
    """Return the codes of the program's own table and of the one in force here."""
    in_force = {entry.code for table in tables_of(name) for entry in code_table(table).codes}
    return in_force | {row[key] for row in read_codes(f"{name}.csv")}


def _whole(row: dict[str, str]) -> bool:
    """Tell whether a row has every column and no more."""
    return None not in row and None not in row.values()


def check_tables(name: str, text: str) -> Tables:
    """Return the tables with one file in the place of the program's own; refused when they cannot be made of it."""
    tables = Tables({f"{name}.csv": text})
    try:
        for table in tables_of(name):
            tables.table(table)
    except (KeyError, ValueError, TypeError, AttributeError, csv.Error):
        raise Refusal(_ODD_TABLE.format(FILES[name][0], name)) from None
    return tables


def tables_of(name: str) -> Iterable[str]:
    """Return the names of the tables that are made of a file."""
    if FILES[name][2]:
        return FILES[name][2]
    stem = name.removesuffix("_categories")
    return dict.fromkeys(f"{stem}.{row['dimension']}" for row in read_codes(f"{name}.csv"))


def _values(store: Store, tables: set[str]) -> Iterator[tuple[object, ...]]:
    """Yield the values of every field that takes codes of these tables, of records of any unit."""
    for kind in store.catalogue.travelling:
        fields = [
            f.name for f in kind.fields if isinstance(f.type, (Coded, Codes)) and f.type.table in tables
        ]
        for record in store.find(kind) if fields else ():
            for field in fields:
                held = record.values.get(field)
                yield held if isinstance(held, tuple) else (held,)


CONSUMERS = {
    one.name: one
    for one in (
        Consumer(
            "parameters",
            lambda _: "统计参数",
            lambda _store, _, text: parameters.sent(text),
            lambda store, act, _, text: parameters.take(store, act, text),
        ),
        Consumer(
            "reporting",
            lambda _: "报送安排",
            lambda _store, _, text: _plan(text),
            lambda _store, act, _, text: keep_plan(act, _plan(text)),
        ),
        Consumer(
            "plan",
            lambda part: f"计划：{paper.label(part)}",
            lambda _store, part, text: _new_plan(part, text),
            lambda _store, _act, _, _text: None,  # in force as code tables are
        ),
        Consumer(downward.NAME, downward.label, downward.check, downward.take),
        # Code tables lie in the channel's own setting: the door that opens the workspace puts them in force.
        Consumer(
            "codes",
            lambda part: f"代码表：{FILES[part][0]}",
            check_codes,
            lambda _store, _act, _, _text: None,
        ),
    )
}
