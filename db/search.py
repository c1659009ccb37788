"""Find rows by any part of a word, from one character on, and by pinyin initials: FTS5 over pieces of the words.

An index's row numbers are places in the usual order (unit by unit, in each as the rows came), so a first page is
there without sorting, or even looking at, all that is found. Beside it stand the words themselves: by these rows are
found in any other order (``db.finding``).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from db.tables import by_owner, plain
from db.views import View
from ipdesk.fields import Coded, Name, PersonName, Value
from ipdesk.kinds.declare import Field, Ledger, Part
from ipdesk.records import Query, RecordKey, Row
from ipdesk.resources import resource
from ipdesk.text import compact

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 7
_PLACES = frozenset("省市县区镇乡")
_GAP = "zz"
_FOUR = 4  # letters of a code looked for as one piece: some pairs of them are in every row
_RUN = re.compile(r"[!-~]{4,}")
_SOME = 2000  # rows indexed at a time
_MANY = 500  # rows found from which on they are not all sorted to show a page
_BITS = 40  # of a place that tell the row's number; those above tell the rank of its unit
_NUMBER = (1 << _BITS) - 1


@lru_cache(maxsize=65536)
def _token(piece: str) -> str:
    """Return a piece of text as one ASCII token: FTS5's own tables know no character newer than Unicode 6.1."""
    return "x" + "x".join(f"{ord(c):x}" for c in piece)


def _pieces(text: str, size: int = 2) -> str:
    return " ".join([_token(text[i : i + size]) for i in range(len(text) - size + 1)])


@lru_cache(maxsize=4096)
def _content(text: str) -> str:
    """Return all pieces of a text; tokens of one size stand side by side as their pieces do in the text."""
    singles = " ".join(dict.fromkeys(map(_token, text)))
    fours = [_pieces(run, _FOUR) for run in _RUN.findall(text)]
    return f" {_GAP} ".join((singles, _pieces(text), *fours))


@lru_cache
def _learn_local_names() -> None:
    """Teach the converter how the names of this place are said (resources/pinyin.csv, which may grow)."""
    from pypinyin import load_phrases_dict

    with resource("pinyin.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    load_phrases_dict({row["phrase"]: [[sound] for sound in row["pinyin"].split()] for row in rows})


@lru_cache(maxsize=65536)
def initials(text: str) -> tuple[str, ...]:
    """Return the pinyin initials of a text, phrase-aware (长荡 is cd), with and without its 省市县 words.

    The form without is read anew: 东台市长荡 would be read as having a mayor (市长).
    """
    from pypinyin.core import Pinyin

    _learn_local_names()
    forms = dict.fromkeys((text, "".join(char for char in text if char not in _PLACES)))
    return tuple("".join(map(_spoken, Pinyin().seg(form))) for form in forms)


@lru_cache(maxsize=65536)
def _spoken(phrase: str) -> str:
    """Return the initials of one phrase; names are made of few phrases, and saying one takes long."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER, errors="ignore"))


class Search:
    """The index of one ledger: pieces of its search fields and of the initials of its names."""

    def __init__(self, db: "Database", view: View) -> None:
        """Make the index when it is missing or of another version."""
        self._db, self._view, self.ledger = db, view, view.ledger
        self.name, self.words = f'"search_{self.ledger.name}"', f'"search_{self.ledger.name}_words"'
        self._fields = tuple(self.ledger.field(name) for name in self.ledger.search)
        self._several = tuple(filter(None, map(self._searched, self.ledger.many)))
        self._ranks = _unit_ranks(self.ledger)
        self._stamp = f"{VERSION}:{','.join(self.ledger.search)}:{','.join(self._ranks)}"
        if not self._is_current():
            self._make()

    def _searched(self, part: Part) -> tuple[Part, tuple[Field, ...]] | None:
        """Return a part that a row may have several of with its searched fields, if it has any."""
        fields = tuple(f for f in self._fields if self.ledger.kind_of(f.name) is part.kind)
        return (part, fields) if fields else None

    def _is_current(self) -> bool:
        row = self._db.conn.execute(
            "SELECT value FROM setting WHERE name = ?", (f"search.{self.ledger.name}",)
        ).fetchone()
        return bool(row and row[0] == self._stamp)

    def _make(self) -> None:
        with self._db.atomic():
            for table in (self.name, self.words):
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
            self._db.execute(
                f"CREATE VIRTUAL TABLE {self.name} USING fts5"
                "(texts, initials, tokenize='ascii', content='', contentless_delete=1)"
            )
            self._db.execute(
                f"CREATE TABLE {self.words}"
                " (place INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, words TEXT NOT NULL)"
            )
            self.refresh(self._view.keys(Query()))
            self._db.execute(
                "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                (f"search.{self.ledger.name}", self._stamp),
            )

    # ------------------------------------------------------------ writing
    def refresh(self, keys: Iterable[RecordKey]) -> None:
        """Index these rows anew; rows that are gone leave the index."""
        wanted = list(keys)
        for start in range(0, len(wanted), _SOME):
            self._refresh(wanted[start : start + _SOME])

    def _refresh(self, wanted: Sequence[RecordKey]) -> None:
        numbers = self._numbers(wanted)
        gone = [(number,) for number in numbers.values()]
        place = f"(SELECT place FROM {self.words} WHERE number = ?)"
        self._db.conn.executemany(f"DELETE FROM {self.name} WHERE rowid = {place}", gone)
        self._db.conn.executemany(f"DELETE FROM {self.words} WHERE number = ?", gone)
        rows = self._view.rows(wanted)
        held = self._held(rows)
        for row in rows:
            self._write(numbers[row.key], row, held.get(row.key, []))

    def _numbers(self, keys: Sequence[RecordKey]) -> dict[RecordKey, int]:
        """Return the row number of each root that is there: a part may come in a package before it."""
        select = f'SELECT owner, id, rowid FROM "{self.ledger.root.name}" WHERE '
        return {
            RecordKey(owner, id_): number
            for condition, values in by_owner(keys)
            for owner, id_, number in self._db.conn.execute(select + condition, values)
        }

    def _held(self, rows: Sequence[Row]) -> dict[RecordKey, list[str]]:
        """Return what parts of these rows hold, each of them: a row shows the newest only."""
        held: dict[RecordKey, list[str]] = {}
        for part, fields in self._several:
            above = part.of or self.ledger.root.name
            told = self._told_by(part, fields, [row.parts[above] for row in rows if above in row.parts])
            for row in rows:
                held.setdefault(row.key, []).extend(told.get(row.parts.get(above, row.key), []))
        return held

    def _told_by(
        self, part: Part, fields: Sequence[Field], above: Sequence[RecordKey]
    ) -> dict[RecordKey, list[str]]:
        """Return the texts of the parts that point to some records, by record."""
        names = ", ".join(f'"{f.name}"' for f in fields)
        select = f'SELECT owner, "{part.down}", {names} FROM "{part.kind.name}" WHERE _deleted = 0 AND '
        told: dict[RecordKey, list[str]] = {}
        for condition, values in by_owner(above, part.down):
            for owner, id_, *raw in self._db.conn.execute(select + condition, values):
                found = [f.type.loaded(plain(one)) for f, one in zip(fields, raw, strict=True)]
                texts = [_shown(f, v) for f, v in zip(fields, found, strict=True) if v is not None]
                told.setdefault(RecordKey(owner, id_), []).extend(texts)
        return told

    def _write(self, number: int, row: Row, held: Sequence[str]) -> None:
        texts, spoken = list(dict.fromkeys((*self._texts(row), *held))), self._spoken(row)
        place = self._place(number, row)
        pieces = (f" {_GAP} ".join(map(_content, told)) for told in (texts, spoken))
        execute = self._db.conn.execute
        execute(f"INSERT INTO {self.name} (rowid, texts, initials) VALUES (?, ?, ?)", (place, *pieces))
        execute(f"INSERT INTO {self.words} VALUES (?, ?, ?)", (place, number, "\n".join((*texts, *spoken))))

    def _texts(self, row: Row) -> list[str]:
        return [_shown(f, row.values[f.name]) for f in self._fields if f.name in row.values]

    def _spoken(self, row: Row) -> list[str]:
        """Return the initials of a row's names, of codes by what they are called."""
        names = (f for f in self._fields if _is_name(f) or isinstance(f.type, Coded))
        told = (f.type.show(row.values[f.name]).lower() for f in names if f.name in row.values)
        return list(dict.fromkeys(form for words in told for form in initials(words)))

    def _place(self, number: int, row: Row) -> int:
        """Return where a row stands in the usual order: as ``View`` sorts, rows without a unit at the end."""
        unit, last = row.values.get(self.ledger.unit_field), len(self._ranks)
        rank = last + 1 if unit is None else self._ranks.get(str(unit), last)
        return rank << _BITS | number

    # ------------------------------------------------------------ asking
    def condition(self, words: str) -> tuple[str, list[str]]:
        """Return the SQL condition for a search and its parameters; every word must be found."""
        asked = _expression(words)
        if not asked:
            return "", []
        found = f"SELECT rowid & {_NUMBER} FROM {self.name} WHERE {self.name} MATCH ?"
        return f"_rowid IN ({found})", [asked]

    def few(self, words: str) -> str:
        """Return the condition that names the rows found, where they are few enough to sort; else nothing."""
        asked = _expression(words)
        if not asked:
            return ""
        found = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH ? ORDER BY rowid LIMIT ?"
        numbers = [str(place & _NUMBER) for (place,) in self._db.conn.execute(found, (asked, _MANY))]
        return f"_rowid IN ({', '.join(numbers)})" if len(numbers) < _MANY else ""

    def finds_more(self, words: str, number: int) -> bool:
        """Tell whether a search finds more rows than a number; not more of them are looked at."""
        if not (asked := _expression(words)):
            return False
        found = f"SELECT 1 FROM {self.name} WHERE {self.name} MATCH ? LIMIT 1 OFFSET ?"
        return self._db.conn.execute(found, (asked, number)).fetchone() is not None

    def keys(self, words: str, limit: int | None) -> Iterator[RecordKey]:
        """Yield the keys of the rows found in the usual order; no more is looked at than is taken."""
        asked = _expression(words)
        table, place = (self.name, "rowid") if asked else (self.words, "place")
        matching = f" WHERE {self.name} MATCH ?" if asked else ""
        select = (
            f'SELECT root.owner, root.id FROM {table} found CROSS JOIN "{self.ledger.root.name}" root'
            f" ON root.rowid = found.{place} & {_NUMBER}{matching} ORDER BY found.{place} LIMIT ?"
        )
        told = (asked,) if asked else ()
        return map(RecordKey._make, self._db.conn.execute(select, (*told, -1 if limit is None else limit)))

    def total(self, words: str) -> int:
        """Return how many rows a search finds."""
        asked = _expression(words)
        table, where = (self.name, f" WHERE {self.name} MATCH ?") if asked else (self.words, "")
        counted = self._db.conn.execute(f"SELECT count(*) FROM {table}{where}", [asked] if asked else [])
        return int(counted.fetchone()[0])


def _is_name(field: Field) -> bool:
    """Tell whether a field holds the name of somebody or something, which is looked for by its initials too."""
    return field.name.endswith("_name") or isinstance(field.type, (Name, PersonName))


def _shown(field: Field, value: Value) -> str:
    """Return a value as it is looked for."""
    told = field.type.show(value) if isinstance(field.type, Coded) else str(value)
    return compact(told).lower()


def asked_words(words: str) -> list[str]:
    """Return the words searched for as rows hold them, none with a gap in it."""
    return [compact(word).lower() for word in words.split() if compact(word)]


def _expression(words: str) -> str:
    """Return the FTS5 expression of a search, empty for none; every word must be found."""
    return " AND ".join(map(_asked, asked_words(words)))


def _asked(word: str) -> str:
    """Return the FTS5 expression for one word: its pieces side by side, in the texts or, of letters, the initials."""
    size = min(len(word), _FOUR if _RUN.fullmatch(word) else 2)
    columns = "" if re.fullmatch("[a-z]+", word) else "texts : "
    return f'({columns}"{_pieces(word, size)}")'


def _unit_ranks(ledger: Ledger) -> dict[str, int]:
    """Return the place of each unit in a list."""
    field = ledger.field(ledger.unit_field)
    codes = field.type.codes.codes if isinstance(field.type, Coded) else ()
    return {code.code: rank for rank, code in enumerate(codes)}


def touched_roots(db: "Database", ledger: Ledger, kind: str, key: RecordKey) -> list[RecordKey]:
    """Return the ledger's rows that show a record of some kind."""
    if kind == ledger.root.name:
        return [key]
    part = next((p for p in ledger.parts if p.kind.name == kind), None)
    if part is None:
        return []
    if part.up:
        statement = f'SELECT owner, id FROM "{ledger.root.name}" WHERE owner = ? AND "{part.up}" = ?'
        return [RecordKey(*row) for row in db.conn.execute(statement, key)]
    statement = f'SELECT "{part.down}" FROM "{kind}" WHERE owner = ? AND id = ?'
    row = db.conn.execute(statement, key).fetchone()
    parent = RecordKey(key.owner, row[0]) if row and row[0] else None
    return touched_roots(db, ledger, part.of or ledger.root.name, parent) if parent else []
