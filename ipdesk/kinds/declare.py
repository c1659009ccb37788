"""The words in which a record kind and a ledger are declared; everything else derives from them."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ipdesk.fields import FieldType, Ref, Value
from ipdesk.problems import Refusal
from ipdesk.text import on_one_line

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    ``heads`` are the other words that sheets use for it (headers_*.csv), ``head`` its name there when it differs;
    ``cue`` (a pattern) is what a head of more words says that means it where the cells are surely such values.
    ``required`` fields left empty are taken in and marked 待补; ``identifies`` ones must be there.
    Of a span of days in one cell the last is that of the field named in ``until``.
    A value that its type would refuse may stand once the field named in ``excused_by`` says why.
    ``column`` is its place in the list by importance, 1 first to stay; 0 keeps it out of the list at first.
    ``brief`` is a label for the head of a narrow column, where the whole one would be cut.
    """

    name: str
    label: str
    type: FieldType
    heads: tuple[str, ...] = ()
    head: str = ""
    cue: str = ""
    required: bool = False
    identifies: bool = False
    section: str = ""
    column: int = 0
    width: int = 120
    brief: str = ""
    printed: int = 0
    help: str = ""
    excused_by: str = ""
    until: str = ""

    @property
    def sheet_name(self) -> str:
        """Return the name under which headers_*.csv knows the field."""
        return self.head or self.name

    @property
    def personal(self) -> bool:
        """Tell whether the value is masked wherever it shows."""
        return self.type.personal


@dataclass(frozen=True, slots=True)
class Key:
    """One part of what makes two records the same; ``families`` maps values that count as one.

    An ``optional`` part left empty matches the only record there is.
    """

    field: str
    families: Mapping[Value, str] = dataclasses.field(default_factory=dict)
    optional: bool = False

    def of(self, values: Values) -> Value:
        """Return the part's value in a record, its family's name where it has one."""
        value = values.get(self.field)
        return self.families.get(value, value)


@dataclass(frozen=True)
class Kind:
    """A record kind: its fields, what identifies a record, and whether it travels in packages and is logged.

    ``weaker`` identities are tried in turn where the first says nothing, as long as no stronger one contradicts.
    A ``local`` kind belongs to one workspace: it has no versions, no change log and never travels.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    identity: tuple[Key, ...] = ()
    weaker: tuple[tuple[Key, ...], ...] = ()
    local: bool = False

    @property
    def identities(self) -> tuple[tuple[Key, ...], ...]:
        """Return what identifies a record, strongest first."""
        return (self.identity, *self.weaker)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Return the fields by name."""
        return {f.name: f for f in self.fields}

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """Return the fields that point to records of other kinds."""
        return tuple(f for f in self.fields if isinstance(f.type, Ref))

    @cached_property
    def told_by(self) -> tuple[Field, ...]:
        """Return the fields that tell records of the same above apart: the year of an institution's figures."""
        return tuple(f for k in self.identity if (f := self.by_name[k.field]) not in self.references)


@dataclass(frozen=True, slots=True)
class Part:
    """A kind joined to a ledger's root: the one the root points to by ``up``, or the newest that points to the root.

    Exactly one of ``up`` (a field of the root) and ``down`` (a field of the part) is given; ``newest`` is the field
    of a part below by which the shown one is chosen. A part below may hang from a part above, named in ``of``.
    """

    kind: Kind
    up: str = ""
    down: str = ""
    newest: str = ""
    of: str = ""


GATHERED = "_gathered"  # in a row's values: what a state gathered beside them


@dataclass(frozen=True, slots=True)
class Gather:
    """What a state needs beside the row: a field of the records of a kind that point to its root by ``link``."""

    kind: str
    link: str
    field: str


@dataclass(frozen=True, slots=True)
class State:
    """A state worked out of a row's values and a day: what it is called, how it is worked out, what it can be.

    One that ``gathers`` finds a tuple of values under ``GATHERED`` in the row.
    """

    label: str
    work: Callable[[Values, date], Value]
    type: FieldType
    gathers: Gather | None = None

    def __call__(self, values: Values, today: date) -> Value:
        """Work the state out."""
        return self.work(values, today)


@dataclass(frozen=True, slots=True)
class Says:
    """All that a head says that means a field (a pattern), and what nearly all cells below look like (a pattern).

    The head is in the spelling of ``intake.heads.normal``, without signs and without words that say nothing.
    """

    head: str
    cells: str = ""


@dataclass(frozen=True, eq=False)  # each declared once, so that one may be looked up by
class Ledger:
    """The flat sheet a clerk knows: a root kind and the kinds around it; one row a root record.

    ``name_field`` is what a clerk calls the row by, with ``name_with`` where that is not enough to tell it;
    ``search`` the fields that the search box looks through;
    ``unit_field`` the field that says which unit the row counts for; ``ignored`` heads are recognised, not stored;
    ``order`` names the first columns and ``last`` the last ones as sheets of this sort have them;
    ``unique`` fields belong to one ``key_field`` only, by the rule named; of each group of ``one_of`` fields a row
    needs one; a field that several kinds declare is the root's here;
    a field in ``switches`` is collected only where the field named there says yes;
    ``derived`` states are worked out beside what the sheet says, shown under ``_`` names, and never stored;
    ``gathered`` states need other records as well: they are asked for by filters only;
    ``parent`` is the field that tells the ``key_field`` of another record of the root's kind above it;
    ``groups`` (a pattern) are the words that heads over several columns are made of; empty for those of its fields;
    ``says`` tells by field what whole heads mean it; ``neutral`` (a pattern) is what all columns are about, so that
    it says nothing in front of a head, and ``others`` (a pattern) somebody else, about whom a column is that says it;
    ``group`` is the part of the program under which it is found with its like; empty for one that stands alone;
    ``leading`` words may stand before a field's name in a head and say nothing where its words have them too;
    ``strangers`` (a pattern) are words of a sheet's title that speak of another register, to be asked about.
    """

    name: str
    label: str
    root: Kind
    parts: tuple[Part, ...]
    name_field: str
    key_field: str
    search: tuple[str, ...]
    unit_field: str = "unit_code"
    measure: str = "家"
    sections: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    ignored: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    unique: Mapping[str, str] = dataclasses.field(default_factory=dict)
    one_of: tuple[tuple[str, ...], ...] = ()
    switches: Mapping[str, str] = dataclasses.field(default_factory=dict)
    derived: Mapping[str, State] = dataclasses.field(default_factory=dict)
    gathered: Mapping[str, State] = dataclasses.field(default_factory=dict)
    parent: str = ""
    groups: str = ""
    says: Mapping[str, Says] = dataclasses.field(default_factory=dict)
    neutral: str = ""
    others: str = ""
    leading: tuple[str, ...] = ()
    strangers: str = ""
    group: str = ""
    name_with: tuple[str, ...] = ()

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Return every kind of the ledger: those above the root, the root, those below."""
        ups = tuple(p.kind for p in self.parts if p.up)
        return (*ups, self.root, *(p.kind for p in self.parts if p.down))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields of a flat row in the order clerks know (links between kinds left out)."""
        found = {f.name: f for kind in self.kinds for f in kind.fields if not isinstance(f.type, Ref)}
        found |= {f.name: f for f in self.root.fields if f.name in found}
        ends = (*self.order, *self.last)
        names = (*self.order, *(name for name in found if name not in ends), *self.last)
        return tuple(found[name] for name in names)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Return the fields by declared name and by the name headers_*.csv gives them."""
        return {f.sheet_name: f for f in self.fields} | {f.name: f for f in self.fields}

    def field(self, name: str) -> Field:
        """Return a field by name; an unknown one is refused with a sentence."""
        if name not in self.by_name:
            raise Refusal(f"“{self.label}”没有“{name}”这个字段，用 kinds 命令可查看全部字段")
        return self.by_name[name]

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """Return the fields shown in the list at first, in ledger order."""
        return tuple(f for f in self.fields if f.column)

    @cached_property
    def _declared_by(self) -> Mapping[str, Kind]:
        return {f.name: kind for kind in (*self.kinds, self.root) for f in kind.fields}

    def called(self, values: Values) -> str:
        """Return what a row is called where people read: codes in short words, masked; empty for one without."""
        fields = (self.field(name) for name in (self.name_field, *self.name_with))
        told = (f.type.brief(f.type.mask(values[f.name])) for f in fields if values.get(f.name) is not None)
        return on_one_line(" ".join(dict.fromkeys(told)))

    def kind_of(self, name: str) -> Kind:
        """Return the kind that declares a field."""
        return self._declared_by[self.field(name).name]

    @cached_property
    def many(self) -> tuple[Part, ...]:
        """Return the parts that a row may have several of: those that point to it."""
        return tuple(p for p in self.parts if p.down)

    def fields_of(self, kind: Kind) -> tuple[Field, ...]:
        """Return the fields of a flat row that a kind declares."""
        return tuple(f for f in self.fields if self.kind_of(f.name) is kind)

    def split(self, values: Values) -> dict[str, dict[str, Value]]:
        """Return the values of a flat row by kind name; kinds without any value are left out."""
        halves: dict[str, dict[str, Value]] = {}
        for name, value in values.items():
            halves.setdefault(self.kind_of(name).name, {})[self.field(name).name] = value
        return halves


class Catalogue:
    """All declared kinds and ledgers, given to whoever derives something from them."""

    def __init__(self, kinds: Iterable[Kind], ledgers: Iterable[Ledger]) -> None:
        """Index the declarations by name."""
        self.kinds = {k.name: k for k in kinds}
        self.ledgers = {ledger.name: ledger for ledger in ledgers}

    def kind(self, name: str) -> Kind:
        """Return a kind by name."""
        return self.kinds[name]

    def ledger(self, name: str) -> Ledger:
        """Return a ledger by name; an unknown one is refused with the names there are."""
        if name not in self.ledgers:
            raise Refusal(f"没有名为“{name}”的台账，可用的有：{'、'.join(self.ledgers)}")
        return self.ledgers[name]

    @property
    def travelling(self) -> tuple[Kind, ...]:
        """Return the kinds that packages carry, those pointed to before those that point."""
        return tuple(k for k in self.kinds.values() if not k.local)
