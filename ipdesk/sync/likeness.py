"""Score records that are nearly alike, with the reasons in words: hints for the city's desk, told to nobody else.

Worked out anew each time in memory; nothing of it is kept (sync rule 12). Points are added up out of 100: what both
have in common, or in what they differ by a slip of the hand. Equal codes and numbers are the rules' affair.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.institution import INSTITUTION
from ipdesk.kinds.person import PERSON
from ipdesk.records import Record, RecordKey
from ipdesk.store import Store
from ipdesk.text import compact, company, key

ENOUGH = 60
_CROWD = 30  # as many with one sign in common have it by chance: 服务大厅的电话, 张伟
_SHORTEST = 4  # a company's name below which one character makes another name

Reasons = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that are nearly alike: the points, and why, without any number in it."""

    kind: Kind
    first: Record
    second: Record
    score: int
    why: str


def near(one: str, other: str) -> bool:
    """Tell whether two texts differ by one character changed, added or left out."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    head = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[head + (len(short) == len(long)) :] == long[head + 1 :]


def _slips(word: str) -> Iterator[str]:
    """Yield forms of which two texts that are near have one in common."""
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def alike(store: Store) -> Iterator[Likeness]:
    """Yield every pair of nearly equal people, bodies and certificates that scores enough."""
    yield from _found(PERSON, store.find(PERSON), _person_signs, _person)
    for kind, name, code in (
        (ENTERPRISE, "enterprise_name", "uscc"),
        (INSTITUTION, "institution_name", "uscc"),
    ):
        yield from _found(kind, store.find(kind), _body_signs(name, code), _body(name, code))
    yield from _found(CASE, store.find(CASE), _certificate_signs, _certificate(_bodies(store)))


def _found(
    kind: Kind,
    records: Sequence[Record],
    signs: Callable[[Values], Iterable[Hashable]],
    judge: Callable[[Values, Values], Reasons],
) -> Iterator[Likeness]:
    """Compare only those that have a sign in common, each pair once."""
    met: dict[Hashable, list[int]] = {}
    for number, record in enumerate(records):
        for sign in set(signs(record.values)):
            met.setdefault(sign, []).append(number)
    together = {pair for some in met.values() if len(some) <= _CROWD for pair in combinations(some, 2)}
    for first, second in sorted(together):
        reasons = judge(records[first].values, records[second].values)
        score = min(100, sum(points for points, _ in reasons))
        if score >= ENOUGH:
            why = "，".join(words for _, words in reasons)
            yield Likeness(kind, records[first], records[second], score, why)


def _told(values: Values, name: str) -> str:
    return compact(str(values.get(name) or "")).upper()


# ---------------------------------------------------------------- people


def _person_signs(values: Values) -> Iterator[Hashable]:
    if name := key(str(values.get("name") or "")):
        yield "name", name
    if mobile := _told(values, "mobile"):
        yield "mobile", mobile
    yield from (("id_no", slip) for slip in _slips(_told(values, "id_no")) if len(slip) > 1)


def _person(one: Values, other: Values) -> Reasons:
    ids = _told(one, "id_no"), _told(other, "id_no")
    if all(ids) and not near(*ids):
        return []
    return [
        *_both(key(str(one.get("name") or "")), key(str(other.get("name") or "")), "姓名", 40, 25),
        *_both(_told(one, "mobile"), _told(other, "mobile"), "手机号", 40, 20),
        *([(40, "身份证号只差一位")] if all(ids) else ()),
        *_names(one, other, "employer_name", "工作单位", 15),
    ]


def _both(one: str, other: str, label: str, same: int, slip: int) -> Iterator[tuple[int, str]]:
    if one and one == other:
        yield same, f"{label}相同"
    elif one and other and near(one, other):
        yield slip, f"{label}只差一个字" if label == "姓名" else f"{label}只差一位"


# ---------------------------------------------------------------- bodies


def _body_signs(name: str, code: str) -> Callable[[Values], Iterator[Hashable]]:
    def signs(values: Values) -> Iterator[Hashable]:
        called = company(str(values.get(name) or ""))
        if len(called) >= _SHORTEST:
            yield from (("name", slip) for slip in _slips(called))
        yield from (("code", slip) for slip in _slips(_told(values, code)) if len(slip) > 1)

    return signs


def _body(name: str, code: str) -> Callable[[Values, Values], Reasons]:
    def judge(one: Values, other: Values) -> Reasons:
        codes = _told(one, code), _told(other, code)
        called = list(_names(one, other, name, "名称", 50))
        if not called or codes[0] == codes[1] != "" or (all(codes) and not near(*codes)):
            return []
        reasons = [*called, (40, "信用代码只差一位") if all(codes) else (15, "有一方没有信用代码")]
        return [
            *reasons,
            *_both(_told(one, "legal_rep"), _told(other, "legal_rep"), "法定代表人", 25, 0),
            *_both(_told(one, "contact_phone"), _told(other, "contact_phone"), "联系电话", 25, 10),
        ]

    return judge


def _names(one: Values, other: Values, field: str, label: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield how two company names agree: the same but for 有限公司, or but for one character."""
    whole = key(str(one.get(field) or "")), key(str(other.get(field) or ""))
    core = company(whole[0]), company(whole[1])
    if all(whole) and whole[0] == whole[1]:
        yield most, f"{label}相同"
    elif all(core) and core[0] == core[1]:
        yield most - 2, f"{label}只差“有限公司”这类字"
    elif near(*core) and min(map(len, core)) >= _SHORTEST:
        yield most - 15, f"{label}只差一个字"


# ---------------------------------------------------------------- certificates


def _bodies(store: Store) -> dict[str, Values]:
    return {record.key.id: record.values for record in store.find(ENTERPRISE)}


def _certificate_signs(values: Values) -> Iterator[Hashable]:
    yield from (slip for slip in _slips(_told(values, "cert_no")) if len(slip) > _SHORTEST)


def _certificate(bodies: dict[str, Values]) -> Callable[[Values, Values], Reasons]:
    """Compare certificates: numbers one after another are another firm's, so the names must agree too."""

    def judge(one: Values, other: Values) -> Reasons:
        firms = [bodies.get(str(values.get("enterprise_id")), {}) for values in (one, other)]
        numbers = _told(one, "cert_no"), _told(other, "cert_no")
        called = list(_names(firms[0], firms[1], "enterprise_name", "企业名称", 40))
        if not called or not near(*numbers):
            return []
        dates = _both(_told(one, "cert_issue_date"), _told(other, "cert_issue_date"), "发证日期", 20, 10)
        return [(40, "证书编号只差一位"), *called, *dates]

    return judge


def known(pairs: Iterable[tuple[Record, Record]]) -> set[frozenset[RecordKey]]:
    """Return pairs by their keys, whichever way round."""
    return {frozenset((one.key, other.key)) for one, other in pairs}
