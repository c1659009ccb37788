"""What a user does about the 个人信息告知书 of a training class: print it, and note the day on which it was told."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import BinaryIO

from ipdesk.files import write_file
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.reports.notice import Attendee, Class, Terms, notice
from ipdesk.store import Act, Store

TRAINING, PERSON, ATTENDANCE, LEDGER = "training", "person", "attendance", "training"
DATE, COLLECTS, ID_NO = "consent_date", "collects_id_no", "id_no"
SETTING, SOURCE = "notice.terms", "告知书"
_LONGEST = 100  # years: what is more is a slip of the hand
_NOT_THE_PERSONS = ("unit_code", DATE, "remark")


def terms(store: Store) -> Terms:
    """Return what the office added to its notices last."""
    kept = store.setting(SETTING)
    return Terms(**kept) if isinstance(kept, dict) else Terms()


def keep_terms(store: Store, told: Terms) -> None:
    """Keep what the office adds for the next notice; unlikely years are refused."""
    if not 0 <= told.years <= _LONGEST:
        raise Refusal(f"保存年限应是1到{_LONGEST}之间的整数，不填就留空手写")
    if told != terms(store):
        with store.act("改告知书的联系方式和保存年限", SOURCE) as act:
            act.keep(SETTING, asdict(told))
            act.note("改告知书的联系方式和保存年限")


def find_class(store: Store, words: str) -> RecordKey:
    """Return the key of a training class by id, number or name; none or several of that name are refused."""
    kind = store.catalogue.kinds[TRAINING]
    held = store.find(kind)
    found = [r for r in held if words in (r.key.id, r.values.get("course_no"), r.values.get("course_name"))]
    if len(found) == 1:
        return found[0].key
    if not found:
        raise Refusal(f"没有“{words}”这个培训班，请写全名，或用 list training 查班次")
    told = "；".join(f"{r.values.get('start_date') or '没有日期'} {r.key.id}" for r in found)
    raise Refusal(f"叫“{words}”的培训班有 {len(found)} 个，请用编号指明：{told}")


def rows_of(store: Store, training: RecordKey) -> list[Row]:
    """Return the rows of the ledger training that belong to a class, oldest first."""
    ledger = store.catalogue.ledger(LEDGER)
    held = store.find(store.catalogue.kinds[ATTENDANCE], training.owner, training_id=training.id)
    return store.rows(ledger, [record.key for record in held])


def class_of(store: Store, training: RecordKey) -> Class:
    """Return a class as its notice names it; one that is gone is refused."""
    record = store.get(store.catalogue.kinds[TRAINING], training)
    if record is None or record.deleted:
        raise Refusal("这个培训班已经不在了，请刷新列表")
    told, rows = record.values, rows_of(store, training)
    collects = bool(told.get(COLLECTS))
    fields = _collected(store.catalogue.ledger(LEDGER), rows, collects)
    name, start, place = (str(told.get(n) or "") for n in ("course_name", "start_date", "place"))
    return Class(name, start, place, [f.label for f in fields], collects, [_attendee(row) for row in rows])


def _collected(ledger: Ledger, rows: Iterable[Row], collects: bool) -> list[Field]:
    """Return the fields that a class collects from people: those always asked for and those that anybody filled in."""
    filled = {name for row in rows for name, value in row.values.items() if value is not None}
    return [
        field
        for field in ledger.fields
        if ledger.kind_of(field.name).name != TRAINING
        and field.name not in _NOT_THE_PERSONS
        and (collects if field.name == ID_NO else field.required or field.name in filled)
    ]


def _attendee(row: Row) -> Attendee:
    return Attendee(*(str(row.values.get(name) or "") for name in ("name", "employer_name", DATE)))


def write(store: Store, training: RecordKey, stream: BinaryIO, day: date | None = None) -> int:
    """Write the notice of a class as PDF to a stream and return the number of pages.

    Refused while nobody has said what the office is called on paper.
    """
    from ipdesk.reports.letter import write_letter

    office = store.office
    if not office.office_name:
        raise Refusal("告知书上要印单位全称，请先填写（与公章一致）")
    told = class_of(store, training)
    letter = notice(told, office.office_name, terms(store), is_city=office.role == "city", day=day)
    return write_letter(letter, stream)


def write_notice(store: Store, training: RecordKey, out: Path, day: date | None = None) -> None:
    """Write the notice of a class to a file; another ending than ``.pdf`` is refused."""
    if out.suffix.lower() != ".pdf":
        raise Refusal(f"告知书只能存成 PDF，请把“{out.name}”写成以 .pdf 结尾")
    write_file(out, lambda stream: write(store, training, stream, day))


def untold(store: Store, training: RecordKey) -> list[Row]:
    """Return this unit's rows of a class in which no day of notice stands yet."""
    own = store.office.unit_code
    return [r for r in rows_of(store, training) if r.key.owner == own and not r.values.get(DATE)]


def note_told(store: Store, training: RecordKey, day: date) -> int:
    """Note in one act the day on which the people of a class were told, where none stands; return how many were.

    The notice covers the register of people too, so a person without a date gets it as well. A day that stands stays.
    """
    rows = untold(store, training)
    if not rows:
        return 0
    with store.act(f"登记告知日期{len(rows)}人", SOURCE) as act:
        for row in rows:
            act.put(store.catalogue.kinds[ATTENDANCE], row.key, {DATE: day.isoformat()})
        for key in dict.fromkeys(row.parts[PERSON] for row in rows if PERSON in row.parts):
            _note_person(store, act, key, day)
    return len(rows)


def _note_person(store: Store, act: Act, key: RecordKey, day: date) -> None:
    kind = store.catalogue.kinds[PERSON]
    record = store.get(kind, key)
    if record and not record.deleted and key.owner == store.office.unit_code and not record.values.get(DATE):
        act.put(kind, key, {DATE: day.isoformat()})
