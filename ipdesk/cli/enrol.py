"""Commands with which a county and the city get to know each other: request, accept, install."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.cli.command import PATH, Group
from ipdesk.cli.session import Session, pass_session
from ipdesk.files import write_new


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


def _tell(session: Session, file: Path, fingerprint: str, done: str) -> None:
    document = {"file": str(file.absolute()), "fingerprint": fingerprint}
    session.tell(document, done, f"请打电话核对指纹：{fingerprint}")


COMMANDS = (enrol,)
