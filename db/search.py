"""Find rows by any part of a word, from one character on, and by pinyin initials: FTS5 over pairs of characters."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from db.tables import by_owner
from db.views import View
from ipdesk.fields import Coded
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Query, RecordKey, Row
from ipdesk.resources import resource
from ipdesk.text import compact

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 2
_PLACES = frozenset("省市县区镇乡")
_GAP = "zz"
_OTHER_UNIT, _NO_UNIT = "uother", "unone"
_MANY = 1000  # rows from which on they are not all sorted to show a page


@lru_cache(maxsize=65536)
def _token(piece: str) -> str:
    """Return a piece of text as one ASCII token: FTS5's own tables know no character newer than Unicode 6.1."""
    return "x" + "x".join(f"{ord(c):x}" for c in piece)


def _pairs(text: str) -> str:
    return " ".join(_token(text[i : i + 2]) for i in range(len(text) - 1))


def _singles(text: str) -> str:
    return " ".join(dict.fromkeys(map(_token, text)))


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
    """The index of one ledger: pairs and single characters of its search fields, and the initials of its names."""

    def __init__(self, db: "Database", view: View) -> None:
        """Make the index when it is missing or of another version."""
        self._db, self._view, self.ledger = db, view, view.ledger
        self.name = f'"search_{self.ledger.name}"'
        self._fields = tuple(self.ledger.field(name) for name in self.ledger.search)
        if not self._is_current():
            self._make()

    def _is_current(self) -> bool:
        wanted = f"{VERSION}:{','.join(self.ledger.search)}"
        self._stamp = wanted
        row = self._db.conn.execute(
            "SELECT value FROM setting WHERE name = ?", (f"search.{self.ledger.name}",)
        ).fetchone()
        return bool(row and row[0] == wanted)

    def _make(self) -> None:
        with self._db.atomic():
            self._db.execute(f"DROP TABLE IF EXISTS {self.name}")
            self._db.execute(
                f"CREATE VIRTUAL TABLE {self.name} USING fts5"
                "(pairs, singles, initials, unit, tokenize='ascii', content='', contentless_delete=1)"
            )
            self.refresh(self._view.keys(Query()))
            self._db.execute(
                "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                (f"search.{self.ledger.name}", self._stamp),
            )

    def refresh(self, keys: Iterable[RecordKey]) -> None:
        """Index these rows anew; rows that are gone leave the index."""
        wanted = list(keys)
        numbers = self._numbers(wanted)
        shown = ((numbers[row.key], *self._content(row)) for row in self._view.rows(wanted))
        gone = ((number,) for number in numbers.values())
        self._db.conn.executemany(f"DELETE FROM {self.name} WHERE rowid = ?", gone)
        columns = "(rowid, pairs, singles, initials, unit)"
        self._db.conn.executemany(f"INSERT INTO {self.name} {columns} VALUES (?, ?, ?, ?, ?)", shown)

    def _numbers(self, keys: Sequence[RecordKey]) -> dict[RecordKey, int]:
        """Return the row number of each root that is there: a part may come in a package before it."""
        select = f'SELECT owner, id, rowid FROM "{self.ledger.root.name}" WHERE '
        return {
            RecordKey(owner, id_): number
            for condition, values in by_owner(keys)
            for owner, id_, number in self._db.conn.execute(select + condition, values)
        }

    def _content(self, row: Row) -> tuple[str, str, str, str]:
        texts = [compact(self._text(f.name, row)).lower() for f in self._fields if f.name in row.values]
        names = [
            str(row.values[f.name]) for f in self._fields if f.name.endswith("_name") and f.name in row.values
        ]
        spoken = dict.fromkeys(form for name in names for form in initials(name.lower()))
        pairs = f" {_GAP} ".join(map(_pairs, texts))
        said = f" {_GAP} ".join(f"{_pairs(s)} {_singles(s)}" for s in spoken)
        return pairs, _singles("".join(texts)), said, self._bucket(row)

    def _bucket(self, row: Row) -> str:
        """Return the token of a row's unit: by these a first page is found in the usual order."""
        unit = row.values.get(self.ledger.unit_field)
        return _NO_UNIT if unit is None else f"u{unit}" if str(unit) in self._units else _OTHER_UNIT

    @cached_property
    def _units(self) -> tuple[str, ...]:
        """Return the units as they stand in a list."""
        field = self.ledger.field(self.ledger.unit_field)
        return tuple(c.code for c in field.type.codes.codes) if isinstance(field.type, Coded) else ()

    def _text(self, name: str, row: Row) -> str:
        field = self.ledger.field(name)
        value = row.values[name]
        return field.type.show(value) if isinstance(field.type, Coded) else str(value)

    def condition(self, words: str) -> tuple[str, list[str]]:
        """Return the SQL condition for a search and its parameters; every word must be found."""
        asked = _expression(words)
        if not asked:
            return "", []
        return f"_rowid IN (SELECT rowid FROM {self.name} WHERE {self.name} MATCH ?)", [asked]

    def first(self, words: str, limit: int) -> list[RecordKey] | str:
        """Return the keys of the first rows found, in the usual order, or a condition when few enough to sort.

        Words found in most rows are answered without looking at them all: unit by unit, each in the order its
        rows came, stopping when the page is full.
        """
        asked = _expression(words)
        few = self._found(asked, _MANY) if asked else []
        if asked and len(few) < _MANY:
            return f"_rowid IN ({', '.join(map(str, few))})"
        numbers: list[int] = []
        for bucket in (*(f"u{unit}" for unit in self._units), _OTHER_UNIT, _NO_UNIT):
            if len(numbers) < limit:
                within = f'unit : "{bucket}"'
                numbers += self._found(f"({asked}) AND {within}" if asked else within, limit - len(numbers))
        return self._keys(numbers)

    def total(self, words: str) -> int:
        """Return how many rows a search finds."""
        asked = _expression(words)
        matching = f" WHERE {self.name} MATCH ?" if asked else ""
        counted = self._db.conn.execute(
            f"SELECT count(*) FROM {self.name}{matching}", [asked] if asked else []
        )
        return int(counted.fetchone()[0])

    def _found(self, asked: str, limit: int) -> list[int]:
        statement = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH ? ORDER BY rowid LIMIT ?"
        return [row[0] for row in self._db.conn.execute(statement, (asked, limit))]

    def _keys(self, numbers: Iterable[int]) -> list[RecordKey]:
        statement = f'SELECT owner, id FROM "{self.ledger.root.name}" WHERE rowid = ?'
        return [RecordKey(*row) for n in numbers for row in self._db.conn.execute(statement, (n,))]


def _expression(words: str) -> str:
    """Return the FTS5 expression of a search, empty for none; every word must be found."""
    parts = [compact(word).lower() for word in words.split() if compact(word)]
    return " AND ".join(map(_asked, parts))


def _asked(word: str) -> str:
    """Return the FTS5 expression for one word: its pairs side by side, or its initials."""
    text = f'singles : "{_token(word)}"' if len(word) == 1 else f'pairs : "{_pairs(word)}"'
    if not re.fullmatch("[a-z]+", word):
        return f"({text})"
    spoken = _token(word) if len(word) == 1 else _pairs(word)
    return f'(({text}) OR (initials : "{spoken}"))'


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
