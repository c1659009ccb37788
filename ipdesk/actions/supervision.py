"""Issue, answer and close supervision slips (督办单): the city's by its record, a county's answer by its own."""

from datetime import date

from ipdesk.actions import ledger as deeds
from ipdesk.codes import CITY
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.kinds.tasks import CLOSED
from ipdesk.plan.slips import LEDGER, Slip, next_number
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store

_COPIED = ("unit_code", "slip_no", "subject", "task_code", "indicator_code", "issued_date", "deadline")


def issue_slip(store: Store, values: Values, source: str = "督办") -> RecordKey:
    """Issue a slip of the city for a unit; its number is the next one unless it tells its own."""
    _city(store, "发出")
    if values.get("unit_code") in (None, "", CITY):
        raise Refusal("请选择督办哪个县（市、区）")
    day = date.fromisoformat(str(values.get("issued_date") or date.today()))
    told = {"slip_no": next_number(store, day.year), "issued_date": day.isoformat(), **_filled(values)}
    return deeds.add(store, _ledger(store), told, source)


def answer_slip(
    store: Store, slip: Slip, reply: str, day: date | None = None, evidence: str = "", source: str = "督办"
) -> RecordKey:
    """Answer a slip as the county it is for: by its own record of that number, changed by a further answer."""
    if store.office.role != "county":
        raise Refusal("督办单由收到的县（市、区）回复")
    if slip.state == CLOSED:
        raise Refusal(f"“{slip.number}”已经销号，不用再回复")
    if not reply.strip():
        raise Refusal("请写明整改情况")
    told: dict[str, Value] = {"reply_date": (day or date.today()).isoformat(), "reply": reply.strip()}
    told |= _filled({"evidence": evidence.strip() or None})
    ledger, own = _ledger(store), _own(store, slip)
    if own:
        deeds.change(store, ledger, own.key, told, source)
        return own.key
    copied = {name: slip.issued.values.get(name) for name in _COPIED}
    return deeds.add(store, ledger, {**_filled(copied), **told}, source)


def _own(store: Store, slip: Slip) -> Row | None:
    unit = store.office.unit_code
    return next((row for row in (slip.issued, slip.answer) if row and row.key.owner == unit), None)


def close_slip(store: Store, slip: Slip, note: str, day: date | None = None, source: str = "督办") -> None:
    """Close a slip (销号) as the city, saying why; one that nobody answered is refused."""
    _city(store, "销号")
    if slip.state == CLOSED:
        raise Refusal(f"“{slip.number}”已经销号")
    if slip.is_open:
        raise Refusal(f"“{slip.number}”还没有回复，不能销号")
    if not note.strip():
        raise Refusal("请写明销号意见")
    if slip.issued.key.owner != CITY:
        raise Refusal(f"“{slip.number}”不是市局发出的督办单，由登记它的单位填写销号日期")
    told: dict[str, Value] = {
        "closed_date": (day or date.today()).isoformat(),
        "closing_note": note.strip(),
    }
    deeds.change(store, _ledger(store), slip.issued.key, told, source)


def _city(store: Store, deed: str) -> None:
    if store.office.role != "city":
        raise Refusal(f"督办单由市局{deed}，县（市、区）只回复")


def _ledger(store: Store) -> Ledger:
    return store.catalogue.ledger(LEDGER)


def _filled(values: Values) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in (None, "")}
