"""enrol rotate, recover, revoke, confirm: keys changed and taken back on the command line."""

from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run


def enrol(run: Run, county: Path, city: Path, folder: Path, *more: str) -> None:
    asked, grant = (
        folder / f"申请{len(list(folder.iterdir()))}",
        folder / f"授权{len(list(folder.iterdir()))}",
    )
    assert run("enrol", "request", asked, at=county).code == 0
    told = run("enrol", "accept", asked, "--out", grant, *more, at=city)
    assert told.code == 0, told.err
    assert run("enrol", "install", grant, at=county).code == 0


@pytest.fixture
def city(run: Run, county: Path, tmp_path: Path) -> Path:
    place = tmp_path / "市局"
    assert run("init", "--role", "city", "--unit", "320900", "--no-password", at=place).code == 0
    enrol(run, county, place, tmp_path)
    return place


def rounds(run: Run, county: Path, city: Path, folder: Path) -> None:
    stick = folder / f"U盘{len(list(folder.iterdir()))}"
    stick.mkdir()
    (package,) = run("--json", "package", "export", stick, at=county).json["files"]
    assert run("package", "receive", package, at=city).code == 0
    (receipt,) = run("--json", "package", "export", stick, at=city).json["files"]
    assert run("package", "receive", receipt, at=county).code == 0


def test_the_city_s_keys_are_rotated(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    told = run("--json", "enrol", "rotate", "--revoke-old", at=city)
    assert (told.code, told.json["file"]) == (0, None)
    assert told.json["fingerprint"] == run("--json", "status", at=city).json["fingerprint"]
    for _ in range(2):
        rounds(run, county, city, tmp_path)


def test_a_locked_county_is_reminded_of_the_new_fingerprint(
    run: Run, county: Path, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, stick = tmp_path / "建湖", tmp_path / "U盘"
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    assert run("init", "--role", "county", "--unit", "320925", at=place).code == 0
    enrol(run, place, city, tmp_path)
    assert run("enrol", "confirm", "320900", at=place).code == 0
    fingerprint = run("--json", "enrol", "rotate", at=city).json["fingerprint"]
    receipts = run("--json", "package", "export", stick, at=city).json["files"]
    (receipt,) = (file for file in receipts if Path(file).name.startswith("320925"))
    told = run("package", "receive", receipt, at=place)
    assert (told.code, told.err) == (0, f"请打电话与盐城市（市本级）核对密钥指纹：{fingerprint}\n")


def test_a_county_s_keys_are_rotated(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    assert "请重新导出开通申请" in run("enrol", "rotate", at=county).out
    enrol(run, county, city, tmp_path, "--supersede")
    rounds(run, county, city, tmp_path)


def test_a_county_is_revoked(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    (package,) = run("--json", "package", "export", tmp_path / "U盘", at=county).json["files"]
    assert run("enrol", "confirm", "320981", at=city).code == 0
    assert len(run("--json", "enrol", "revoke", "320981", at=city).json["fingerprints"]) == 1
    told = run("package", "receive", package, at=city)
    assert (told.code, "密钥已作废" in told.out) == (1, True)


def test_a_locked_city_asks_for_the_printed_recovery_key(
    run: Run, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, code, wrong = tmp_path / "锁着的市局", tmp_path / "恢复码", tmp_path / "错的"
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    made = run("--json", "init", "--role", "city", "--unit", "320900", at=place)
    code.write_text(made.json["recovery_key"] + "\n", encoding="utf-8")
    wrong.write_text("ABC", encoding="utf-8")
    enrol(run, county, place, tmp_path)
    told = run("enrol", "rotate", at=place)
    assert (told.code, "--recovery-file" in told.err) == (2, True)
    assert "恢复码不对" in run("enrol", "rotate", "--recovery-file", wrong, at=place).err
    told = run("--json", "enrol", "rotate", "--recovery-file", code, at=place)
    assert told.code == 0, told.err
    assert "密钥备份" in told.err
    backup, new = Path(told.json["file"]), tmp_path / "新的市局"
    assert run("init", "--role", "city", "--unit", "320900", at=new).code == 0
    told = run("--json", "enrol", "recover", backup, "--recovery-file", code, at=new)
    assert told.code == 0, told.err
    monkeypatch.setattr("ipdesk.cli.enrol.is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: made.json["recovery_key"])
    assert run("enrol", "recover", backup, at=new).code == 0
    enrol(run, county, place, tmp_path)  # it knew the first keys; the second ones are announced by them
    enrol(run, county, new, tmp_path)
    rounds(run, county, new, tmp_path)
