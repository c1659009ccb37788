"""Commands on the workspace itself and on what the program knows: init, status, kinds, check, demo, self-test."""

from collections.abc import Mapping
from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions import backups
from ipdesk.actions.workspace import KEY_BACKUP, check_office, counts
from ipdesk.actions.workspace import rekey as encrypt_anew
from ipdesk.cli.command import PATH, WORDS, Command
from ipdesk.cli.session import DONE, PASSWORD, REFUSED, Session, is_terminal, local_time, pass_session, warn
from ipdesk.kinds.declare import Field, Kind, Ledger
from ipdesk.problems import Damage, Refusal
from ipdesk.store import Role
from ipdesk.sync.rotation import TROUBLE


@click.command(cls=Command, help="建立工作区。")
@click.option("--role", type=click.Choice(["county", "city"]), required=True, help="county 县级，city 市局")
@click.option("--unit", required=True, help="单位代码，如 320981")
@click.option("--office-name", type=WORDS, default="", help="单位全称，与公章一致")
@click.option("--no-password", is_flag=True, help="不设口令，只供演示和试用")
@pass_session
def init(session: Session, role: Role, unit: str, office_name: str, no_password: bool) -> None:
    """Make a workspace."""
    check_office(role, unit)  # before a password is asked for
    password = None if no_password else _new_password(session)
    store, recovery = session.doors.create(
        session.workspace, role=role, unit_code=unit, office_name=office_name, password=password
    )
    store.close()
    told = {"workspace": str(session.workspace), "role": role, "unit_code": unit, "recovery_key": recovery}
    kept = [f"恢复码（请打印后锁好，忘记口令时用）：{recovery}"] if recovery else []
    if (session.workspace / KEY_BACKUP).exists():
        kept.append(
            f"密钥备份在 {session.workspace / KEY_BACKUP}，请另存一份到这台电脑以外，与恢复码分开保管"
        )
    session.tell(told, f"已在 {session.workspace} 建立工作区", *kept)


def _new_password(session: Session) -> str:
    if session.password is not None:
        return session.password
    if not is_terminal():
        raise Refusal(f"请用 --password-file 或环境变量 {PASSWORD} 给出口令；只做演示可用 --no-password")
    return str(click.prompt("新口令", hide_input=True, confirmation_prompt="再输一遍", err=True))


@click.command(cls=Command, help="工作区现状：各类记录数、未上报数、最近的同步包和回执。")
@pass_session
def status(session: Session) -> None:
    """Tell how the workspace stands."""
    with session.store() as store:
        office, held, synced = store.office, counts(store), sync.status(store)
        fingerprint, saved = sync.fingerprint(store), backups.places(store)
        last = backups.last_backup(store)
    about = {"role": office.role, "unit_code": office.unit_code, "fingerprint": fingerprint}
    kept = {"last_backup": last, "backups": [place.as_json() for place in saved]}
    told = {**about, "counts": held, **synced, **kept}
    kinds = "，".join(f"{session.catalogue.kind(name).label} {n}" for name, n in held.items())
    lines = [f"{label}：{_shown(synced[name])}" for name, label in _SYNCED[office.role].items()]
    name = f"{office.office_name or office.unit_code}（{office.role}）"
    session.tell(told, name, kinds, *lines, *map(_saved, saved), f"本机指纹：{fingerprint}")


def _saved(place: backups.Standing) -> str:
    """Return when a place of backups was last written, and what is wrong with it."""
    at = f"{place.at:%Y-%m-%d %H:%M}" if place.at else "无"
    return f"最近备份：{at}（{place.folder}）{'：' + place.reason if place.reason else ''}"


_SYNCED: Mapping[Role, Mapping[str, str]] = {
    "county": {
        "unsent": "未上报",
        "unconfirmed": "市局未确认",
        "last_package": "最近同步包",
        "last_receipt": "最近回执",
        "open_conflicts": "待定冲突",
        "open_corrections": "待答复的更正意见",
    },
    "city": {
        "last_package": "最近收到的同步包",
        "last_receipt": "最近发出的回执",
        "open_conflicts": "待定冲突",
        "open_corrections": "等县里答复的更正意见",
    },
}


def _shown(told: object) -> str:
    """Return a figure, or a package by its file and time."""
    if isinstance(told, Mapping):
        return f"{told.get('file_name', '')}（{local_time(str(told['at']))}）"
    return "无" if told is None else str(told)


@click.command(cls=Command, help="列出登记类别和台账的字段、类型、代码。")
@pass_session
def kinds(session: Session) -> None:
    """Tell what is declared."""
    known = session.catalogue
    told = {
        "kinds": [_kind(kind) for kind in known.travelling],
        "ledgers": [_ledger(ledger) for ledger in known.ledgers.values()],
    }
    session.tell(told, *(line for ledger in known.ledgers.values() for line in _ledger_lines(ledger)))


def _kind(kind: Kind) -> dict[str, object]:
    return {"name": kind.name, "label": kind.label, "fields": [_field(f) for f in kind.fields]}


def _ledger(ledger: Ledger) -> dict[str, object]:
    kinds = [kind.name for kind in ledger.kinds]
    fields = [_field(f) for f in ledger.fields]
    return {"name": ledger.name, "label": ledger.label, "kinds": kinds, "fields": fields}


def _field(field: Field) -> dict[str, object]:
    return {
        "name": field.name,
        "sheet_name": field.sheet_name,
        "label": field.label,
        "type": type(field.type).__name__.lower(),
        "required": field.required,
        "codes": dict(field.type.options()),
    }


def _ledger_lines(ledger: Ledger) -> list[str]:
    return [f"{ledger.label}（{ledger.name}）", *(f"  {f.name}  {f.label}" for f in ledger.fields)]


@click.command(
    cls=Command, help="换钥匙：用新的随机钥匙重新加密数据文件；有口令的重新打印恢复码，旧恢复码作废。"
)
@pass_session
def rekey(session: Session) -> None:
    """Encrypt the store anew under another key."""
    with session.store() as store:
        password = session.unlocking() if store.office.locked else None
        recovery = encrypt_anew(store, password)
        told = {"recovery_key": recovery, "key_backup": str(store.folder / KEY_BACKUP) if recovery else None}
        city, trouble = store.office.role == "city", store.setting(TROUBLE)
    kept = [f"新的恢复码（请打印后锁好，旧的作废）：{recovery}"] if recovery else []
    if trouble:
        warn([str(trouble)])
    elif recovery and city:
        kept.append(f"密钥备份已重写：{told['key_backup']}，请重新另存一份，与恢复码分开保管")
    session.tell(told if city else {"recovery_key": recovery}, "已换钥匙，数据文件已重新加密并核对", *kept)


@click.command(cls=Command, help="检查数据文件和日志是否完好。")
@pass_session
def check(session: Session) -> int:
    """Check the store."""
    try:
        with session.store() as store:
            wrong = store.check() + backups.damaged_elsewhere(store)
    except Damage as damage:  # too far gone to be opened
        wrong = [damage.message]
    session.tell({"ok": not wrong, "problems": wrong}, *(wrong or ["完好"]))
    return REFUSED if wrong else DONE


@click.command(cls=Command, help="在文件夹里建一个市、五个县的演示：导入、上报、合并、出表。")
@click.argument("folder", type=PATH, metavar="文件夹")
@pass_session
def demo(session: Session, folder: Path) -> None:
    """Make the demo."""
    from ipdesk.demo import make_demo

    summary = make_demo(session.doors, folder.absolute())
    session.tell(summary.document(), *summary.lines())


@click.command("self-test", cls=Command, help="在文件夹里自检主要功能，结果写入 result.json。")
@click.argument("folder", type=PATH, metavar="文件夹")
@pass_session
def self_test(session: Session, folder: Path) -> None:
    """Run the self-test."""
    from ipdesk.selftest import run_self_test

    result = run_self_test(session.doors, folder.absolute())
    session.tell(result.document(), *result.lines())


COMMANDS = (init, status, kinds, check, rekey, demo, self_test)
