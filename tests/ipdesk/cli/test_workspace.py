"""init, status, kinds, check, and how a password is given."""

import os
import re
from pathlib import Path
from typing import NoReturn

import pytest

from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from tests.ipdesk.cli.conftest import Run

INIT = ("init", "--role", "county", "--unit", "320981")


@pytest.mark.parametrize("page", [1, 9])
def test_a_damaged_store_is_told_by_a_check(run: Run, county: Path, page: int) -> None:
    data = bytearray((county / "ipdesk.db").read_bytes())
    data[4096 * page + 100] ^= 0xFF
    (county / "ipdesk.db").write_bytes(data)
    told = run("--json", "check")
    assert (told.code, told.err, told.json["ok"]) == (1, "", False)
    assert "损坏" in told.json["problems"][0]
    assert run("check").out == "".join(f"{words}\n" for words in told.json["problems"])


def test_an_office_s_name_that_is_no_text_is_refused(run: Run, folder: Path) -> None:
    told = run(*INIT, "--no-password", "--office-name", b"\xff\xfe".decode(errors="surrogateescape"))
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("内容里有认不出的字符，请用 UTF-8 重新输入")
    assert not folder.exists()


def test_init_makes_a_workspace_once(run: Run, folder: Path) -> None:
    told = run("--json", *INIT, "--no-password", "--office-name", " 东台市知识产权局 ")
    assert told.json == {
        "workspace": str(folder),
        "role": "county",
        "unit_code": "320981",
        "recovery_key": "",
    }
    again = run(*INIT, "--no-password")
    assert (again.code, again.out) == (2, "")
    assert "已经有一个工作区" in again.err


def test_a_password_comes_from_a_file_or_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "口令.txt"
    secret.write_bytes("\ufeff密码 123\r\n".encode())
    told = run(*INIT, "--password-file", secret)
    assert told.code == 0, told.err
    assert "恢复码" in told.out
    assert run("status", "--password-file", secret).code == 0
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    assert run("status").code == 0
    monkeypatch.setenv("IPDESK_PASSWORD", "不对")
    assert (run("status").code, run("--password-file", secret, "status").code) == (2, 0)
    assert "口令不对" in run("status").err
    monkeypatch.delenv("IPDESK_PASSWORD")
    told = run("status")
    assert (told.code, told.out) == (2, "")
    assert told.err == "这个工作区有口令，请用 --password-file 或环境变量 IPDESK_PASSWORD 给出\n"


def test_the_recovery_key_opens_as_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    key = run("--json", *INIT).json["recovery_key"]
    monkeypatch.setenv("IPDESK_PASSWORD", key.lower())
    assert run("check").out == "完好\n"


def test_somebody_at_a_terminal_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(text: str, **_settings: object) -> str:
        asked.append(text)
        return "密码 123"

    monkeypatch.setattr("ipdesk.cli.session.is_terminal", lambda: True)
    monkeypatch.setattr("ipdesk.cli.workspace.is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", answer)
    assert run(*INIT).code == 0
    assert run("status").code == 0
    assert asked == ["新口令", "口令"]


def test_a_password_may_come_through_a_pipe(run: Run) -> None:
    reading, writing = os.pipe()
    os.write(writing, "密码 123\n".encode())
    os.close(writing)
    assert run(*INIT, "--password-file", f"/dev/fd/{reading}").code == 0
    os.close(reading)


def test_a_password_of_the_environment_that_is_no_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPDESK_PASSWORD", "\udcff")
    assert run(*INIT).err == "环境变量 IPDESK_PASSWORD 不是 UTF-8 文本，请重新保存\n"


def test_a_password_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "口令.txt"
    assert "找不到文件" in run(*INIT, "--password-file", bad).err
    bad.write_bytes("密码".encode("gb18030"))
    assert run(*INIT, "--password-file", bad).err == "口令文件“口令.txt”不是 UTF-8 文本，请重新保存\n"


@pytest.mark.parametrize(
    ("role", "unit", "words"),
    [("county", "999999", "没有“999999”这个单位"), ("county", "320900", "市局"), ("city", "320981", "市局")],
)
def test_a_unit_must_exist_and_fit_the_role(run: Run, folder: Path, role: str, unit: str, words: str) -> None:
    told = run("init", "--role", role, "--unit", unit, "--no-password")
    assert told.code == 2
    assert words in told.err
    assert not folder.exists()


def test_a_locked_city_is_made_with_a_backup_of_its_keys(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    told = run("init", "--role", "city", "--unit", "320900")
    assert (folder / "backups" / "市局密钥备份.ipdesk").is_file()
    assert "与恢复码分开保管" in told.out


def test_a_city_whose_keys_cannot_be_backed_up_is_not_made(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> NoReturn:
        raise Refusal("写不了")

    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    with monkeypatch.context() as patch:
        patch.setattr("ipdesk.sync.back_up_keys", fail)
        assert run("init", "--role", "city", "--unit", "320900").err == "写不了\n"
    assert [p for p in folder.rglob("*") if p.is_file()] == []
    told = run("--json", "init", "--role", "city", "--unit", "320900")
    assert told.json["recovery_key"].count("-") == 7
    assert run("check").code == 0


def test_status_of_a_new_workspace(run: Run, county: Path) -> None:
    assert county.is_dir()
    told = run("--json", "status").json
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", told["fingerprint"])
    assert f"本机指纹：{told['fingerprint']}" in run("status").out
    assert (
        told
        | {
            "fingerprint": told["fingerprint"],
            "role": "county",
            "unit_code": "320981",
            "counts": {kind.name: 0 for kind in catalogue().travelling},
            "unsent": 0,
            "last_package": None,
            "last_receipt": None,
            "unconfirmed": 0,
            "gaps": [],
            "enrolled": [],
        }
        == told
    )
    first, second = run("status").out.splitlines()[:2]
    assert (first, second.split("，")[:3]) == (
        "东台市知识产权局（county）",
        ["企业 0", "贯标案卷 0", "补助 0"],
    )


def test_kinds_tells_every_field_with_its_codes(run: Run) -> None:
    told = run("--json", "kinds").json
    assert [kind["name"] for kind in told["kinds"]] == [kind.name for kind in catalogue().travelling]
    assert [ledger["name"] for ledger in told["ledgers"]] == list(catalogue().ledgers)
    ledger = told["ledgers"][0]
    fields = {field["name"]: field for field in ledger["fields"]}
    assert fields["stage"]["sheet_name"] == "guanbiao_state"
    assert fields["stage"]["codes"]["ST15"] == "获证"
    assert (fields["uscc"]["type"], fields["uscc"]["required"]) == ("uscc", True)
    assert "  uscc  统一社会信用代码" in run("kinds").out


def test_check_tells_what_is_wrong(run: Run, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert county.is_dir()
    assert run("--json", "check").json == {"ok": True, "problems": []}
    monkeypatch.setattr("db.store.SqlStore.check", lambda _store: ["日志被改动过"])
    told = run("check")
    assert (told.code, told.out) == (1, "日志被改动过\n")


def test_a_folder_used_by_turns_on_two_computers_says_so_once_each_time(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / name for name in ("one", "two")]
    monkeypatch.setenv("IPDESK_MARKERS", str(places[0]))
    assert run("init", "--role=county", "--unit=320981", "--no-password").code == 0
    assert run("status").err == ""
    for place in (places[1], places[0], places[1]):  # by turns
        monkeypatch.setenv("IPDESK_MARKERS", str(place))
        first, second = run("status"), run("status")
        assert (first.code, first.err.count("\n")) == (0, 1)
        assert "在另一台电脑上用过" in first.err
        assert "导出同步包交给市局" in first.err
        assert second.err == ""
