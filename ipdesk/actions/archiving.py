"""Put a period away as one signed file that nobody changes, and open it later (总结提升阶段: 归档).

It is a container as those of sync: signed by this device, encrypted to itself and, at a county, to the city.
"""

import csv
import io
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipdesk.actions.ledger import masked
from ipdesk.actions.selfcheck import reasons
from ipdesk.codes import code_rows
from ipdesk.files import write_bytes
from ipdesk.past import reading
from ipdesk.periods import Period
from ipdesk.plan.comparing import plain
from ipdesk.plan.comparison import Compared, compared
from ipdesk.plan.definition import OWN, Plan
from ipdesk.plan.evidence import Proof, evidence, group_name
from ipdesk.plan.overview import Overview, overview, unit_name
from ipdesk.plan.paper import SHEETS
from ipdesk.plan.tasks import Standing, deadline_words, department_words, task_board
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey, Row
from ipdesk.shortdigest import short
from ipdesk.store import Moment, Reading, Store
from ipdesk.sync.claims import WORD, Claims
from ipdesk.sync.container import Container, Header, open_sealed, pack_lines, read_file, seal
from ipdesk.sync.devices import city_of, keys_of, ring, signer
from ipdesk.sync.keys import PublicKeys
from ipdesk.sync.life import Life
from ipdesk.sync.sending import opening

ENDING, TYPE = ".ipa", "archive"
PARTS = ("figures", "records", "tasks", "evidence", "plan")
REPORTED = ("indicator_value", "target", "period_report", "task", "task_progress", "supervision")
_PLAN_FILES = tuple(dict.fromkeys((*SHEETS, "indicator_counters.csv", "indicator_items.csv")))
_OTHER = "“{}”不是归档文件，请选择以 .ipa 结尾的文件"
Line = Mapping[str, object]


@dataclass(frozen=True)
class Archive:
    """What an archive tells, verified: whose it is, for which period, and the lines of each of its parts."""

    header: Header
    parts: Mapping[str, Sequence[Line]]

    def told(self, name: str) -> str:
        """Return one of the facts: period, as_of, known_on, plan, plan_name, office, at."""
        return self.header.claims.text(name) if self.header.claims.raw.get(name) else ""

    @property
    def period(self) -> Period:
        """Return the period put away."""
        return Period.read(self.told("period"))

    @property
    def digest(self) -> str:
        """Return what two people compare: it changes with any byte of what the archive tells."""
        return short(self.header.digest)


def make_archive(store: Store, period: str, out: Path, known_on: date | None = None) -> Archive:
    """Write the archive of a period that has ended; a file that is there is never written over."""
    span = Period.read(period)
    _check(out, span)
    moment = Moment(span.last, known_on)
    told = overview(store, moment)
    packed = {name: pack_lines(lines) for name, lines in _parts(store, told).items()}
    keys, to = keys_of(store), _reader(store)
    manifest = {
        **opening(TYPE, store, Life.of(store), keys, to),
        **_facts(store, told, span),
        "resources": [lines.resource(name, _columns(name)) for name, lines in packed.items()],
    }
    sealed = seal(manifest, {f"{name}.jsonl.zst": lines.data for name, lines in packed.items()}, keys, to)
    write_bytes(out, sealed.data)
    out.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    with store.act(f"归档{span.label}", "归档") as act:
        act.note(f"归档{span.label}，归档摘要 {short(sealed.header.digest)}")
    return open_archive(store, out)


def _check(out: Path, span: Period) -> None:
    if out.suffix.lower() != ENDING:
        raise Refusal(f"“{out.name}”请改为以 {ENDING} 结尾的文件名")
    if out.exists():
        raise Refusal(f"“{out.name}”已经有了，归档不覆盖旧文件，请换个文件名")
    if span.last >= date.today():
        raise Refusal(f"{span.label}还没有结束，不能归档")


def _reader(store: Store) -> PublicKeys:
    """Return who can open it besides this device: the city, where a county is enrolled."""
    if store.office.role == "county":
        try:
            return city_of(store).keys
        except Refusal:  # not enrolled yet: its own archive all the same
            pass
    return keys_of(store).public


def _facts(store: Store, told: Overview, span: Period) -> dict[str, object]:
    known = told.moment.known_on
    return {
        "period": span.code,
        "as_of": span.last.isoformat(),
        "known_on": known.isoformat() if known else None,
        "plan": told.plan.code,
        "plan_name": f"{told.plan.name}（{told.plan.document}）",
        "office": store.office.office_name or unit_name(store.office.unit_code),
    }


# ---------------------------------------------------------------- what it holds
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": (
        *("unit_code", "indicator_code", "name", "measure", "target", "before", "words", "done"),
        *("elapsed", "gap", "state", "reason", "value", "numerator", "denominator", "ids"),
    ),
    "records": ("ledger", "owner", "id", "name", "values"),
    "tasks": (
        *("task_code", "title", "departments", "deadline", "unit_code", "state", "due", "period"),
        *("progress", "local_measures", "person_in_charge"),
    ),
    "evidence": ("group", "title", "unit_code", "day", "ledger", "record", "file", "sha256"),
    "plan": ("file", "text"),
}


def _columns(name: str) -> list[dict[str, object]]:
    return [{"name": column} for column in _COLUMNS[name]]


def _parts(store: Store, told: Overview) -> dict[str, Iterable[Line]]:
    given = reasons(store, told.moment)
    board = task_board(store, told.moment, plan=told.plan)
    proofs = evidence(store, told)
    return {
        "figures": [_figure(one) for unit in told.units for one in compared(told, unit, given)],
        "records": list(_records(store, told)),
        "tasks": [_task(one) for one in board.standings.values()],
        "evidence": [_proof(told.plan, one) for one in proofs],
        "plan": [{"file": file, "text": _table(file, told.plan.code)} for file in _PLAN_FILES],
    }


def _figure(one: Compared) -> Line:
    part, figure = one.figure.part, one.figure
    names = ("indicator_code", *_COLUMNS["figures"][2:12])
    return {
        "unit_code": figure.unit,
        **dict(zip(names, one.cells, strict=True)),
        "value": plain(figure.value),
        "numerator": plain(part.numerator),
        "denominator": plain(part.denominator),
        "ids": list(part.ids),
    }


def _records(store: Store, told: Overview) -> Iterator[Line]:
    """Yield the records behind the figures, and all that was reported; personal values stay masked."""
    behind = {id_ for one in told.figures for id_ in one.part.ids}
    ledgers = dict.fromkeys((*REPORTED, *(one.ledger for one in told.records.values())))
    with reading(store, told.moment) as source:
        for name in ledgers:
            yield from _rows(source, name, None if name in REPORTED else behind)


def _rows(source: Reading, name: str, wanted: set[str] | None) -> Iterator[Line]:
    ledger = source.catalogue.ledger(name)
    for row in source.rows(ledger, _keys(source, name, wanted)):
        yield _record(name, ledger.called(row.values), row, masked(ledger, row.values))


def _keys(source: Reading, name: str, wanted: set[str] | None) -> list[RecordKey]:
    keys = source.keys(source.catalogue.ledger(name), Query())
    return [key for key in keys if wanted is None or key.id in wanted]


def _record(ledger: str, called: str, row: Row, values: Mapping[str, object]) -> Line:
    told = {name: value for name, value in values.items() if value is not None}
    return {"ledger": ledger, "owner": row.key.owner, "id": row.key.id, "name": called, "values": told}


def _task(one: Standing) -> Line:
    progress = one.progress.values if one.progress else {}
    return {
        "task_code": one.task.code,
        "title": one.task.title,
        "departments": department_words(one.task),
        "deadline": deadline_words(one.task),
        "unit_code": one.unit,
        "state": one.words,
        "due": one.due.isoformat(),
        "period": progress.get("period"),
        "progress": progress.get("progress"),
        "local_measures": one.told("local_measures"),
        "person_in_charge": one.told("person_in_charge"),
    }


def _proof(plan: Plan, one: Proof) -> Line:
    return {
        "group": group_name(plan, one.code),
        "title": one.title,
        "unit_code": one.unit,
        "day": one.day,
        "ledger": one.ledger,
        "record": one.record,
        "file": one.file,
        "sha256": one.sha256,
    }


def _table(file: str, plan: str) -> str:
    """Return the rows of a plan in a table, as its CSV."""
    rows = [row for row in code_rows(file) if (row.get("plan_code") or OWN) == plan]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# ---------------------------------------------------------------- opening
def open_archive(store: Store, file: Path) -> Archive:
    """Return what an archive tells after checking signature, names and every line; else refused in a sentence."""
    found = open_sealed(read_file(file), ring(store), lambda header: _signer(store, header))
    if found.header.type != TYPE:
        raise Refusal(_OTHER.format(file.name))
    archive = Archive(found.header, {name: _lines(found, name) for name in PARTS})
    _ = archive.period  # refused when it is none
    return archive


def _signer(store: Store, header: Header) -> PublicKeys:
    """Return by whose keys it must be signed: any this device ever had, or those of who may send here."""
    own = next((keys.public for keys in ring(store) if keys.public.id == header.key), None)
    return own or signer(store, header, aside=True)


def _lines(found: Container, name: str) -> list[Line]:
    resource = found.resource(name)
    return [claims.raw for claims in found.lines(resource)] if resource else []


def read_plan(archive: Archive) -> dict[str, str]:
    """Return the plan's tables (CSV by file) as they were."""
    return {Claims(line).text("file", WORD): str(line["text"]) for line in archive.parts["plan"]}


def as_document(archive: Archive) -> dict[str, object]:
    """Return all that an archive tells as one JSON document."""
    names = ("period", "as_of", "known_on", "plan", "plan_name", "office", "at", "unit")
    facts: dict[str, object] = {name: archive.told(name) or None for name in names}
    return {**facts, "digest": archive.digest, **archive.parts}
