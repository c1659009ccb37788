"""backup and restore as scripts call them; what a status and a check say of backups."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ipdesk.problems import Refusal
from tests.ipdesk.cli.conftest import Run

ROW = ("add", "guanbiao", "enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "stage=ST15")


def total(run: Run) -> int:
    found: int = run("--json", "list", "guanbiao").json["total"]
    return found


def test_a_backup_is_made_told_and_listed(run: Run, county: Path) -> None:
    assert run("--json", "status").json["last_backup"] is None
    told = run("--json", "backup")
    assert (told.code, told.err) == (0, "")
    path = Path(told.json["file"])
    assert path.parent == county / "backups"
    last = run("--json", "status").json["last_backup"]
    assert (last["place"], last["ok"]) == (str(county / "backups"), True)
    assert last["time"]
    assert "最近备份：" in run("status").out
    (row,) = run("--json", "backup", "--list").json["backups"]
    assert (row["file"], row["why"]) == (str(path), "manual")
    assert run("backup").out.endswith("打开核对无误\n")
    assert run("backup", "--list").out.count("手动备份") == 2


def test_a_backup_goes_where_it_is_told(run: Run, county: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert Path(run("--json", "backup", stick).json["file"]).parent.parent == stick
    file = stick / "东台.db"
    assert run("--json", "backup", file).json["file"] == str(file)
    again = run("backup", file)
    assert (again.code, again.out) == (2, "")
    assert "已经有了" in again.err
    assert run("backup", file, "--list").code == 2


def test_a_second_place_is_set_and_let_go(run: Run, county: Path, tmp_path: Path) -> None:
    drive = tmp_path / "D"
    drive.mkdir()
    told = run("--json", "backup", "--second", drive)
    assert Path(told.json["second"]).is_relative_to(drive)
    assert len(run("--json", "status").json["backups"]) == 2
    Path(told.json["second"]).write_bytes(b"x")
    assert "第二备份位置的备份" in run("check").out
    drive.rename(tmp_path / "away")
    told = run("backup")
    assert told.code == 0
    assert told.err.startswith("第二备份位置")
    assert not run("--json", "status").json["backups"][1]["ok"]
    assert run("--json", "backup", "--no-second").json == {"second": None}
    assert run("backup").err == ""


def test_a_restore_is_previewed_and_done(run: Run, county: Path) -> None:
    run(*ROW)
    file = run("--json", "backup").json["file"]
    run("delete", "guanbiao", run("--json", "list", "guanbiao").json["rows"][0]["id"])
    assert total(run) == 0
    assert run("restore", file).err.startswith("请写明怎样恢复")
    told = run("--json", "restore", file, "--rebuild", "--dry-run")
    assert told.code == 0, told.err
    assert (told.json["restored"], told.json["lost"]["deleted"], told.json["unsent"]) == (False, 2, 2)
    assert "只是预览" in run("restore", file, "--go-back", "--dry-run").out
    assert total(run) == 0
    told = run("--json", "restore", file, "--go-back")
    assert (told.code, told.err) == (0, "")
    assert told.json["restored"]
    assert Path(told.json["before"]).is_file()
    assert total(run) == 1
    assert run("--json", "restore", told.json["before"], "--rebuild").json["restored"]
    assert total(run) == 0
    assert "恢复之前的状态在" in run("restore", file, "--rebuild").out


def test_a_lost_store_is_restored(run: Run, county: Path, tmp_path: Path) -> None:
    run(*ROW)
    file = tmp_path / "x.db"
    run("backup", file)
    (county / "ipdesk.db").unlink()
    assert run("status").code == 2
    told = run("--json", "restore", file, "--rebuild", "--dry-run")
    assert (told.code, told.json["present"]) == (0, None)
    assert not (county / "ipdesk.db").exists()
    assert run("restore", file, "--rebuild").code == 0
    assert total(run) == 1
    shutil.rmtree(county)
    assert run("restore", file, "--go-back").code == 0
    assert total(run) == 1


def test_a_foreign_or_damaged_backup_is_one_line(run: Run, county: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"x" * 9000)
    for file in (bad, tmp_path / "none.db"):
        told = run("restore", file, "--rebuild")
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    copy = Path(run("--json", "backup").json["file"])
    copy.write_bytes(copy.read_bytes()[:-4096])
    told = run("check")
    assert told.code == 1
    assert copy.name in told.out


def test_a_day_begins_with_a_backup_and_what_stands_in_its_way_stops_no_work(
    run: Run, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*ROW)
    assert list((county / "backups").glob("*.db")) == []

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now().astimezone() + timedelta(days=1)

    monkeypatch.setattr("ipdesk.actions.backups.datetime", Tomorrow)

    def full(*_told: object, **_named: object) -> None:
        raise Refusal("磁盘已满")

    with monkeypatch.context() as patch:
        patch.setattr("db.backup.draft", full)
        told = run("--json", "list", "guanbiao")
        assert (told.code, told.json["total"], told.err) == (0, 1, "磁盘已满\n")
    assert run("list", "guanbiao").err == ""
    (path,) = (county / "backups").glob("*.db")
    assert path.name.endswith("-start.db")
    run("list", "guanbiao")
    assert len(list((county / "backups").glob("*.db"))) == 1


def test_a_backup_comes_before_a_large_intake_and_a_receiving(
    run: Run, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipdesk.actions.backups.FEW", 0)
    run(*ROW)
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "企业名称,统一社会信用代码,备注\n东台锦盛新材料有限公司,91320981MABJ1XG60Q,新\n", encoding="utf-8"
    )
    run("import", "guanbiao", sheet, "--dry-run")
    assert list((county / "backups").glob("*.db")) == []
    run("import", "guanbiao", sheet)
    run("package", "receive", sheet, "--dry-run")
    run("package", "receive", sheet)
    whys = sorted(path.stem.split("-", 3)[3] for path in (county / "backups").glob("*.db"))
    assert whys == ["before-intake", "before-receive"]
