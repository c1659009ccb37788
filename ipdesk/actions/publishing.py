"""What the city does to publish: parameters, the plan of reporting and code tables, from a sheet or as they stand."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from ipdesk import parameters
from ipdesk.codes import parse_codes
from ipdesk.files import read_bytes
from ipdesk.intake.csvtext import decode
from ipdesk.intake.reader import read_book
from ipdesk.past import parse_day
from ipdesk.periods import LABELS, Every
from ipdesk.plan import paper
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync import channel
from ipdesk.sync.completeness import Plan, check_plan, expect
from ipdesk.sync.consumers import FILES, columns, program_columns, written_plan

_PARAMETER = {"参数": "name", "值": "value", "依据": "source", "日期": "date"}
_PLAN = {"频次": "every", "天数": "days", "起始期": "since"}
_EVERY: Mapping[str, Every] = {label: every for every, label in LABELS.items()}


def publish_parameters(store: Store, file: Path | None = None) -> channel.Document:
    """Publish the counting parameters, after changing those that a sheet names (参数、值、依据、日期)."""
    _city(store)
    if file:
        with store.act("按表改统计参数", file.name) as act:
            change_parameters(store, act, file)
    return channel.publish(store, "parameters", parameters.written(store))


def change_parameters(store: Store, act: Act, file: Path) -> None:
    """Change the parameters that a sheet names, within an act; a wrong row is refused by its number."""
    for number, row in enumerate([_named(row, _PARAMETER) for row in _rows(file)], 2):
        try:
            _change(store, act, row)
        except Refusal as refusal:
            raise Refusal(f"“{file.name}”第{number}行：{refusal.message}") from refusal


def _change(store: Store, act: Act, row: Mapping[str, str]) -> None:
    found = parameters.find(row["name"])
    day = parse_day(row["date"]).isoformat()
    wanted = parameters.read_words(found, row["value"])
    parameters.change(store, act, found, wanted, source=row["source"], day=day)


def publish_plan(store: Store, file: Path | None = None) -> channel.Document:
    """Publish when counties report, after a sheet of one row (频次、天数、起始期) where one is given."""
    _city(store)
    if file:
        expect(store, plan_in(file))
    return channel.publish(store, "reporting", written_plan(Plan.of(store)))


def plan_in(file: Path) -> Plan:
    """Return the plan of reporting that a sheet of one row tells; an odd one is refused."""
    rows = [_named(row, _PLAN) for row in _rows(file)]
    if len(rows) != 1 or not rows[0]["days"].isdecimal():
        raise Refusal(f"“{file.name}”应只有一行报送安排：频次（每月、每季、每年）、天数（数字）、起始期")
    every = _EVERY.get(rows[0]["every"], rows[0]["every"])
    plan = Plan(every, int(rows[0]["days"]), rows[0]["since"])  # type: ignore[arg-type]  # checked below
    check_plan(plan)
    return plan


def publish_new_plan(store: Store, file: Path) -> channel.Document:
    """Publish another plan (indicators, phases, tasks) from its workbook; it is in force at the next opening."""
    _city(store)
    tables = paper.from_sheets(
        file.name, {sheet.name.strip(): sheet.rows for sheet in read_book(file).sheets}
    )
    code = parse_codes(tables["plans.csv"])[0]["plan_code"]
    return channel.publish(store, f"{channel.PLAN}.{code}", paper.packed(tables))


def publish_codes(store: Store, file: Path) -> channel.Document:
    """Publish a code table from a sheet with the columns of the program's own, told by the file's name or columns."""
    _city(store)
    return channel.publish(store, *codes_in(file))


def codes_in(file: Path) -> tuple[str, str]:
    """Return the document's name and text of a code table in a sheet; one that is none of them is refused."""
    text = _text(file)
    fitting = [name for name in FILES if columns(text) == program_columns(name)]
    name = file.stem if file.stem in FILES else fitting[0] if len(fitting) == 1 else ""
    if not name:
        known = "、".join(f"{name}（{label}）" for name, (label, _, _) in FILES.items())
        raise Refusal(f"看不出“{file.name}”是哪张代码表，请把文件名写成其中之一：{known}")
    return f"codes.{name}", text


def _city(store: Store) -> None:
    if store.office.role != "city":
        raise Refusal("代码表、统计参数和报送安排由市局下发，县（市、区）只接收")


def _text(file: Path) -> str:
    """Return a text file in any of the encodings offices write, each line ended alike."""
    return "\n".join(decode(read_bytes(file)).lstrip("\ufeff").splitlines()) + "\n"


def _rows(file: Path) -> list[dict[str, str]]:
    return [dict(row) for row in csv.DictReader(io.StringIO(_text(file)))]


def _named(row: Mapping[str, str | None], names: Mapping[str, str]) -> dict[str, str]:
    """Return a row under the names used here; one that lacks a column is refused."""
    told = {names.get(head, head): (value or "").strip() for head, value in row.items() if head}
    if missing := [head for head, name in names.items() if name not in told]:
        raise Refusal(f"表里缺少“{missing[0]}”列，请写明列名：{'、'.join(names)}")
    return told
