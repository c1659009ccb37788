"""What the city is about to publish, told before it is done: item by item, what counties hold and would hold."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from ipdesk import parameters
from ipdesk.actions import publishing
from ipdesk.codes import parse_codes, program_codes
from ipdesk.files import write_bytes
from ipdesk.periods import LABELS
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync import channel
from ipdesk.sync.completeness import Plan
from ipdesk.sync.consumers import FILES, consumer, written_plan

What = Literal["parameters", "reporting", "codes"]
PARAMETERS: What = "parameters"
REPORTING: What = "reporting"
CODES: What = "codes"
_MOVED = "“{}”在预览以后改动过，没有下发，请重新选择文件、核对后再下发"
_PLAN_ITEMS = ("频次", "期满后天数", "起始期")


class Shift(NamedTuple):
    """One item: what counties hold (empty for nothing) and what they would hold."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it would be published: from which file, under which version, and what would change.

    Without changes there is nothing to publish: what stands is the same.
    """

    what: What
    file: Path | None
    name: str
    label: str
    version: int
    text: str
    shifts: tuple[Shift, ...]


class _Undone(Exception):
    """Takes an act back that was only tried."""


def draft(store: Store, what: What, file: Path | None = None) -> Draft:
    """Return what publishing would do, without doing it; what cannot be published is refused."""
    name, text = _read(store, what, file)
    known = consumer(name)
    assert known  # what is read here can be published
    known[0].check(store, known[1], text)
    held = channel.held(store, name)
    before = _base(name) if held is None else held.text
    shifts = tuple(differences(name, before, text))
    label = known[0].label(known[1])
    return Draft(what, file, name, label, channel.next_version(store, name), text, shifts)


def issue(store: Store, wanted: Draft) -> channel.Document:
    """Publish what was shown; a sheet that was changed meanwhile is refused."""
    name, text = _read(store, wanted.what, wanted.file)
    if (name, text) != (wanted.name, wanted.text):
        raise Refusal(_MOVED.format(wanted.file.name if wanted.file else wanted.label))
    if wanted.what == CODES and wanted.file:
        return publishing.publish_codes(store, wanted.file)
    if wanted.what == REPORTING:
        return publishing.publish_plan(store, wanted.file)
    return publishing.publish_parameters(store, wanted.file)


def _read(store: Store, what: What, file: Path | None) -> tuple[str, str]:
    """Return name and text of what would be published; a sheet's changes are tried and taken back."""
    if what == CODES:
        if file is None:
            raise Refusal("请选择要下发的代码表文件")
        return publishing.codes_in(file)
    if what == REPORTING:
        return what, written_plan(publishing.plan_in(file) if file else Plan.of(store))
    return what, _tried(store, file) if file else parameters.written(store)


def _tried(store: Store, file: Path) -> str:
    """Return the parameters as they would be after a sheet; nothing of it stays."""
    text = ""
    with contextlib.suppress(_Undone), store.act("试改统计参数", "下发") as act:
        publishing.change_parameters(store, act, file)
        text = parameters.written(store)
        raise _Undone
    return text


def _base(name: str) -> str:
    """Return what counties hold of something never published: of a code table the program's own, else nothing."""
    what, _, part = name.partition(".")
    return program_codes(f"{part}.csv") if what == CODES else ""


# ---------------------------------------------------------------- in words
def differences(name: str, before: str, after: str) -> Iterator[Shift]:
    """Yield what differs between two texts of one document, in words."""
    old, new = _items(name, before), _items(name, after)
    for item in dict.fromkeys((*old, *new)):
        shift = Shift(item, old.get(item, ""), new.get(item, ""))
        if shift.before != shift.after:
            yield shift


def contents(document: channel.Document) -> list[tuple[str, str]]:
    """Return what a document says, item by item."""
    return list(_items(document.name, document.text).items())


def _items(name: str, text: str) -> dict[str, str]:
    what, _, part = name.partition(".")
    if not text:
        return {}
    if what == CODES:
        return _codes(part, text)
    return _plan(json.loads(text)) if what == REPORTING else _parameters(text)


def _parameters(text: str) -> dict[str, str]:
    rows = parameters.sent(text)
    return {
        label: f"{parameters.shown(name, row['value'])}（{row['source']}，{row['date']}）"
        for name, label in parameters.LABELS.items()
        if (row := rows.get(name))
    }


def _plan(told: Mapping[str, object]) -> dict[str, str]:
    every = next((label for every, label in LABELS.items() if every == told["every"]), "")
    return dict(zip(_PLAN_ITEMS, (every, f"{told['days']} 天", str(told["since"] or "本期")), strict=True))


def _codes(part: str, text: str) -> dict[str, str]:
    """Return by code what stands in the other columns, the filled ones."""
    key = FILES[part][1]
    return {
        row[key]: "，".join(str(v) for n, v in row.items() if n != key and v) for row in parse_codes(text)
    }


# ---------------------------------------------------------------- a sheet to begin with
def write_table(store: Store, name: str, file: Path) -> None:
    """Write a code table as it stands to a file, to be edited and published; with a mark that Excel reads."""
    held = channel.held(store, f"{CODES}.{name}")
    write_bytes(file, (held.text if held else program_codes(f"{name}.csv")).encode("utf-8-sig"))
