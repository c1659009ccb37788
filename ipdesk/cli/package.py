"""Commands on sync packages: export, inspect, receive, their paper twins, what waits and what is taken back."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions.backups import before_receive
from ipdesk.actions.cover import check_sheet, write_cover
from ipdesk.cli.command import PATH, WORDS, Group
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session, warn
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Grade, Refusal
from ipdesk.shortdigest import agrees, short
from ipdesk.store import Store
from ipdesk.sync.exchange import opened
from ipdesk.sync.quarantine import waiting as set_aside


@click.group(cls=Group, help="同步包：生成、查看、接收。")
def package() -> None:
    """Carry records between county and city."""


@package.command(help="在文件夹（如 U 盘）里生成同步包；市局为每个已登记的县生成一个回执。")
@click.argument("folder", type=PATH, metavar="文件夹")
@click.option("--attachments", is_flag=True, help="附件的内容也随包带去（只限县里；先说明份数和大小）")
@click.option("--period", type=WORDS, default="", help="报送期，如 2026-10、2026-Q4、2026（只限县里）")
@click.option("--zero", is_flag=True, help="零报告：这一期没有新增和变更（只限县里）")
@click.option("--cover", type=PATH, metavar="文件.pdf", help="同时写出盖章的报送单（只限县里）")
@pass_session
def export(
    session: Session, folder: Path, attachments: bool, period: str, zero: bool, cover: Path | None
) -> None:
    """Write packages into a folder."""
    with session.store() as store:
        if cover:
            check_sheet(store, cover)
        told = _cargo(sync.cargo(store)) if attachments else {}
        report = sync.Report(period, zero)
        found = sync.export(store, folder, attachments=attachments, report=report)
        files = [str(file.absolute()) for file in found]
        if cover:
            told |= _sheet_beside(store, found[0], cover)
        warn([*sync.reminders(store), *sync.lost(store)])
    session.tell({"files": files, **told}, *(f"已生成 {file}" for file in files))


def _sheet(store: Store, file: Path, out: Path) -> dict[str, object]:
    return {"cover": str(out.absolute()), "digest": write_cover(store, file, out).digest}


def _sheet_beside(store: Store, file: Path, out: Path) -> dict[str, object]:
    """Write the sheet of a package that was just made; where that fails the package is there all the same."""
    try:
        return _sheet(store, file, out)
    except Refusal as refusal:
        raise Refusal(_NO_SHEET.format(file.absolute(), refusal.message)) from refusal


_NO_SHEET = "同步包已生成：{}，不用再导出；但报送单没有写成：{}；请用 package cover 给这一包另写一次"


@package.command("cover", help="写出同步包的报送单（县里）或收件回执（市局），打印后盖章。")
@click.argument("file", type=PATH, metavar="同步包")
@click.option("--out", type=PATH, required=True, metavar="文件.pdf", help="写到这个文件")
@pass_session
def cover_sheet(session: Session, file: Path, out: Path) -> None:
    """Write the paper twin of a package."""
    with session.store() as store:
        told = _sheet(store, file, out)
    session.tell(told, f"已生成 {out}", f"摘要：{told['digest']}")


def _cargo(load: sync.Cargo) -> dict[str, object]:
    """Tell before anything is written what the attachments weigh; return it as JSON tells it."""
    warn([f"随包附件 {load.count} 份，共 {load.size} 字节（{load.size / 2**20:.1f} MB）"])
    if load.waiting:
        warn(
            [f"另有 {load.waiting} 份（{load.waiting_size / 2**20:.1f} MB）这一包装不下，再导出一次即可带上"]
        )
    return {"attachments": {"count": load.count, "bytes": load.size, "waiting": load.waiting}}


@package.command(help="查看一个同步包是否有效、从哪里来、装了什么；不接收。")
@click.argument("file", type=PATH, metavar="文件")
@click.option("--digest", type=WORDS, metavar="摘要", help="纸上的摘要：核对纸和文件是不是同一份")
@pass_session
def inspect(session: Session, file: Path, digest: str | None) -> int:
    """Tell what a package is, without taking it in."""
    with session.store() as store:
        found = sync.inspect(store, file)
    told = {"valid": found.valid, "reason": found.reason, "header": found.header}
    lines = [f"{name}：{value}" for name, value in found.header.items()]
    if found.valid:
        told, lines = {**told, "digest": short(found.digest)}, [f"摘要：{short(found.digest)}", *lines]
    words, good = _judged(found.valid, found.reason), found.valid
    if found.valid and digest is not None:
        same = agrees(digest, short(found.digest))
        told, words, good = {**told, "matches": same}, _SAME if same else _OTHER, same
    session.tell(told, words, *lines)
    return DONE if good else REFUSED


_SAME = "有效：纸上的摘要和文件一致，是同一份"
_OTHER = "摘要不一致：纸和文件不是同一份，或数字输错了，请逐组核对；仍不一致的请对方重新导出"


def _judged(valid: bool, reason: str) -> str:
    words = "有效" if valid else "无效"
    return f"{words}：{reason}" if reason else words


@package.command(help="接收同步包或回执；先全部核对，再一次写入。")
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="文件…")
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@pass_session
def receive(session: Session, files: tuple[Path, ...], dry_run: bool) -> int:
    """Take packages in."""
    with session.store() as store:
        if not dry_run:
            before_receive(store)
        done = sync.receive(store, files, dry_run=dry_run)
        warn([] if dry_run else [*sync.troubles(store), *sync.reminders(store)])
    refused = [{"file": str(file), "reason": reason} for file, reason in done.refused]
    counts = {"accepted": done.accepted, "unchanged": done.unchanged, "conflicts": done.conflicts}
    summary = f"接收 {done.accepted} 条，未变 {done.unchanged} 条，冲突 {done.conflicts} 条，退回 {len(refused)} 个文件"
    again = [
        f"{p.file}：里面的这里都已经有，这次没有变化" for p in done.previews if p.unchanged and not p.accepted
    ]
    pressing = [doubt for doubt in done.doubts if doubt.problem.grade is not Grade.HINT]
    told = [*again, *(f"{r['file']}：{r['reason']}" for r in refused), *map(_doubted, pressing)]
    found = {"_doubts": list(map(_doubt, done.doubts))} if done.doubts else {}
    session.tell({**counts, "refused": refused, **found}, summary, *told)
    return REFUSED if refused else DONE


def _doubt(doubt: sync.Doubt) -> dict[str, object]:
    problem = doubt.problem
    told = {
        "field": problem.field,
        "code": problem.code,
        "grade": problem.grade.value,
        "message": problem.message,
    }
    return {"ledger": doubt.ledger.name, "id": doubt.key.id, "_owner": doubt.key.owner, **told}


def _doubted(doubt: sync.Doubt) -> str:
    return f"请核对：{doubt.ledger.label}“{doubt.name}”（{doubt.problem.code}）{doubt.problem.message}"


@package.command(help="撤回收取过的一包：恢复收取前的样子，以后可再收。")
@click.argument("told", type=WORDS, metavar="摘要|文件")
@pass_session
def undo(session: Session, told: str) -> None:
    """Take back a package that was taken in."""
    with session.store() as store:
        count = sync.undo_package(store, _digest(store, told))
    session.tell({"undone": count}, f"已撤回，{count} 条记录恢复到收取前")


def _digest(store: Store, told: str) -> str:
    """Return the manifest's digest of a package: told in full, in its short form, by file or by file name."""
    if Path(told).is_file():
        return opened(store, Path(told)).header.digest
    rows = [r.values for r in store.find(PACKAGE, direction="in", type="package")]
    fitting = {
        str(row["digest"])
        for row in rows
        if told in (row["digest"], row.get("file_name"), short(str(row["digest"])))
    }
    if len(fitting) != 1:
        several = f"收过 {len(fitting)} 个叫“{told}”的包，请写摘要"
        raise Refusal(several if fitting else f"没有收过“{told}”这一包，请写文件名、文件或摘要")
    return fitting.pop()


@package.command(help="两份工作区同时在报时，选定以哪一份（代的代码）为准，并收取为它暂存的包。")
@click.argument("unit", type=WORDS, metavar="单位代码")
@click.argument("epoch", type=WORDS, metavar="代")
@pass_session
def pick(session: Session, unit: str, epoch: str) -> None:
    """Choose which of two living copies counts."""
    with session.store() as store:
        found = sync.pick(store, unit, epoch)
    accepted = sum(one.accepted for one in found)
    told = {"unit": unit, "epoch": epoch, "packages": len(found), "accepted": accepted}
    session.tell(told, f"已选定，收取了 {len(found)} 个暂存的包，{accepted} 条记录")


@package.command(help="列出暂存没有收的包和原因。")
@pass_session
def waiting(session: Session) -> None:
    """List the packages set aside."""
    with session.store() as store:
        rows = [{**_aside(row), "digest": short(str(row["digest"]))} for row in set_aside(store)]
    lines = (
        f"{r['unit']}  {r['epoch']} 代第 {r['sequence']} 包  {r['file_name']}：{r['reason']}" for r in rows
    )
    session.tell({"rows": rows}, *(lines if rows else ["没有暂存的包"]))


def _aside(row: Values) -> dict[str, object]:
    told: dict[str, object] = {
        n: row.get(n) for n in ("unit", "epoch", "incarnation", "sequence", "file_name", "at")
    }
    return {**told, "reason": row.get("quarantined"), "forked": row.get("forked")}


COMMANDS = (package,)
