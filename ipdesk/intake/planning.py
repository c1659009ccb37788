"""Plan an intake: what each row of a foreign workbook would do to the store, and what is wrong; then do it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from ipdesk import ownsheets, same_person
from ipdesk.branches import Branches
from ipdesk.codes import code_table
from ipdesk.fields import Context
from ipdesk.intake import amending
from ipdesk.intake.cells import Sheet
from ipdesk.intake.heads import fold_head
from ipdesk.intake.layout import Table, table_below
from ipdesk.intake.mapping import ColumnMatch, Mapper, is_strange, told_twice
from ipdesk.intake.parts import read_tables
from ipdesk.intake.reader import read_book
from ipdesk.intake.repeats import Place, Repeats, Verdict
from ipdesk.intake.rows import Draft, RowReader, Scope
from ipdesk.intake.sandbox import Beat
from ipdesk.intake.shapes import IntakeOutcome, IntakePlan, PlannedRow, SheetPlan
from ipdesk.intake.switches import switched_on
from ipdesk.intake.vocabulary import RESULT, Vocabulary
from ipdesk.kinds.declare import Ledger
from ipdesk.matching import Match, Matcher, Outcome
from ipdesk.namesakes import Namesakes
from ipdesk.problems import Grade, Problem
from ipdesk.reporting import locks
from ipdesk.store import Store
from ipdesk.trends import Trends

Progress = Callable[[int, int], None]
Given = Mapping[str, str | None]
Words = Mapping[str, Mapping[str, str]]
_Found = tuple[Table, tuple[ColumnMatch, ...]]
# Sheets by which people explain a workbook; what looks like a record there is an example.
_REFERENCE = re.compile("说明|字典|代码|码表|编码|选项|示例|样例|样表|模板|须知|目录")
_TOLD_EVERY = 50
_NO_HEADER = "没有找到表头：请检查表里是否有“{}”“{}”这样的列名，列名应在数据上方"


def plan(
    store: Store,
    ledger: Ledger,
    path: Path,
    *,
    mapping: Given | None = None,
    heads: Mapping[str, int] | None = None,
    skip: Collection[str] = (),
    words: Words | None = None,
    cells: amending.Cells | None = None,
    constants: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> IntakePlan:
    """Return what bringing in a workbook would do to the store; nothing is written.

    ``mapping`` (head → field, or none to leave the column out) goes before every guess, ``heads`` (sheet → row as
    Excel numbers it) before every search for the row that names the columns, ``words`` (field → word → code)
    before every code table, ``cells`` ((sheet, row as Excel numbers it, column from 0) → text) before what the file
    says there; ``constants`` (field → text) fill what a row does not say; sheets in ``skip`` are
    not read. All this holds for this file only.
    A file that cannot be opened raises
    ``Refusal``; a workbook without any known heads is refused by one problem with code ``header``.
    ``progress`` gets (rows done, rows in all), (0, 0) while the file and its lines are still read; what it raises gives
    the intake up at once, the child process that reads the file included.
    """
    tell = progress or (lambda done, total: None)
    shared = amending.constants(ledger, constants or {}, store.office.only_unit)
    book = amending.amended(read_book(path, beat=partial(tell, 0, 0)), cells or {})
    planned = IntakePlan(
        path,
        ledger,
        book,
        chosen=dict(mapping or {}),
        heads=dict(heads or {}),
        skipped=frozenset(skip),
        shared=shared,
    )
    return fill(store, planned, words, tell)


def fill(
    store: Store, planned: IntakePlan, words: Words | None = None, tell: Progress = lambda done, total: None
) -> IntakePlan:
    """Work out what bringing in the book of a plan would do: of a file, or of a table that never was one."""
    beat, ledger = partial(tell, 0, 0), planned.ledger
    scope = Scope(store.office.unit_code, store.office.only_unit, words or {}, planned.shared)
    planner = _Planner(planned, scope, _remembered(store, ledger), beat)
    drafts = switched_on(planned, planner.drafts())
    planned.drafts.extend(drafts)
    _judge(planned, store, drafts, tell)
    return planned


def _setting(ledger: Ledger) -> str:
    return f"intake.mapping.{ledger.name}"


def _remembered(store: Store, ledger: Ledger) -> dict[str, Given]:
    """Return the heads that clerks decided before: shape of a table → head → field."""
    held = store.setting(_setting(ledger))
    return dict(held) if isinstance(held, dict) else {}


def _shape(columns: Iterable[ColumnMatch]) -> str:
    """Return a mark of a table's heads, whatever their order: what a remembered mapping goes by."""
    heads = sorted(fold_head(column.head).full for column in columns)
    return hashlib.sha256(json.dumps(heads, ensure_ascii=False).encode()).hexdigest()[:16]


class _Planner:
    """Finds the tables of a workbook, matches their columns and reads their rows."""

    def __init__(
        self, planned: IntakePlan, scope: Scope, remembered: Mapping[str, Given], beat: Beat
    ) -> None:
        self.planned, self.scope, self.remembered, self.beat = planned, scope, remembered, beat
        self.ledger, self.vocabulary = planned.ledger, Vocabulary(planned.ledger, planned.chosen)
        self.mapper = Mapper(self.vocabulary, Context(scope.only))
        self.identifying = {f.sheet_name for f in self.ledger.fields if f.identifies}

    def drafts(self) -> list[Draft]:
        """Return the record lines of every usable table, in order; tell what was passed over."""
        usable = [found for sheet in self.planned.book.sheets for found in self._sheet(sheet)]
        found = [
            draft for table, columns in self._of_the_ledger(usable) for draft in self._table(table, columns)
        ]
        if not self.planned.sheets and not self.planned.refused:
            first = next((s.name for s in self.planned.book.sheets if s.rows and not s.hidden), "")
            self._no_header(first, 1)
        self._strangers()
        self.planned.notes.extend(amending.told(self.ledger, self.planned.shared))
        self._stamp()
        return found

    def _sheet(self, sheet: Sheet) -> list[_Found]:
        """Return the tables of a sheet that have a column of what identifies a record."""
        if sheet.name in ownsheets.OWN or not sheet.rows:
            return []
        if sheet.hidden:
            self.planned.notes.append(f"隐藏的工作表“{sheet.name}”没有读")
            return []
        if sheet.name in self.planned.skipped:
            self.planned.notes.append(f"工作表“{sheet.name}”照您选的没有读")
            return []
        if row := self.planned.heads.get(sheet.name):
            table = table_below(sheet, self.vocabulary, min(row, len(sheet.rows)) - 1)
            return [(table, self._matched(table))]
        found = [(table, self._matched(table)) for table in read_tables(sheet, self.vocabulary)]
        usable = [(t, columns) for t, columns in found if any(c.taken in self.identifying for c in columns)]
        if not usable:
            self._pass_over(sheet, next((table.bottom for table, _ in found), 0))
        return usable

    def _of_the_ledger(self, found: Sequence[_Found]) -> Iterator[_Found]:
        """Yield the tables; one about something else is left out beside one that has all that identifies a record."""
        whole = any(self.identifying <= {c.taken for c in columns} for _, columns in found)
        for table, columns in found:
            pointed = table.sheet.name in self.planned.heads
            if whole and not pointed and is_strange(columns, self.ledger):
                key = self.ledger.field(self.ledger.key_field).label
                self.planned.notes.append(
                    f"工作表“{table.sheet.name}”里没有“{key}”这一列，其他列也大多不是{self.ledger.label}的，没有读"
                )
            else:
                yield table, columns

    def _pass_over(self, sheet: Sheet, heads: int) -> None:
        """Refuse a sheet that has records below heads nobody knows (row from 0); tell of any other in a note."""
        if self._has_records(sheet):
            self._no_header(sheet.name, heads + 1)
        elif len(self.planned.book.sheets) > 1:
            self.planned.notes.append(f"工作表“{sheet.name}”没有台账的表头，没有读")

    def _has_records(self, sheet: Sheet) -> bool:
        """Tell whether a sheet holds a valid key, or names in full rows where no key singles itself out."""
        if _REFERENCE.search(sheet.name):
            return False
        key, name = (self.ledger.field(n).type for n in (self.ledger.key_field, self.ledger.name_field))
        if key.telling:
            return any(key.recognises(cell) for row in sheet.rows for cell in row if cell is not None)
        full = [row for row in sheet.rows if sum(cell is not None for cell in row) > 2]
        return sum(any(map(name.recognises, row)) for row in full) > 1

    def _matched(self, table: Table) -> tuple[ColumnMatch, ...]:
        """Return the matches of a table's columns, by what was decided for such heads before and now."""
        plain = self.mapper.match(table, self.planned.chosen)
        known = self.remembered.get(_shape(plain))
        return self.mapper.match(table, {**known, **self.planned.chosen}) if known else plain

    def _table(self, table: Table, columns: tuple[ColumnMatch, ...]) -> list[Draft]:
        rows = tuple(range(table.top + 1, table.bottom + 2))
        if clash := told_twice(columns, self.ledger):
            self.planned.refused.append(clash.at(table.sheet.name, rows[-1]))
            return []
        self.planned.sheets.append(SheetPlan(table.sheet.name, rows, columns, table.titles))
        self._name_columns(table, columns)
        reader = RowReader(self.ledger, table, columns, self.scope)
        found = list(self._read(reader))
        self.planned.notes.extend(self._remarks(table, reader))
        return found

    def _read(self, reader: RowReader) -> Iterator[Draft]:
        for number, draft in enumerate(reader.read()):
            if number % _TOLD_EVERY == 0:
                self.beat()
            yield draft

    def _name_columns(self, table: Table, columns: Iterable[ColumnMatch]) -> None:
        mapping, unmapped = self.planned.mapping, self.planned.unmapped
        for column in columns:
            if column.taken == RESULT:
                continue
            apart = f"{column.head}（{table.sheet.name}）"
            if column.taken:
                clash = mapping.get(column.head, column.taken) != column.taken
                mapping[apart if clash else column.head] = column.taken
                self._not_kept(column)
                self._taken_apart(column)
            elif column.samples:
                head = apart if column.head in mapping else column.head
                unmapped.extend([] if head in unmapped else [head])
                if column.doubt:
                    label = self.ledger.field(str(column.field)).label
                    told = f"“{head}”这一列多半不是{label}（如“{column.doubt}”），整列没有导入"
                    self.planned.notes.append(told)

    def _not_kept(self, column: ColumnMatch) -> None:
        """Tell of what is recognised and not stored, running numbers apart."""
        if column.taken in self.ledger.ignored and column.taken != "seq":
            self.planned.notes.append(f"“{column.head}”这一列认得，但不保存")

    def _taken_apart(self, column: ColumnMatch) -> None:
        """Tell of a column whose cells hold two values, of which one may be left out."""
        if column.pair:
            labels = "”和“".join(self.ledger.field(name).label for name in column.pair.names)
            told = f"按“{labels}”分开导入" if column.pair.second else f"只导入了“{labels}”，其余的没有导入"
            self.planned.notes.append(f"“{column.head}”这一列一格里有两项，{told}")

    def _remarks(self, table: Table, reader: RowReader) -> Iterator[str]:
        where = f"“{table.sheet.name}”" if table.sheet.name else "表"
        for name in sorted(self.identifying - set(reader.columns)):
            yield f"{where}里没有找到“{self.ledger.field(name).label}”这一列"
        if reader.examples:
            yield f"{where}第{'、'.join(map(str, reader.examples))}行是填写示例，没有导入"
        strange = re.search(self.ledger.strangers, "".join(table.titles)) if self.ledger.strangers else None
        if strange:
            yield f"{where}的表题里有“{strange[0]}”，请核对是不是“{self.ledger.label}”的内容，不是的请撤销这次导入"
        if reader.beside and not self.scope.only:
            yield f"{where}没有报送单位这一列，按“{reader.beside.head}”一列所写的县（市、区）记，请核对"
        elif reader.unit and reader.unit not in reader.readers and not reader.grouped:
            yield from self._other_unit(table, reader)

    def _other_unit(self, table: Table, reader: RowReader) -> Iterator[str]:
        """Warn when the title names another unit than the rows are taken for."""
        title, regions = "".join(table.titles), code_table("regions")
        named = {c.code: c.name for c in regions.codes if c.name in title or c.words[1] in title}
        if named and self.scope.own not in named:
            told, ours = "、".join(named.values()), regions.label(self.scope.own)
            taken = f"没有写报送单位的各行不收；确是“{ours}”的，请改正表题后再导入"
            kept = f"表里没有报送单位这一列，各行都按“{ours}”记，请核对"
            yield f"表题写的是“{told}”，" + (taken if reader.title else kept)

    def _no_header(self, sheet: str, row: int) -> None:
        key, name = self.ledger.field(self.ledger.key_field), self.ledger.field(self.ledger.name_field)
        sentence = _NO_HEADER.format(name.label, key.label)
        self.planned.refused.append(Problem("header", key.sheet_name, sentence, sheet=sheet, row=row))

    def _stamp(self) -> None:
        """Tell when the workbook is a blank form of another ledger, or of an older version of this one."""
        pages = (sheet.rows for sheet in self.planned.book.sheets if sheet.name == ownsheets.STAMP)
        told = {str(row[0]): row[1] for rows in pages for row in rows if len(row) > 1}
        if told.get("ledger", self.ledger.name) != self.ledger.name:
            self.planned.notes.append(f"这是另一种台账的表，不是“{self.ledger.label}”，请核对是否选错了文件")
        elif told.get("purpose") == "template" and told.get("version") != _version(self.ledger):
            self.planned.notes.append("这张填报表是按旧版栏目生成的，下次请用新生成的填报表")

    def _strangers(self) -> None:
        """Tell of heads decided in a mapping file that the workbook does not have."""
        there = {fold_head(c.head).full for sheet in self.planned.sheets for c in sheet.columns}
        strange = [head for head in self.planned.chosen if fold_head(head).full not in there]
        if strange:
            self.planned.notes.append(f"指定的表头“{'”“'.join(strange)}”在表里没有")


def _version(ledger: Ledger) -> str:
    from ipdesk.workbook import ledger_version  # loads a writer of workbooks, needed for stamped ones only

    return ledger_version(ledger)


def _judge(planned: IntakePlan, store: Store, drafts: Sequence[Draft], progress: Progress) -> None:
    """Say of each record line what it would do, or why it cannot be taken in."""
    repeats, matcher = Repeats(planned.ledger), Matcher(store, planned.ledger)
    branches = Branches(store, planned.ledger)
    namesakes, trends = Namesakes(store, planned.ledger), Trends(store, planned.ledger)
    for done, draft in enumerate(drafts):
        if done % _TOLD_EVERY == 0:
            progress(done, len(drafts))
        taken = [] if draft.refused else [p.at(draft.sheet, draft.row) for p in matcher.taken(draft.values)]
        verdict = repeats.verdict(draft, holds=not taken)
        problems = [*draft.problems, *(verdict.problems or taken)]
        problems += [p.at(draft.sheet, draft.row) for p in branches.problems(draft.values, "intake")]
        stopping = [p for p in problems if p.grade.stops]
        if stopping:
            planned.refused.extend(stopping)
            places = (draft.columns[p.field] for p in stopping if p.field in draft.columns)
            planned.wrong.extend((draft.sheet, draft.row, column) for column in places)
        else:
            place = str(Place(draft.sheet, draft.row))
            found = (*namesakes.problems(draft.values, place), *trends.problems(draft.values, "intake"))
            problems += [p.at(draft.sheet, draft.row) for p in found]
            row = _planned_row(draft, problems, verdict, matcher)
            if row.outcome != "unchanged" and (closed := _closed(planned, store, draft)):
                planned.refused.extend(closed)
                continue
            planned.rows.append(row)
            planned.warnings.extend(p for p in planned.rows[-1].problems if p.grade is Grade.WARNING)
    progress(len(drafts), len(drafts))


def _closed(planned: IntakePlan, store: Store, draft: Draft) -> list[Problem]:
    """Return the finding that a row's period is reported and closed, the cell marked."""
    found = [
        p.at(draft.sheet, draft.row)
        for p in locks.problems(store, store.office, planned.ledger, draft.values)
    ]
    places = (draft.columns[p.field] for p in found if p.field in draft.columns)
    planned.wrong.extend((draft.sheet, draft.row, column) for column in places)
    return found


def _planned_row(draft: Draft, problems: list[Problem], verdict: Verdict, matcher: Matcher) -> PlannedRow:
    match = matcher.match(draft.values)
    changes, outcome = matcher.differences(match), matcher.outcome(match)
    if verdict.again:  # an earlier row of the file brings the record in
        outcome = "updated" if verdict.news & changes.keys() else "unchanged"
    before = {name: old for name, (old, _) in changes.items() if outcome == "updated"}
    doubts = (*_renamed(matcher.ledger, match), *same_person.doubts(matcher.ledger, match, "intake"))
    told = (*problems, *(p.at(draft.sheet, draft.row) for p in doubts))
    return PlannedRow(draft.sheet, draft.row, draft.values, outcome, before, told)  # type: ignore[arg-type]


def _renamed(ledger: Ledger, match: Match) -> Iterator[Problem]:
    """Warn when the key goes by another name in the store: renamed, or one of the two is wrong (rule V21)."""
    key, name = ledger.field(ledger.key_field), ledger.field(ledger.name_field)
    kind = ledger.kind_of(name.name)
    held, told = match.records.get(kind.name), match.values.get(kind.name, {}).get(name.name)
    if key in kind.fields and held and told is not None and held.values.get(name.name) not in (None, told):
        before = held.values[name.name]
        sentence = f"台账里这个{key.label}是“{before}”，导入后改为“{told}”，请核对是否更名"
        yield Problem("V21", name.sheet_name, sentence, Grade.WARNING)


def apply(store: Store, planned: IntakePlan) -> IntakeOutcome:
    """Write the planned rows in one act; refused rows are left out.

    The heads that were decided are remembered once a row came in by them.
    """
    rows = [row for row in planned.rows if row.outcome != "unchanged"]
    done: Counter[Outcome] = Counter({"unchanged": len(planned.rows) - len(rows)})
    chosen = planned.chosen if planned.rows else {}
    if rows or chosen:
        matcher = Matcher(store, planned.ledger)
        with store.act(f"导入{planned.ledger.label}", planned.path.name) as act:
            for row in rows:
                act.comes_from(f"{row.sheet} 第{row.row}行")
                done[matcher.write(act, row.values)[0]] += 1
            if chosen:
                act.keep(_setting(planned.ledger), _decided(store, planned))
    return IntakeOutcome(done["added"], done["updated"], done["unchanged"])


def _decided(store: Store, planned: IntakePlan) -> dict[str, Given]:
    """Return the remembered mappings with those of this workbook."""
    told = {fold_head(head).full: field for head, field in planned.chosen.items()}
    shapes = {
        _shape(sheet.columns): {
            c.head: told[folded] for c in sheet.columns if (folded := fold_head(c.head).full) in told
        }
        for sheet in planned.sheets
    }
    return {
        **_remembered(store, planned.ledger),
        **{shape: heads for shape, heads in shapes.items() if heads},
    }
