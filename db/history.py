"""Read the change log: a row's history, and the last act with what takes it back."""

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from db import journal
from db.act import SqlAct
from ipdesk.fields import Ref, Value
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Catalogue, Kind, Ledger
from ipdesk.kinds.document import DOCUMENT, DOCUMENT_FIELD
from ipdesk.problems import Refusal
from ipdesk.records import Change, LastAct, Record, RecordKey, Version

if TYPE_CHECKING:
    from sqlite_utils import Database

_CHANGES = (
    "SELECT b.at, b.who, b.source, c.kind, v.before, v.after, c.operation, b.id, c.id FROM change c"
    " JOIN batch b ON b.id = c.batch LEFT JOIN change_value v USING (number)"
    " WHERE c.owner = ? AND c.id IN ({}) ORDER BY c.number DESC"
)
_DOCUMENTS = "SELECT id, doc_code, file_name FROM document WHERE owner = ? AND record_id IN ({})"
Told = dict[str, Value]


def changes(db: "Database", ledger: Ledger, key: RecordKey) -> list[Change]:
    """Return every field change of a row, of the records it is put together from and of its attachments, newest first.

    What happened to an attachment is one change of ``_document``, told by its heading and file.
    """
    by_kind = _ids(db, ledger, key)
    ids = [id_ for found in by_kind.values() for id_ in found]
    held = db.conn.execute(_DOCUMENTS.format(_marks(ids)), [key.owner, *ids])
    documents: dict[str, Told] = {row[0]: {"doc_code": row[1], "file_name": row[2]} for row in held}
    every = [*ids, *documents]
    rows = db.conn.execute(_CHANGES.format(_marks(every)), [key.owner, *every])
    links = {f.name for kind in ledger.kinds for f in kind.fields if isinstance(f.type, Ref)}
    parts = _told(db, ledger, key, by_kind)
    return [
        change
        for row in rows
        for change in (
            _attached(row, documents[row[-1]])
            if row[-1] in documents
            else _fields(row, links, parts.get(row[-1], {}))
        )
    ]


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _ids(db: "Database", ledger: Ledger, key: RecordKey) -> dict[str, list[str]]:
    """Return the ids of the records that a row is put together from, by kind."""
    found: dict[str, list[str]] = {ledger.root.name: [key.id]}
    for part in ledger.parts:
        above = found.get(part.of or ledger.root.name, [])
        statement = (
            f'SELECT "{part.up}" FROM "{ledger.root.name}" WHERE owner = ? AND id = ?'
            if part.up
            else f'SELECT id FROM "{part.kind.name}" WHERE owner = ? AND "{part.down}" = ?'
        )
        rows = [row for id_ in above for row in db.conn.execute(statement, (key.owner, id_))]
        found[part.kind.name] = [row[0] for row in rows if row[0]]
    return found


def _told(
    db: "Database", ledger: Ledger, key: RecordKey, by_kind: Mapping[str, Collection[str]]
) -> dict[str, Told]:
    """Return by id what tells apart the parts that a row may have several of, as it is now."""
    found: dict[str, Told] = {}
    for part in ledger.many:
        fields, ids = part.kind.told_by, by_kind[part.kind.name]
        columns = ", ".join(f'"{f.name}"' for f in fields)
        statement = f'SELECT id, {columns} FROM "{part.kind.name}" WHERE owner = ? AND id IN ({_marks(ids)})'
        for id_, *values in db.conn.execute(statement, [key.owner, *ids]):
            found[id_] = {f.name: f.type.canonical(value) for f, value in zip(fields, values, strict=True)}
    return found


def _fields(row: tuple[str, ...], links: set[str], part: Told) -> list[Change]:
    at, who, source, kind, before, after, operation, batch, _id = row
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    source = " ".join(filter(None, (source, new.pop(journal.PLACE, ""))))
    if operation == journal.DELETE:
        old, new = {"_deleted": False}, {"_deleted": True}
    names = [name for name in (*new, *(n for n in old if n not in new)) if name not in links]
    return [Change(at, who, source, kind, name, old.get(name), new.get(name), batch, part) for name in names]


def logged(db: "Database", kind: Kind, key: RecordKey) -> list[Record]:
    """Return a record as it stood after each entry of the log, oldest first; values erased since are left out."""
    rows = db.conn.execute(
        "SELECT c.version, c.operation, v.after, b.at FROM change c JOIN batch b ON b.id = c.batch"
        " LEFT JOIN change_value v USING (number) WHERE c.id = ? AND c.kind = ? AND c.owner = ?"
        " AND c.operation <> ? ORDER BY c.number",
        (key.id, kind.name, key.owner, journal.NOTE),
    )
    stages, values = [], dict[str, Value]()
    for version, operation, after, at in rows:
        told = json.loads(after or "{}")
        deleted = bool(told.pop(DELETED, False)) or operation == journal.DELETE
        changed = {n: kind.by_name[n].type.canonical(v) for n, v in told.items() if n in kind.by_name}
        values = {n: v for n, v in {**values, **changed}.items() if v is not None}
        stages.append(Record(kind.name, key, values, Version(*json.loads(version)), deleted=deleted, at=at))
    return stages


def _attached(row: tuple[str, ...], held: Told) -> list[Change]:
    """Return what became of an attachment: there was none before it was added or brought back."""
    at, who, source, kind, before, after, operation, batch, _id = row
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    if operation == journal.NOTE:
        return [Change(at, who, source, kind, "_note", None, new.get("_note"), batch)]
    is_new = "file_name" in new and old.get("file_name") is None
    was = None if is_new or old.get("_deleted") else _called({**held, **old})
    gone = operation == journal.DELETE or new.get("_deleted")
    now = None if gone else _called({**held, **new})
    return [Change(at, who, source, kind, DOCUMENT_FIELD, was, now, batch)] if was != now else []


def _called(told: Told) -> str:
    heading, name = DOCUMENT.by_name["doc_code"].type.show(told.get("doc_code")), told.get("file_name")
    return f"{heading}（{name}）" if heading else str(name)


def last_undoable(db: "Database") -> LastAct | None:
    """Return the last batch that is neither an undo, nor undone, nor beyond undoing."""
    row = db.conn.execute(
        "SELECT id, deed, at, (SELECT count(*) FROM change WHERE batch = b.id) FROM batch b"
        " WHERE undoable = 1 AND undoes IS NULL AND undone_by IS NULL ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return LastAct(*row) if row else None


def last_redoable(db: "Database") -> LastAct | None:
    """Return the undo that a redo would take back, named by the deed it undid; after a new act there is none.

    A redo is the undo of an undo, so what was done again can be taken back again.
    """
    row = db.conn.execute(
        "SELECT b.id, undone.deed, undone.at, (SELECT count(*) FROM change WHERE batch = b.id)"
        " FROM batch b JOIN batch undone ON undone.id = b.undoes AND undone.undoes IS NULL"
        " WHERE b.undone_by IS NULL AND b.undoable = 1 AND NOT EXISTS ("
        "SELECT 1 FROM batch n WHERE n.number > b.number AND n.undoable = 1 AND n.undoes IS NULL"
        ") ORDER BY b.number DESC LIMIT 1"
    ).fetchone()
    return LastAct(*row) if row else None


def reverse(db: "Database", catalogue: Catalogue, act: SqlAct, batch: LastAct) -> None:
    """Write what takes a batch back, newest change first; what a later act built on is refused."""
    rows = db.conn.execute(
        "SELECT c.number, c.kind, c.owner, c.id, c.operation, v.before FROM change c"
        " LEFT JOIN change_value v USING (number) WHERE c.batch = ? ORDER BY c.number DESC",
        (batch.id,),
    ).fetchall()
    for number, kind, owner, id_, operation, before in rows:
        key = RecordKey(owner, id_)
        if _built_on(db, number, batch.id, kind, key):
            raise Refusal(
                f"“{batch.deed}”之后这些记录又有变化（如接收了回执），不能{act.log.source}，请直接修改"
            )
        _take_back(catalogue, act, kind, key, operation, json.loads(before or "{}"))
    db.conn.execute("UPDATE batch SET undone_by = ? WHERE id = ?", (act.batch, batch.id))
    db.conn.execute("UPDATE batch SET undone_by = NULL WHERE undone_by = ?", (batch.id,))  # done again


def _built_on(db: "Database", number: int, batch: str, kind: str, key: RecordKey) -> bool:
    """Tell whether an act that still stands changed the record later."""
    row = db.conn.execute(
        "SELECT 1 FROM change c JOIN batch b ON b.id = c.batch WHERE c.id = ? AND c.kind = ? AND c.owner = ?"
        " AND c.number > ? AND b.id <> ? AND c.operation <> 'note' AND b.undoes IS NULL AND b.undone_by IS NULL"
        " LIMIT 1",
        (key.id, kind, key.owner, number, batch),
    ).fetchone()
    return row is not None


def _take_back(
    catalogue: Catalogue, act: SqlAct, name: str, key: RecordKey, operation: str, before: dict[str, object]
) -> None:
    kind = catalogue.kind(name)
    was_deleted = before.pop("_deleted", False)
    if operation == journal.ADD or was_deleted:
        act.delete(kind, key)
    else:
        act.put(kind, key, {n: kind.by_name[n].type.canonical(told) for n, told in before.items()})
