"""What a user does for the paper twin of a package: a county's cover sheet, the city's printed receipt."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ipdesk.files import digest as digest_of
from ipdesk.files import write_file
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.reports.cover import Cover
from ipdesk.shortdigest import short
from ipdesk.store import Store
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.container import Container, Header, read_file
from ipdesk.sync.contents import brought
from ipdesk.sync.corrections import listed
from ipdesk.sync.decided import conflicts
from ipdesk.sync.devices import unit_name
from ipdesk.sync.exchange import opened
from ipdesk.sync.facts import PackageFacts
from ipdesk.sync.findings import suspected
from ipdesk.sync.naming import ledger_of
from ipdesk.sync.sentback import sent_back
from ipdesk.sync.standing import Standing, whole

COVER, RECEIPT = "同步包报送单", "同步包收件回执"
_HANDS = ("单位（盖章）：", "负责人（签名）：", "经办人（签名）：", "日期：")
_CITY_HANDS = ("收件单位（盖章）：", "收件人（签名）：", "送件人（签名）：", "日期：")
_NOTE = "收件方在程序里查看同步包时输入这组数字，一致才说明纸和文件是同一份。请勿登记、报送涉密信息。"
_SHOWN = 20  # gaps that are named; a sheet is one page


def cover_of(store: Store, file: Path) -> Cover:
    """Return what the sheet of a package says: at a county its cover, at the city the receipt of what came."""
    container = opened(store, file)
    header = container.header
    if header.type != "package":
        raise Refusal(f"“{file.name}”不是同步包，没有报送单可出")
    facts = PackageFacts.read(header)
    city = store.office.role == "city"
    more = _received(store, header) if city else [("填报说明", "本单位对以上数据的真实性、完整性负责。")]
    return Cover(
        RECEIPT if city else COVER,
        _office(store),
        [*_facts(store, container, facts, file), *more],
        _counts(store, header),
        short(header.digest),
        f"IPDESK {header.unit} {header.epoch[:4]}-{header.sequence} {header.digest}".upper(),
        _NOTE,
        _CITY_HANDS if city else _HANDS,
    )


def _office(store: Store) -> str:
    if not store.office.office_name:
        raise Refusal("报送单和回执上要印单位全称，请先填写（与公章一致）")
    return store.office.office_name


def _facts(store: Store, container: Container, facts: PackageFacts, file: Path) -> Iterator[tuple[str, str]]:
    header, data = container.header, read_file(file)
    yield ("收件单位" if store.office.role == "city" else "报送单位"), _office(store)
    yield "数据所属", f"{unit_name(header.unit)}（{header.unit}）"
    yield "报送期", Period.read(facts.period).label if facts.period else "未写明"
    yield "包号", f"{header.epoch[:4]} 代第 {header.sequence} 包"
    yield "文件", f"{file.name}，{len(data):,} 字节，SHA-256 开头 {digest_of(data)[:16]}"
    yield "生成时间", _local(facts.made_at) if facts.made_at else "未写明"
    files = sum(1 for _ in brought(container))
    yield "附件", f"{files} 份" if files else "不带附件"
    yield "零报告", "是：本期没有新增和变更" if facts.zero else "否"


def _local(at: str) -> str:
    """Return a time of day as it is here, to the minute; one that is none as it stands."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return at


def _counts(store: Store, header: Header) -> list[tuple[str, str, int]]:
    """Return ledger, kind and number of rows of what is inside."""
    kinds = {kind.name: kind for kind in store.catalogue.travelling}
    found = [(kinds[r.name], r.rows) for r in header.kinds if r.name in kinds and r.rows]
    told = [(ledger_of(store.catalogue, kind), kind.label, rows) for kind, rows in found]
    return sorted(told, key=lambda row: row[0]) or [("没有记录", "", 0)]


def _received(store: Store, header: Header) -> Iterator[tuple[str, str]]:
    """Yield what the city says of a package that it took in; one it did not is refused."""
    row, unit = _row(store, header), header.unit
    standing = Standing.of(store, unit)
    yield "收到时间", _local(str(row["at"]))
    aside = row.get("quarantined")
    yield "处理结果", f"暂存未收：{aside}" if aside else f"已收，写入 {whole(row.get('accepted'))} 条"
    open_ones = [one for one in conflicts(store, OPEN) if one.unit == unit]
    doubts = {one.record.key for one in suspected(store) if one.record.key.owner == unit}
    back = sum(1 for _ in sent_back(store, unit))
    yield "待处理", f"退回 {back} 条，疑似重复 {len(doubts)} 条，冲突 {len(open_ones)} 处"
    asked = [one for one in listed(store, "open") if one.unit == unit]
    yield "待答复更正", f"{len(asked)} 条" if asked else "没有"
    gaps = standing.gaps
    named = "、".join(map(str, gaps[:_SHOWN])) + (" 等" if len(gaps) > _SHOWN else "")
    yield "缺的包号", f"{named}（后来的包已补上内容的不用重报）" if gaps else "没有"


def _row(store: Store, header: Header) -> Values:
    found = store.find(PACKAGE, direction="in", type="package", digest=header.digest)
    if not found:
        raise Refusal("这一包还没有收取，没有回执可出；请先收取")
    return found[0].values


def check_sheet(store: Store, out: Path) -> None:
    """Refuse, before a package is made, a cover sheet that could not be written after it."""
    if store.office.role == "city":
        raise Refusal("报送单由县（市、区）随同步包出；市局的收件回执用 package cover 出")
    _check_ending(out)
    _office(store)


def _check_ending(out: Path) -> None:
    if out.suffix.lower() != ".pdf":
        raise Refusal(f"报送单和回执只能存成 PDF，请把“{out.name}”写成以 .pdf 结尾")


def write_cover(store: Store, file: Path, out: Path) -> Cover:
    """Write the sheet of a package as PDF and return it; another ending than ``.pdf`` is refused."""
    from ipdesk.reports import cover as sheets

    _check_ending(out)
    made = cover_of(store, file)
    write_file(out, lambda stream: sheets.write_cover(made, stream))
    return made
