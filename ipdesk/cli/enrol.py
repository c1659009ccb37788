"""Commands with which a county and the city get to know each other, and change or take back their keys."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.cli.command import PATH, WORDS, Group
from ipdesk.cli.session import Session, is_terminal, pass_session, secret_of, warn
from ipdesk.files import write_new
from ipdesk.problems import Refusal


@click.group(cls=Group, help="开通：县里申请，市局授权，县里安装。")
def enrol() -> None:
    """Let a county and the city get to know each other."""


@enrol.command(help="县里生成开通申请文件。")
@click.argument("file", type=PATH, metavar="文件")
@pass_session
def request(session: Session, file: Path) -> None:
    """Write a county's request for enrolment."""
    with session.store() as store:
        fingerprint = sync.request(store, file, write_new)
    _tell(session, file, fingerprint, f"已生成开通申请 {file}，请交给市局")


@enrol.command(help="市局接受开通申请，生成授权文件。")
@click.argument("file", type=PATH, metavar="申请文件")
@click.option("--out", type=PATH, required=True, metavar="授权文件", help="写授权的文件")
@click.option("--supersede", is_flag=True, help="这个县换了电脑：新设备替换旧设备")
@pass_session
def accept(session: Session, file: Path, out: Path, supersede: bool) -> None:
    """Accept a request and write the grant."""
    with session.store() as store:
        fingerprint = sync.accept(store, file, out, supersede=supersede, write=write_new)
    _tell(session, out, fingerprint, f"已生成授权 {out}，请交给县里安装")


@enrol.command(help="县里安装市局的授权文件。")
@click.argument("file", type=PATH, metavar="授权文件")
@pass_session
def install(session: Session, file: Path) -> None:
    """Install the city's grant."""
    with session.store() as store:
        fingerprint = sync.install(store, file)
    _tell(session, file, fingerprint, "授权已安装，可以生成同步包了")


recovery_file = click.option("--recovery-file", type=PATH, metavar="文件", help="写着恢复码的文件")
revoke_old = click.option(
    "--revoke-old", is_flag=True, help="旧密钥作废：各县装上新密钥后不再接收旧密钥签名的文件"
)


@enrol.command(help="更换本机密钥。市局：由旧密钥宣布，重做密钥备份；县里：换后重新申请开通。")
@recovery_file
@revoke_old
@pass_session
def rotate(session: Session, recovery_file: Path | None, revoke_old: bool) -> None:
    """Change this workspace's keys."""
    with session.store() as store:
        office, backup = store.office, store.folder / KEY_BACKUP
        recovery = _recovery(recovery_file) if office.role == "city" and office.locked else ""
        fingerprint = sync.rotate(store, recovery, backup, revokes=revoke_old)
        warn(sync.reminders(store))
    done = (
        "请导出回执带给各县，各县收取后电话核对新指纹"
        if office.role == "city"
        else "请重新导出开通申请交市局"
    )
    _tell(session, backup if recovery else None, fingerprint, f"密钥已更换，{done}")


@enrol.command(help="市局工作区丢失后：用密钥备份和打印的恢复码接着办，换上新密钥。")
@click.argument("file", type=PATH, metavar="密钥备份")
@recovery_file
@revoke_old
@pass_session
def recover(session: Session, file: Path, recovery_file: Path | None, revoke_old: bool) -> None:
    """Go on from a key backup."""
    with session.store() as store:
        backup = store.folder / KEY_BACKUP
        fingerprint = sync.recover(store, file, _recovery(recovery_file), backup, revokes=revoke_old)
        warn(sync.reminders(store))
    done = f"已接上原来的密钥并换了新的，新的密钥备份在 {backup}，仍用这张恢复码打开；请各县重新申请开通"
    _tell(session, backup, fingerprint, done)


def _recovery(file: Path | None) -> str:
    """Return the printed recovery key from a file, or as somebody at a terminal types it."""
    if file:
        return secret_of(file)
    if not is_terminal():
        raise Refusal("请用 --recovery-file 给出写着恢复码的文件")
    return str(click.prompt("恢复码", err=True))


@enrol.command(help="市局作废一个单位的密钥：从此不再接收那台设备的文件。")
@click.argument("unit", type=WORDS, metavar="单位代码")
@pass_session
def revoke(session: Session, unit: str) -> None:
    """Revoke a county's keys."""
    with session.store() as store:
        gone = sync.revoke(store, unit)
    told = {"unit": unit, "fingerprints": gone}
    session.tell(told, f"已作废密钥：{'；'.join(gone)}", "这个单位要在新建的工作区里重新申请开通")


@enrol.command(help="指纹已经电话核对过：不再提醒。")
@click.argument("unit", type=WORDS, metavar="单位代码")
@pass_session
def confirm(session: Session, unit: str) -> None:
    """Note that a fingerprint was compared over the phone."""
    with session.store() as store:
        sync.confirm(store, unit)
    session.tell({"unit": unit, "confirmed": True}, "已记下：指纹核对过了")


def _tell(session: Session, file: Path | None, fingerprint: str, done: str) -> None:
    document = {"file": str(file.absolute()) if file else None, "fingerprint": fingerprint}
    session.tell(document, done, f"请打电话核对指纹：{fingerprint}")


COMMANDS = (enrol,)
