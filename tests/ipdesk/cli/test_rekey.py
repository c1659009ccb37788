"""rekey: the store under another key, the recovery key printed anew, a city's key backup with it."""

from pathlib import Path

import pytest

from ipdesk.sync.keys import read_key_backup
from tests.ipdesk.cli.conftest import Run


def test_a_workspace_without_a_password(run: Run, county: Path) -> None:
    told = run("--json", "rekey")
    assert (told.code, told.json["recovery_key"]) == (0, ""), told.err
    assert run("check").out == "完好\n"


def test_a_locked_city(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, code = tmp_path / "市局", tmp_path / "恢复码"
    monkeypatch.setenv("IPDESK_PASSWORD", "密码-12345")
    first = run("--json", "init", "--role", "city", "--unit", "320900", at=place).json["recovery_key"]
    told = run("--json", "rekey", at=place)
    assert told.code == 0, told.err
    assert read_key_backup(told.json["recovery_key"], Path(told.json["key_backup"])).seed
    monkeypatch.delenv("IPDESK_PASSWORD")
    code.write_text(first, encoding="utf-8")
    assert "口令不对" in run("--password-file", code, "status", at=place).err
    code.write_text(told.json["recovery_key"], encoding="utf-8")
    assert run("--password-file", code, "status", at=place).code == 0
    refused = run("--password-file", code, "rekey", at=place)
    assert (refused.code, "恢复码不行" in refused.err) == (2, True)
    code.write_text("密码-12345", encoding="utf-8")
    assert "旧的作废" in run("--password-file", code, "rekey", at=place).out
