"""Carry what the city publishes down to the counties, each document with a version that never falls (rule 11).

Whatever is published lies in the store under its name; the highest version ever seen of it also outside the
workspace, so that neither an old receipt nor a restored store brings an older one back.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from ipdesk.clock import now
from ipdesk.codes import Tables
from ipdesk.files import digest
from ipdesk.plan import paper
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync import lives
from ipdesk.sync.claims import ANY, DIGEST, LINE, WORD, Claims
from ipdesk.sync.consumers import Consumer, check_tables, consumer
from ipdesk.sync.container import Container, Lines, pack_lines
from ipdesk.sync.life import LEAP

PLAN = "plan"
RESOURCE, SETTING, BEHIND, REFUSED = "channel", "channel", "channel_behind", "channel_refused"
TAKEN = "channel_taken"  # document → when it was put in force here
_FIELDS = (
    ("name", "string"),
    ("version", "integer"),
    ("digest", "string"),
    ("text", "string"),
    ("at", "string"),
)
_DAMAGED = "市局下发的内容与它的摘要不符，文件没有接收，请市局重新导出"
_LOST = "市局以前下发过的“{}”（第{}版）不在这个工作区里，请核对后重新下发"


@dataclass(frozen=True, slots=True)
class Document:
    """One published document: its name, version from 1, the SHA-256 of its text, when it was published (ISO)."""

    name: str
    version: int
    digest: str
    text: str
    at: str

    @property
    def label(self) -> str:
        """Return what people call it."""
        known = consumer(self.name)
        return known[0].label(known[1]) if known else self.name


class Mark(NamedTuple):
    """Which version of a document somebody holds."""

    name: str
    version: int
    digest: str

    @classmethod
    def read(cls, claims: Claims) -> "Mark":
        """Return what a package's header tells of a document; an odd one refuses the file."""
        return cls(claims.text("name", WORD), claims.whole("version"), claims.text("digest", DIGEST))


def documents(store: Store) -> list[Document]:
    """Return the documents in force here, by name."""
    kept = _dict(store, SETTING)
    return [Document(name, **kept[name]) for name in sorted(kept)]


def _dict(store: Store, name: str) -> dict[str, dict[str, Any]]:
    kept = store.setting(name)
    return dict(kept) if isinstance(kept, dict) else {}


def held(store: Store, name: str) -> Document | None:
    """Return a document in force here."""
    return next((one for one in documents(store) if one.name == name), None)


def _remembered(store: Store, name: str) -> int:
    """Return the highest version ever seen of a document, by this store or on this PC."""
    one, behind = held(store, name), _behind(store).get(name, 0)
    return max(one.version if one else 0, behind, lives.remembered(store, _name(name)))


def _name(document: str) -> str:
    return f"{RESOURCE}.{document}"


def _put(store: Store, act: Act, document: Document) -> None:
    told = asdict(document)
    name = told.pop("name")
    act.keep(SETTING, {**_dict(store, SETTING), name: told})


# ---------------------------------------------------------------- the city
def publish(store: Store, name: str, text: str) -> Document:
    """Put a document in force for the whole city, above every version ever seen of it.

    One that says what stands already is not published again; an odd one, or one of a county, is refused.
    """
    if store.office.role != "city":
        raise Refusal("代码表、统计参数和报送安排由市局下发，县（市、区）只接收")
    known = consumer(name)
    if known is None:
        raise Refusal(f"“{name}”不能下发，可以下发的有统计参数、报送安排和代码表")
    known[0].check(store, known[1], text)
    standing = held(store, name)
    if standing and standing.text == text and name not in _behind(store):
        return standing
    return _issue(store, name, text)


def next_version(store: Store, name: str) -> int:
    """Return the version under which a document would be published now."""
    return _remembered(store, name) + 1


def _issue(store: Store, name: str, text: str) -> Document:
    document = Document(name, next_version(store, name), digest(text.encode()), text, now())
    lives.remember(store, {_name(name): document.version})
    deed = f"下发{document.label}第{document.version}版"
    with store.act(deed, "下发") as act:
        _put(store, act, document)
        act.keep(BEHIND, {n: v for n, v in _behind(store).items() if n != name})
        act.note(deed)
    return document


def reissue(store: Store) -> list[Document]:
    """Publish again, above what counties hold, what this city holds in an older version: it was restored."""
    behind = [
        one
        for one in documents(store)
        if one.name in _behind(store) or lives.remembered(store, _name(one.name)) > one.version
    ]
    return [_issue(store, one.name, one.text) for one in behind]


def lost(store: Store) -> list[str]:
    """Say which documents counties hold that this city does not have at all, one sentence each."""
    names = {one.name for one in documents(store)}
    return [_LOST.format(_label(n), v) for n, v in sorted(_behind(store).items()) if n not in names]


def _label(name: str) -> str:
    return Document(name, 0, "", "", "").label


def _behind(store: Store) -> Mapping[str, int]:
    kept = store.setting(BEHIND)
    return {str(n): int(v) for n, v in kept.items()} if isinstance(kept, dict) else {}


def refuse_leaps(store: Store, seen: Iterable[Mark]) -> None:
    """Refuse a package that tells of versions nobody can have published."""
    for mark in seen:
        if mark.version > _remembered(store, mark.name) + LEAP:
            raise Refusal("文件里说的下发内容的版本不合情理，没有接收，请与对方核对")


def note_seen(store: Store, act: Act, seen: Iterable[Mark]) -> None:
    """Note which documents a county holds newer than this city, or otherwise under the same version."""
    behind = dict(_behind(store))
    for mark in seen:
        own = held(store, mark.name)
        other = own is None or own.digest != mark.digest
        if mark.version > (own.version if own else 0) or (own and mark.version == own.version and other):
            behind[mark.name] = max(mark.version, behind.get(mark.name, 0))
    if behind != _behind(store):
        act.keep(BEHIND, behind)
        act.note("县里有比本库更新的下发内容，本库恢复过，下次导出回执时重新下发")


# ---------------------------------------------------------------- carried
def packed(store: Store) -> Lines | None:
    """Return the documents as lines of a receipt or grant, ``None`` when nothing was published."""
    found = documents(store)
    return pack_lines(asdict(one) for one in found) if found else None


def described(lines: Lines) -> dict[str, object]:
    """Return the description of the documents: an entry that a reader may leave alone."""
    fields = [{"name": name, "type": kind} for name, kind in _FIELDS]
    return lines.resource(RESOURCE, fields) | {"optional": True}


def brought(container: Container) -> list[Document]:
    """Return the documents that a receipt or grant brings, each held against its digest."""
    resource = container.resource(RESOURCE)
    return [_read(claims) for claims in (container.lines(resource) if resource else ())]


def _read(claims: Claims) -> Document:
    found = Document(
        claims.text("name", WORD),
        claims.whole("version"),
        claims.text("digest", DIGEST),
        claims.text("text", ANY),
        claims.text("at", LINE),
    )
    if digest(found.text.encode()) != found.digest:
        raise Refusal(_DAMAGED)
    return found


def seen(store: Store) -> list[dict[str, object]]:
    """Return which versions are in force here, as a package tells the city."""
    return [{"name": one.name, "version": one.version, "digest": one.digest} for one in documents(store)]


# ---------------------------------------------------------------- the county
def take(store: Store, act: Act, some: Iterable[Document]) -> list[Document]:
    """Put in force the documents that are newer than what was ever seen here; return them.

    What cannot be used here is left alone, with the reason kept: the rest of a receipt does not depend on it. The
    same version as remembered is taken by a store that lost it (it was restored); an older one never.
    """
    refused = {name: row for name, row in _dict(store, REFUSED).items() if not _stale(store, name, row)}
    taken: dict[str, Document] = {}
    for document, known in _newer(store, some):
        found, part = known
        try:
            found.check(store, part, document.text)
        except Refusal as refusal:
            refused[document.name] = {"version": document.version, "why": refusal.message}
            continue
        refused.pop(document.name, None)
        found.take(store, act, part, document.text)
        taken[document.name] = document
    if taken:
        lives.remember(store, {_name(name): one.version for name, one in taken.items()})
        rows = {name: {k: v for k, v in asdict(one).items() if k != "name"} for name, one in taken.items()}
        act.keep(SETTING, {**_dict(store, SETTING), **rows})
        act.keep(TAKEN, {**taken_at(store), **dict.fromkeys(taken, now())})
        act.note("采用市局下发：" + "、".join(f"{one.label}第{one.version}版" for one in taken.values()))
    if refused != _dict(store, REFUSED):
        act.keep(REFUSED, refused)
    return list(taken.values())


def taken_at(store: Store) -> dict[str, str]:
    """Return when (ISO) each of the city's documents was put in force here, as far as that was kept."""
    kept = store.setting(TAKEN)
    return {str(name): str(at) for name, at in kept.items()} if isinstance(kept, dict) else {}


def newer(store: Store, some: Iterable[Document]) -> bool:
    """Tell whether a receipt brings anything to be put in force."""
    return count_newer(store, some) > 0


def count_newer(store: Store, some: Iterable[Document]) -> int:
    """Return how many documents a receipt brings to be put in force."""
    return sum(1 for _ in _newer(store, some))


def _stale(store: Store, name: str, row: Mapping[str, Any]) -> bool:
    """Tell whether something newer than what was once refused is in force by now."""
    own = held(store, name)
    return own is not None and own.version >= int(row["version"])


def _newer(store: Store, some: Iterable[Document]) -> Iterator[tuple[Document, tuple[Consumer, str]]]:
    for document in some:
        own, known = held(store, document.name), consumer(document.name)
        above = document.version > (own.version if own else 0)
        if known and above and document.version >= lives.remembered(store, _name(document.name)):
            yield document, known


def refusals(store: Store) -> dict[str, str]:
    """Return why documents of the city could not be put in force here, by name."""
    return {name: str(row["why"]) for name, row in _dict(store, REFUSED).items()}


def troubles(store: Store) -> list[str]:
    """Say which documents of the city could not be put in force here, one sentence each."""
    return [f"市局下发的“{_label(name)}”没有采用：{why}" for name, why in refusals(store).items()]


def tables(store: Store) -> Tables:
    """Return the code tables for this workspace: the program's own, in their place those that the city published.

    For the door that opens it; one that a newer program cannot use any more gives way to the program's own.
    """
    return Tables(dict(_usable(store)), list(_plans(store)))


def _plans(store: Store) -> Iterator[Mapping[str, str]]:
    for document in documents(store):
        if document.name.startswith(f"{PLAN}."):
            with contextlib.suppress(
                Refusal
            ):  # one that this program cannot use: told by ``troubles`` when it came
                yield paper.unpacked(document.text)


def _usable(store: Store) -> Iterator[tuple[str, str]]:
    for document in documents(store):
        known = consumer(document.name)
        if known and known[0].name == "codes":
            try:
                check_tables(known[1], document.text)
            except Refusal:
                continue
            yield f"{known[1]}.csv", document.text
