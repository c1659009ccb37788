"""When backups are made by themselves, where they go besides, and how their places stand."""

import os
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions import backups, documents, restoring
from ipdesk.backups import MANUAL, START, WORK, backups_in
from ipdesk.problems import Refusal


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def add(store: SqlStore, name: str = "东台锦盛新材料有限公司") -> None:
    with store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": name})


def age(store: SqlStore, **ago: float) -> None:
    """Let what is unsaved be older than it is."""
    store.keep("unsaved", (datetime.now().astimezone() - timedelta(**ago)).isoformat())


def whys(store: SqlStore) -> list[str]:
    return [backup.why for backup in backups_in(store.backups.folder)]


# ---------------------------------------------------------------- when
def test_nothing_is_copied_twice(store: SqlStore) -> None:
    assert store.unsaved_since is None
    assert backups.unsaved_for(store) is None
    assert not backups.due_at_start(store)
    assert not backups.due_at_work(store)
    assert backups.before_receive(store) is None
    add(store)
    since = store.unsaved_since
    add(store)
    assert store.unsaved_since == since
    assert backups.before_receive(store)
    assert store.unsaved_since is None
    assert backups.before_receive(store) is None
    assert whys(store) == ["before-receive"]


def test_what_changes_nothing_is_not_unsaved(store: SqlStore) -> None:
    with store.act("无", "表单"):
        pass
    assert store.unsaved_since is None
    with pytest.raises(KeyError), store.act("新增", "表单") as act:
        act.add(store.catalogue.kind("enterprise"), {"enterprise_name": "甲", "none": "such"})
    assert store.unsaved_since is None
    with store.act("设置", "设置") as act:  # no entry of the log, but a change
        act.keep("x", 1)
    assert store.unsaved_since


@pytest.mark.parametrize(
    ("ago", "start", "work", "patient"),
    [
        ({"minutes": 1}, False, False, True),
        ({"minutes": 31}, False, True, True),
        ({"minutes": 61}, False, True, False),
        ({"hours": 5}, True, True, False),
        ({"days": 2}, True, True, False),
        ({"minutes": -5}, True, True, False),
    ],
)
def test_it_is_due_by_the_age_of_what_is_unsaved(
    store: SqlStore, ago: dict[str, float], start: bool, work: bool, patient: bool
) -> None:
    age(store, **ago)
    today = datetime.fromisoformat(str(store.unsaved_since)).date() == datetime.now().date()
    assert backups.due_at_start(store) is (start or not today)
    assert backups.due_at_work(store) is work
    assert backups.is_patient(store) is patient


def test_work_begins_with_a_backup_of_what_is_old(store: SqlStore) -> None:
    add(store)
    age(store, days=1)
    made = backups.at_start(store)
    assert made
    assert made.path.name.endswith(f"-{START}.db")
    assert backups.at_start(store) is None
    add(store)
    assert backups.at_work(store) is None
    age(store, minutes=40)
    assert backups.at_work(store)
    assert whys(store) == [WORK, START]


def test_only_a_large_intake_is_worth_a_backup(store: SqlStore) -> None:
    add(store)
    assert backups.before_intake(store, backups.FEW) is None
    assert backups.before_intake(store, backups.FEW + 1)


def test_what_is_written_while_a_copy_is_finished_stays_unsaved(store: SqlStore) -> None:
    add(store)
    begun = backups.begin(store, WORK)
    assert begun
    add(store, "乙")
    since = store.unsaved_since
    backups.note(store, begun, begun.finish())
    assert store.unsaved_since == since
    begun = backups.begin(store, WORK)
    assert begun
    backups.note(store, begun, begun.finish())
    assert store.unsaved_since is None


def test_another_thread_finishes_what_the_store_s_own_began(store: SqlStore) -> None:
    add(store)
    begun = backups.begin(store, WORK)
    assert begun
    told: list[backups.Made] = []
    thread = threading.Thread(target=lambda: told.append(begun.finish()))
    thread.start()
    thread.join()
    backups.note(store, begun, told[0])
    assert restoring.preview(store, told[0].path).counts["enterprise"] == 1


class Interrupted:
    """A connection that is told to give way as soon as it copies."""

    def __init__(self, store: SqlStore) -> None:
        """Stand before the real one."""
        self._store, self._real = store, store._db.conn  # noqa: SLF001  # where no caller may reach
        store._db.conn = self  # type: ignore[assignment]  # noqa: SLF001

    def __getattr__(self, name: str) -> object:
        if name == "execute":
            self._real.set_progress_handler(self._give_way, 1)
        return getattr(self._real, name)

    def _give_way(self) -> int:
        self._store.backups.give_way()
        return 0


def test_a_yielding_copy_gives_way_and_leaves_nothing(store: SqlStore) -> None:
    add(store)
    since, real = store.unsaved_since, store._db.conn  # noqa: SLF001
    backed = store.backups  # made before anything stands in between
    Interrupted(store)
    assert backups.begin(store, WORK, yielding=True) is None
    store._db.conn = real  # noqa: SLF001
    real.set_progress_handler(None, 0)
    assert store.unsaved_since == since
    assert list(backed.folder.glob("*part*")) == []
    backed.give_way()  # with nothing under way
    assert backups.make(store).path.is_file()


def test_a_failed_backup_is_told_and_what_is_unsaved_stays_so(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    since = store.unsaved_since

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(Refusal, match="磁盘已满"):
            backups.make(store)
    assert store.unsaved_since == since
    (place,) = backups.places(store)
    assert (place.at, place.ok) == (None, False)
    assert "磁盘已满" in place.reason
    assert backups.last_backup(store) == place.as_json()
    backups.make(store)
    (place,) = backups.places(store)
    assert (place.ok, place.reason) == (True, "")
    assert list(store.backups.folder.glob(".*.part")) == []
    monkeypatch.setattr(Path, "mkdir", lambda *_told, **_named: full(0))
    with pytest.raises(Refusal, match="备份写不到"):
        backups.make(store)


# ---------------------------------------------------------------- where
def test_how_places_stand(store: SqlStore, tmp_path: Path) -> None:
    assert backups.last_backup(store) is None
    assert backups.listed(store) == []
    made = backups.make(store)
    last = backups.last_backup(store)
    assert last
    assert (last["place"], last["ok"]) == (str(store.folder / "backups"), True)
    made.path.unlink()
    assert backups.places(store)[0].reason.startswith("备份文件不见了")


def test_a_second_drive_gets_each_and_its_absence_is_one_sentence(store: SqlStore, tmp_path: Path) -> None:
    drive = tmp_path / "D盘"
    with pytest.raises(Refusal, match="不存在"):
        backups.set_second(store, drive)
    drive.mkdir()
    made = backups.set_second(store, drive)
    assert made
    assert made.second
    own = made.second.parent
    assert own.parent == drive
    assert {p.name for p in own.iterdir()} == {"ipdesk.key", made.path.name}
    assert made.second.read_bytes() == made.path.read_bytes()
    assert [place.ok for place in backups.places(store)] == [True, True]
    assert len(backups.listed(store)) == 1
    drive.rename(tmp_path / "away")
    add(store)
    made = backups.make(store)
    assert made.second is None
    assert made.problem == f"第二备份位置“{drive}”现在用不了（可能没有插上），这次只备份在本机"
    first, second = backups.places(store)
    assert (first.ok, second.ok) == (True, False)
    assert second.reason == made.problem
    (tmp_path / "away").rename(drive)
    assert backups.make(store).second
    assert all(place.ok for place in backups.places(store))
    shutil.rmtree(own)
    assert not backups.places(store)[1].ok
    assert backups.set_second(store, None) is None
    assert backups.second_folder(store) is None
    assert backups.make(store).second is None


def test_the_second_place_is_outside_the_workspace(store: SqlStore) -> None:
    with pytest.raises(Refusal, match="工作区以外"):
        backups.set_second(store, store.folder / "backups")


def test_a_drive_that_cannot_be_written_is_told(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "D"
    drive.mkdir()
    assert backups.set_second(store, drive)
    real = shutil.disk_usage
    monkeypatch.setattr(
        "shutil.disk_usage", lambda path: real(path)._replace(free=0 if "D" in str(path) else 2**40)
    )
    assert "空间不够" in backups.make(store).problem

    def broken(*_told: object) -> None:
        raise OSError(5, "pulled out")

    monkeypatch.setattr(Path, "mkdir", lambda *_told, **_named: broken())
    with pytest.raises(Refusal, match="用不了"):
        backups.set_second(store, drive)


def test_a_pulled_drive_is_told(store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "D"
    drive.mkdir()
    assert backups.set_second(store, drive)

    def broken(*_told: object) -> None:
        raise OSError(5, "pulled out")

    monkeypatch.setattr("db.backup.thin", broken)
    assert "U盘可能已拔出" in backups.make(store).problem
    monkeypatch.setattr("db.backup.copy_file", broken)
    assert "U盘可能已拔出" in backups.make(store).problem
    assert [p for p in drive.rglob("*.part")] == []


def test_a_backup_goes_to_a_file_or_into_a_folder(store: SqlStore, tmp_path: Path) -> None:
    add(store)
    made = backups.make_to(store, tmp_path)
    assert made.path.parent.parent == tmp_path
    assert made.path.name.endswith(f"-{MANUAL}.db")
    again = backups.make_to(store, made.path.parent)
    assert again.path.parent == made.path.parent
    file = tmp_path / "东台.db"
    assert backups.make_to(store, file).path == file
    assert (tmp_path / "东台.db.key").is_file()
    with pytest.raises(Refusal, match="已经有了"):
        backups.make_to(store, file)
    with pytest.raises(Refusal, match="不存在"):
        backups.make_to(store, tmp_path / "none" / "x.db")
    assert backups.make_to(store, store.folder / "backups").path.parent == store.folder / "backups"


def test_what_is_read_back_otherwise_is_refused(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import backup

    real = os.fsync

    def flip(handle: int) -> None:
        real(handle)
        for part in tmp_path.glob(".*.part"):
            part.write_bytes(part.read_bytes()[:-1] + b"?")

    monkeypatch.setattr("db.backup.os.fsync", flip)
    with pytest.raises(Refusal, match="不一致"):
        backups.make_to(store, tmp_path / "x.db")
    assert list(tmp_path.glob("*x.db*")) == []
    assert list(tmp_path.glob(".*.part")) == []
    assert backup.key_beside(tmp_path / "x.db").name == "x.db.key"


def test_attachments_go_along_and_come_back(store: SqlStore, tmp_path: Path) -> None:
    kind = store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        case = act.add(kind, {"stage": "ST15"})
    scan = tmp_path / "证书.pdf"
    scan.write_bytes(b"%PDF-1.7 scan" * 300)
    documents.add(store, kind, case, [scan], "D15", "测试")
    away = tmp_path / "stick"
    away.mkdir()
    made = backups.make_to(store, away / "x.db")
    assert len(list((away / "attachments").iterdir())) == 1
    shutil.rmtree(store.folder / "attachments")
    shutil.rmtree(store.folder / "backups" / "attachments")
    assert restoring.restore(store, made.path, "rebuild").lacking == 0
    assert len(list((store.folder / "attachments").iterdir())) == 1


def test_what_a_killed_backup_left_long_ago_is_tidied_away(store: SqlStore) -> None:
    old, young = store.backups.folder / ".a.part", store.backups.folder / ".b.part"
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    backups.make(store)
    assert (old.exists(), young.exists()) == (False, True)
