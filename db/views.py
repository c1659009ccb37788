"""Derive a ledger's flat view from its declaration and answer what to list from it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from db.filters import conditions
from db.tables import Table, by_owner, plain
from ipdesk.fields import Coded, FieldType, Name, Text, Value
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.records import Query, RecordKey, Row

if TYPE_CHECKING:
    from sqlite_utils import Database


class View:
    """The flat rows of one ledger: a temporary SQL view over the root and the kinds around it."""

    def __init__(self, db: "Database", ledger: Ledger) -> None:
        """Create the view for this connection."""
        self._db, self.ledger = db, ledger
        self.name = f'"view_{ledger.name}"'
        db.execute(f"CREATE TEMP VIEW {self.name} AS {self._statement()}")

    def _statement(self) -> str:
        root = Table(self.ledger.root)
        columns = ["r.rowid AS _rowid", "r.owner AS owner", "r.id AS id"]
        columns += [f'{self._alias(f.name)}."{f.name}" AS "{f.name}"' for f in self.ledger.fields]
        columns += [f'"{p.kind.name}".id AS "_id_{p.kind.name}"' for p in self.ledger.parts]
        lsns = ["r._lsn", *(f'coalesce("{p.kind.name}"._lsn, 0)' for p in self.ledger.parts)]
        columns.append(f"max({', '.join(lsns)}, 0) AS _lsn")
        joins = " ".join(map(self._join, self.ledger.parts))
        return f"SELECT {', '.join(columns)} FROM {root.name} r {joins} WHERE r._deleted = 0"

    def _alias(self, field: str) -> str:
        kind = self.ledger.kind_of(field)
        return "r" if kind is self.ledger.root else f'"{kind.name}"'

    @staticmethod
    def _join(part: Part) -> str:
        table, parent = f'"{part.kind.name}"', f'"{part.of}"' if part.of else "r"
        if part.up:
            same = f'{table}.owner = r.owner AND {table}.id = r."{part.up}"'
            return f"LEFT JOIN {table} ON {same} AND {table}._deleted = 0"
        newest = f'x."{part.newest}" DESC, x.id DESC' if part.newest else "x.id DESC"
        inner = (
            f'SELECT x.rowid FROM {table} x WHERE x.owner = r.owner AND x."{part.down}" = {parent}.id'
            f" AND x._deleted = 0 ORDER BY {newest} LIMIT 1"
        )
        return f"LEFT JOIN {table} ON {table}.rowid = ({inner})"

    def keys(self, query: Query, found: str = "", words: Sequence[str] = ()) -> Iterator[RecordKey]:
        """Yield the keys of matching rows in order; ``found`` is the condition of a search and its parameters."""
        return map(RecordKey._make, self._db.conn.execute(*self.select("owner, id", query, found, words)))

    def select(
        self, columns: str, query: Query, found: str = "", words: Sequence[str] = ()
    ) -> tuple[str, list[Value]]:
        """Return the statement (and its parameters) that reads columns of matching rows in order."""
        where, values = self._where(query, found, words)
        limit = f" LIMIT {int(query.limit)}" if query.limit is not None else ""
        return f"SELECT {columns} FROM {self.name}{where} ORDER BY {self._order(query)}{limit}", values

    def total(self, query: Query, found: str = "", words: Sequence[str] = ()) -> int:
        """Return how many rows match."""
        where, values = self._where(query, found, words)
        return int(self._db.conn.execute(f"SELECT count(*) FROM {self.name}{where}", values).fetchone()[0])

    def _where(self, query: Query, found: str, words: Sequence[str]) -> tuple[str, list[Value]]:
        asked, told = conditions(self.ledger, query)
        every = [found, *asked] if found else asked
        return f" WHERE {' AND '.join(every)}" if every else "", [*words, *told]

    def _order(self, query: Query) -> str:
        chosen = [self._ordered(name, downwards) for name, downwards in query.order]
        return ", ".join([*chosen, self._ordered(self.ledger.unit_field, False), "_rowid"])

    def _ordered(self, name: str, downwards: bool) -> str:
        field = self.ledger.field(name)
        direction = "DESC" if downwards else "ASC"
        return f'"{field.name}" IS NULL, {_rank(field.type, field.name)} {direction}'

    def rows(self, keys: Sequence[RecordKey]) -> list[Row]:
        """Return the flat rows of these keys in their order."""
        found: dict[RecordKey, Row] = {}
        for condition, values in by_owner(keys):
            cursor = self._db.conn.execute(f"SELECT * FROM {self.name} WHERE {condition}", values)
            names = [column[0] for column in cursor.description]
            for raw in cursor:
                row = self._row(dict(zip(names, raw, strict=True)))
                found[row.key] = row
        return [found[key] for key in keys if key in found]

    def _row(self, raw: dict[str, str | int | float | None]) -> Row:
        owner = str(raw["owner"])
        values: dict[str, Value] = {
            f.name: f.type.loaded(plain(raw[f.name])) for f in self.ledger.fields if raw[f.name] is not None
        }
        ids = {p.kind.name: raw[f"_id_{p.kind.name}"] for p in self.ledger.parts}
        parts = {name: RecordKey(owner, str(id_)) for name, id_ in ids.items() if id_}
        key = RecordKey(owner, str(raw["id"]))
        return Row(key, values, {self.ledger.root.name: key, **parts}, int(raw["_lsn"] or 0))


def _rank(kind: FieldType, name: str) -> str:
    """Return what to sort by: a code by its place in the table, a name by pinyin, the rest as it stands."""
    if isinstance(kind, Coded):
        return f"code_rank('{kind.table}', \"{name}\")"
    return f'pinyin_rank("{name}")' if isinstance(kind, (Text, Name)) else f'"{name}"'


def install(db: "Database") -> None:
    """Give the connection the functions that order rows."""
    from ipdesk.codes import code_table

    ranks: dict[str, dict[str, int]] = {}

    def code_rank(table: str, code: str | None) -> int:
        if table not in ranks:
            ranks[table] = {c.code: i for i, c in enumerate(code_table(table).codes)}
        return ranks[table].get(code or "", len(ranks[table]))

    # GB 2312 orders its common characters by pinyin, so the GB 18030 form sorts names as clerks expect.
    db.conn.create_function(
        "pinyin_rank", 1, lambda t: t.encode("gb18030") if t else None, deterministic=True
    )
    db.conn.create_function("code_rank", 2, code_rank, deterministic=True)
