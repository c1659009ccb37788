"""Bring a database to this program's shape; one that is newer than the program is refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ipdesk.problems import Damage, Refusal

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

EMPTY = "数据文件 ipdesk.db 是空的，内容可能被清掉了，请保留整个文件夹，用“恢复备份”找回，或联系市局"
NEWER = "这个工作区是用更新版本的程序建立的，请先升级程序再打开"


def bring_up(
    database: "Database",
    steps: "Migrations",
    *,
    newer: str = NEWER,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Refuse a store newer than the program; bring an older one to its shape, after doing what comes ``before``."""
    applied = {step.name for step in steps.applied(database)}
    pending = {step.name for step in steps.pending(database)}
    known = {step.name for step in steps._migrations}  # noqa: SLF001  # sqlite-utils offers no list of all steps
    if not applied:
        raise Damage(EMPTY)
    if applied - known:
        raise Refusal(newer)
    if pending:
        before()
        with database.atomic():
            steps.apply(database)
