"""Making, opening, locking and upgrading a workspace."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from db import backup, engine, keyfile, place, workspace
from db.migrations import migrations
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import Version

Make = Callable[..., SqlStore]


def open_again(folder: Path, password: str | None = None) -> SqlStore:
    return workspace.open_store(folder, catalogue(), password)


def make_locked(folder: Path) -> str:
    store, recovery = workspace.create(
        folder, catalogue(), role="county", unit_code="320981", office_name="局", password="Abc12345"
    )
    store.close()
    return recovery


def test_a_password_and_the_recovery_key_open_and_nothing_else(tmp_path: Path) -> None:
    recovery = make_locked(tmp_path / "w")
    for secret in ("Abc12345", recovery, recovery.lower().replace("-", " ")):
        store = open_again(tmp_path / "w", secret)
        assert store.office.locked
        assert store.office.unit_code == "320981"
        store.close()
    with pytest.raises(Refusal, match="口令不对"):
        open_again(tmp_path / "w", "abc12345")
    with pytest.raises(Refusal, match="请输入口令"):
        open_again(tmp_path / "w")
    assert workspace.is_locked(tmp_path / "w")


def test_without_a_password_any_or_none_opens(make_store: Make, tmp_path: Path) -> None:
    make_store(folder=tmp_path / "w").close()
    assert not workspace.is_locked(tmp_path / "w")
    for secret in (None, "whatever"):
        store = open_again(tmp_path / "w", secret)
        assert not store.office.locked
        store.close()


def test_no_plain_text_lies_in_the_folder(make_store: Make, tmp_path: Path) -> None:
    store = make_store(folder=tmp_path / "w")
    with store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "东台锦盛新材料有限公司"})
    content = b"".join(p.read_bytes() for p in (tmp_path / "w").rglob("*") if p.is_file())
    assert "锦盛".encode() not in content
    assert b"SQLite format" not in content


def test_a_second_instance_gets_a_clear_message(make_store: Make) -> None:
    store = make_store()
    with pytest.raises(Refusal, match="正在另一个窗口或程序里使用"):
        open_again(store.folder)


def test_a_folder_is_used_once(make_store: Make, tmp_path: Path) -> None:
    store = make_store(folder=tmp_path / "w")
    with pytest.raises(Refusal, match="已经有一个工作区"):
        make_store(folder=store.folder)
    with pytest.raises(Refusal, match="没有工作区"):
        open_again(tmp_path / "nothing")


def test_what_cannot_be_made_leaves_nothing(make_store: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="建不了工作区"):
        make_store(folder=tmp_path / "file" / "w")
    broken = Migrations("ipdesk")

    @broken()
    def fail(_db: Database) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981", steps=broken)
    assert not [p for p in (tmp_path / "w").iterdir() if p.is_file()]


def test_a_damaged_store_or_key_file_is_told(make_store: Make, tmp_path: Path) -> None:
    make_store(folder=tmp_path / "w").close()
    file, keys = tmp_path / "w" / workspace.STORE, tmp_path / "w" / workspace.KEYS
    whole = file.read_bytes()
    file.write_bytes(b"\0" * len(whole))
    with pytest.raises(Refusal, match="已损坏"):
        open_again(tmp_path / "w")
    keys.write_text("{}")
    with pytest.raises(Refusal, match="钥匙文件已损坏"):
        open_again(tmp_path / "w")
    keys.write_text(json.dumps({"version": 2, "slots": []}))
    with pytest.raises(Refusal, match="更新版本"):
        open_again(tmp_path / "w")


def test_an_office_that_was_never_finished_is_told(make_store: Make) -> None:
    store = make_store()
    store.keep("office", None)
    store.keep("life", None)
    with pytest.raises(Refusal, match="没有单位信息"):
        _ = store.office
    with pytest.raises(Refusal, match="没有代次信息"):
        _ = store.life


def test_an_older_store_is_backed_up_and_brought_up(make_store: Make) -> None:
    store = make_store()
    folder, number = store.folder, store.schema
    with store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "甲"})
    store.close()
    steps = migrations()

    @steps()
    def one_more(db: Database) -> None:
        db.execute('ALTER TABLE "enterprise" ADD COLUMN fax TEXT')

    newer = workspace.open_store(folder, catalogue(), steps=steps)
    assert newer.schema == number + 1
    assert newer.count(newer.catalogue.kind("enterprise")) == 1
    newer.close()
    (copy,) = (folder / "backups").glob("*.db")
    assert b"SQLite format" not in copy.read_bytes()[:100]
    with pytest.raises(Refusal, match="更新版本"):
        open_again(folder)


def test_a_backup_that_does_not_verify_is_refused(make_store: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store()
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    store.close()
    database = engine.connect(store.folder / workspace.STORE, key)
    copy = backup.back_up(database, key, store.folder / "backups", "test")
    assert engine.connect(copy, key).table("setting").exists()

    def tear(path: Path) -> None:
        path.write_bytes(path.read_bytes()[:-4096] + b"\0" * 4096)

    monkeypatch.setattr(backup, "_sync", tear)
    with pytest.raises(Refusal, match="没有通过校验|已损坏"):
        backup.back_up(database, key, store.folder / "backups", "torn")
    database.close()


def test_the_log_notices_a_change_from_outside(make_store: Make) -> None:
    store = make_store()
    enterprise = store.catalogue.kind("enterprise")
    with store.act("新增", "表单") as act:
        act.add(enterprise, {"enterprise_name": "甲"})
        act.add(enterprise, {"enterprise_name": "乙"})
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    store.close()
    database = engine.connect(store.folder / workspace.STORE, key)
    database.execute("UPDATE change_value SET after = '{}' WHERE number = 1")
    database.close()
    again = open_again(store.folder)
    assert again.check() == ["操作日志的校验链断了：日志被改动过"]
    again.close()


def test_values_erased_with_a_person_leave_the_chain_whole(make_store: Make) -> None:
    store = make_store()
    with store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "甲"})
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    store.close()
    database = engine.connect(store.folder / workspace.STORE, key)
    database.execute("DELETE FROM change_value")
    database.close()
    again = open_again(store.folder)
    assert again.check() == []
    again.close()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [("database is locked", "另一个窗口"), ("database or disk is full", "磁盘已满"), ("readonly", "写不了"),
     ("disk I/O error", "读写磁盘出错"), ("database disk image is malformed", "已损坏")],
)  # fmt: skip
def test_environment_errors_are_told_in_plain_words(told: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence), engine.translated():
        raise engine.OperationalError(told)


def test_bugs_are_not_taken_for_the_environment() -> None:
    for bug in (engine.IntegrityError("bug"), engine.OperationalError("no such column")):
        with pytest.raises(type(bug), match=str(bug)), engine.translated():
            raise bug
    with pytest.raises(Refusal, match="已损坏"), engine.translated():
        raise engine.DatabaseError("file is not a database")


def test_a_store_on_a_share_or_stick_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, word in ((place.REMOTE, "网络共享"), (place.REMOVABLE, "U盘")):
        monkeypatch.setattr(place, "mounted_kind", lambda _folder, kind=kind: kind)
        with pytest.raises(Refusal, match=word):
            workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981")


def test_mounts_tell_the_kind_of_drive(tmp_path: Path) -> None:
    mounts, blocks = tmp_path / "mounts", tmp_path / "block"
    real = tmp_path.resolve()
    (blocks / "sdb").mkdir(parents=True)
    (blocks / "sdb" / "removable").write_text("1\n")
    (blocks / "sdb" / "sdb1").mkdir()
    mounts.write_text(
        f"/dev/sda1 / ext4 rw\nserver:/x {real}/nfs nfs4 rw\n/dev/sdb1 {real}/stick\\040one vfat rw\n"
    )
    (blocks / "sdb1").symlink_to(blocks / "sdb" / "sdb1")
    assert place.mounted_kind(real / "nfs" / "w", mounts, blocks) == place.REMOTE
    assert place.mounted_kind(real / "stick one", mounts, blocks) == place.REMOVABLE
    assert place.mounted_kind(real, mounts, blocks) == 0
    assert place.mounted_kind(real, tmp_path / "absent", blocks) == 0
    mounts.write_text("")
    assert place.mounted_kind(real, mounts, blocks) == 0


def test_versions_compare_by_incarnation_number_and_epoch() -> None:
    assert Version(2, 1, "a") > Version(1, 9, "z") > Version(1, 8, "z") > Version(1, 8, "a")


def test_a_lost_key_file_is_told_and_its_copy_serves(make_store: Make) -> None:
    store = make_store()
    store.close()
    keys = store.folder / workspace.KEYS
    keys.unlink()
    with pytest.raises(Refusal, match="钥匙文件 ipdesk.key 不见了"):
        open_again(store.folder)
    keys.write_bytes((store.folder / "backups" / workspace.KEYS).read_bytes())
    open_again(store.folder).close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE batch SET who = 'somebody else'",
        "UPDATE batch SET at = '2020-01-01'",
        "DELETE FROM change WHERE number = 2",
        "DELETE FROM change",
        "DELETE FROM change WHERE number > 2",
    ],
)
def test_the_log_covers_who_and_when_and_its_end(make_store: Make, change: str) -> None:
    store = make_store()
    with store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "甲"})
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "乙"})
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    store.close()
    database = engine.connect(store.folder / workspace.STORE, key)
    database.execute(change)
    database.close()
    again = open_again(store.folder)
    assert again.check() == ["操作日志的校验链断了：日志被改动过"]
    again.close()


def test_a_system_that_knows_nobody_still_writes(make_store: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    store = make_store()
    with store.act("新增", "表单") as act:
        key = act.add(store.catalogue.kind("case"), {"stage": "ST02"})
    assert store.history(store.catalogue.ledger("guanbiao"), key)[0].who == "未知用户"
