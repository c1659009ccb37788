"""What a user does with attachments: add, look at, save, name, delete; contents nobody needs are tidied away."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from ipdesk.codes import code_table
from ipdesk.fields import Value
from ipdesk.files import read_start, size_of, write_bytes
from ipdesk.kinds.declare import Kind
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.store import Store

MOST = 50 * 2**20
KEPT = timedelta(days=30)  # how long a deletion can be taken back before its content goes
NOT_SENT, NOT_HERE = "附件未随包", "内容不在这台电脑上"
_START = 1024  # bytes that tell what a file is
_NO_NAME, _UNSEEN = frozenset('<>:"/\\|?*'), ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_JOINER = "\u200d"  # holds a picture character together
_ZIP, _OLE = b"PK\3\4", b"\xd0\xcf\x11\xe0"
_WORD = "application/vnd.openxmlformats-officedocument."
# Ending → media type and the beginnings that such a file has; WPS writes either container.
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF",)),
    **dict.fromkeys((".jpg", ".jpeg"), ("image/jpeg", (b"\xff\xd8\xff",))),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    **dict.fromkeys((".tif", ".tiff"), ("image/tiff", (b"II*\0", b"MM\0*"))),
    ".bmp": ("image/bmp", (b"BM",)),
    ".ofd": ("application/ofd", (_ZIP,)),
    ".docx": (_WORD + "wordprocessingml.document", (_ZIP,)),
    ".xlsx": (_WORD + "spreadsheetml.sheet", (_ZIP,)),
    ".pptx": (_WORD + "presentationml.presentation", (_ZIP,)),
    ".doc": ("application/msword", (_OLE, _ZIP)),
    ".xls": ("application/vnd.ms-excel", (_OLE, _ZIP)),
    ".wps": ("application/vnd.ms-works", (_OLE, _ZIP)),
    ".et": ("application/x-et", (_OLE, _ZIP)),
}
_KNOWN = "、".join(dict.fromkeys(ending[1:] for ending in TYPES if ending not in (".jpeg", ".tiff")))


@dataclass(frozen=True, slots=True)
class Document:
    """One attachment: its key, what it is (code or free words, and as shown), its file and whether that is here.

    ``size`` is in bytes; ``state`` says in a few words why the content is not here, empty when it is.
    """

    key: RecordKey
    doc_code: str
    label: str
    file_name: str
    sha256: str
    size: int
    media_type: str
    added_at: str
    state: str

    @property
    def here(self) -> bool:
        """Tell whether the content can be opened."""
        return not self.state


def of(store: Store, kind: Kind, key: RecordKey) -> list[Document]:
    """Return the attachments of a record, in the order of the list of documents, then as added."""
    found = store.find(DOCUMENT, key.owner, record_kind=kind.name, record_id=key.id)
    places = {code.code: place for place, code in enumerate(code_table("documents").codes)}
    told = [_document(store, record) for record in found]
    return sorted(told, key=lambda document: places.get(document.doc_code, len(places)))


def _document(store: Store, record: Record) -> Document:
    text = {name: str(record.values.get(name) or "") for name in DOCUMENT.by_name}
    absent = NOT_HERE if record.key.owner == store.office.unit_code else NOT_SENT
    return Document(
        record.key,
        text["doc_code"],
        DOCUMENT.by_name["doc_code"].type.show(text["doc_code"]),
        text["file_name"],
        text["sha256"],
        int(text["size"] or 0),
        text["media_type"],
        text["added_at"],
        "" if store.contents.has(text["sha256"]) else absent,
    )


def add(
    store: Store,
    kind: Kind,
    key: RecordKey,
    files: Sequence[Path],
    doc_code: str | Sequence[str],
    source: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[RecordKey]:
    """Attach files to a record of this unit, all or none, in one act; return the keys of the attachments.

    ``doc_code`` is a code of the list of documents or free words, for all or one for each file. Refused: what is
    no regular file of a known type up to 50 MB, a record of another unit, the same content twice under one heading.
    ``progress`` gets (files done, in all); what it raises ends the act with nothing added.
    """
    _refuse_foreign(store, kind, key)
    told = [doc_code] * len(files) if isinstance(doc_code, str) else doc_code
    codes = [DOCUMENT.by_name["doc_code"].type.parse(words) for words in told]
    with store.contents.writing() as keep, store.act(f"添加附件{len(files)}份", source) as act:
        added = []
        for place, (path, code) in enumerate(zip(files, codes, strict=True)):
            progress(place, len(files))
            data = _read(path)
            where = {"record_kind": kind.name, "record_id": key.id, "doc_code": code, "sha256": keep(data)}
            added.append(act.add(DOCUMENT, {**_new(store, key.owner, path, where), "size": len(data)}))
    tidy(store)
    return added


def _refuse_foreign(store: Store, kind: Kind, key: RecordKey) -> None:
    record = store.get(kind, key)
    if record is None or record.deleted:
        raise Refusal("这条记录已经不在了，请刷新列表")
    if key.owner != store.office.unit_code:
        raise Refusal("这条记录由县（市、区）填报，附件也只能由填报单位添加")


def _new(store: Store, owner: str, path: Path, where: dict[str, Value]) -> dict[str, Value]:
    """Return the values of a new attachment; the same content under the same heading is refused."""
    if store.find(DOCUMENT, owner, **where):
        raise Refusal(f"“{name_of(path)}”已经添加在这一项里了，不用再加")
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return {**where, "file_name": name_of(path), "added_at": now, "media_type": TYPES[path.suffix.lower()][0]}


def look_over(files: Iterable[Path]) -> None:
    """Refuse what cannot be attached, before anybody is asked what it is."""
    for path in files:
        _refuse_unfit(path, read_start(path, _START) if _is_sized(path) else b"")


def _is_sized(path: Path) -> bool:
    """Refuse what is no file of a known type, or too large; tell that it may be read."""
    size, name = size_of(path), name_of(path)
    if path.suffix.lower() not in TYPES:
        raise Refusal(f"“{name}”这种文件不能作附件，可以添加的有：{_KNOWN}")
    if not size:
        raise Refusal(f"“{name}”是空文件，请核对后重新选择")
    if size > MOST:
        raise Refusal(f"“{name}”有{size / 2**20:.0f} MB，超过每份50 MB的上限，请压缩或降低扫描精度后再添加")
    return True


def _refuse_unfit(path: Path, data: bytes) -> None:
    if not _begins(path.suffix.lower(), data):
        raise Refusal(f"“{name_of(path)}”的内容与后缀不符，可能改过后缀或没有传完，请打开核对后重新选择")


def _read(path: Path) -> bytes:
    """Return the bytes of a file fit to be attached; anything else is refused in one sentence."""
    data = read_start(path, MOST + 1) if _is_sized(path) else b""
    if len(data) > MOST:
        raise Refusal(f"“{name_of(path)}”还在变大，请等它写完再添加")
    _refuse_unfit(path, data)
    return data


def _is_odd(character: str) -> bool:
    return character in _NO_NAME or unicodedata.category(character) in _UNSEEN


def name_of(path: Path) -> str:
    """Return a file's name as it is kept: what another system could not write, or nobody could read, is ``_``."""
    plain = path.name.encode("utf-8", "replace").decode()
    kept = (c if c == _JOINER or not _is_odd(c) else "_" for c in plain)
    return "".join(kept).strip()


def _begins(ending: str, data: bytes) -> bool:
    """Tell whether the first bytes are those of the type; a PDF may have something before its mark."""
    starts = TYPES[ending][1]
    return starts[0] in data[:_START] if ending == ".pdf" else data.startswith(starts)


def content(store: Store, key: RecordKey) -> bytes:
    """Return the bytes of an attachment, compared with its hash; refused when they are not here or damaged."""
    document = _document(store, _one(store, key))
    if not document.here:
        raise Refusal(f"“{document.file_name}”打不开：{document.state}")
    try:
        return store.contents.read(document.sha256)
    except Refusal as refusal:
        raise Refusal(f"“{document.file_name}”打不开：{refusal.message}") from refusal


def _one(store: Store, key: RecordKey) -> Record:
    record = store.get(DOCUMENT, key)
    if record is None or record.deleted:
        raise Refusal("这个附件已经不在了，请刷新")
    return record


def save(store: Store, key: RecordKey, path: Path) -> None:
    """Write an attachment to a file of one's choice, and log that it left the store."""
    write_bytes(path, content(store, key))
    with store.act("另存附件", "附件") as act:
        act.note("另存附件", DOCUMENT, key)


def rename(store: Store, key: RecordKey, doc_code: str, source: str) -> bool:
    """Put an attachment under another heading; tell whether anything changed."""
    _one(store, key)
    code = DOCUMENT.by_name["doc_code"].type.parse(doc_code)
    with store.act("修改附件的材料名称", source) as act:
        return act.put(DOCUMENT, key, {"doc_code": code})


def delete(store: Store, keys: Sequence[RecordKey], source: str) -> None:
    """Delete attachments; their contents stay as long as that can be taken back."""
    with store.act(f"删除附件{len(keys)}份", source) as act:
        for key in keys:
            _one(store, key)
            act.delete(DOCUMENT, key)


def tidy(store: Store, today: date | None = None) -> int:
    """Remove the contents that no record refers to any more and whose deletion is a month old; return how many.

    A deletion that old is put beyond undoing first, or it could come back without its content.
    """
    live = {record.values.get("sha256") for record in store.find(DOCUMENT)}
    last = ((today or date.today()) - KEPT).isoformat()
    gone = [r for r in _deleted(store) if r.values.get("sha256") not in live]
    young = {r.values.get("sha256") for r in gone if r.at[:10] > last}
    old = [r for r in gone if r.values.get("sha256") not in young and _here(store, r)]
    store.settle(DOCUMENT, [record.key for record in old])
    for sha256 in {str(record.values.get("sha256")) for record in old}:
        store.contents.remove(sha256)
    return len({record.values.get("sha256") for record in old})


def _here(store: Store, record: Record) -> bool:
    return store.contents.lies(str(record.values.get("sha256")))


def _deleted(store: Store) -> Iterator[Record]:
    """Yield the deleted attachments: a county's own, at the city those of every unit."""
    office = store.office
    units: Iterable[str] = (
        [office.unit_code] if office.role == "county" else [unit.code for unit in code_table("regions").codes]
    )
    for unit in units:
        yield from (r for r in store.changed_since(DOCUMENT, unit, 0) if r.deleted)
