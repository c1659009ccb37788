"""The shipped program answers every file of the conformance kit, on the command line, as the kit expects."""

import json
import re
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db import workspace
from ipdesk.cli.app import main
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue
from ipdesk.sync.marker import PLACE
from ipdesk.sync.standing import Standing
from tests.conformance.readers import KIT, made

HERE = Path(__file__).parent
FILES = HERE / "files"
CASES: dict[str, dict[str, Any]] = KIT["cases"]
REASONS = {
    "unknown": "这不是同步包",
    "damaged": "文件损坏、不完整或被改动过|开头已损坏",
    "unencrypted": "这不是同步包",
    "not-ours": "不是发给本单位的",
    "unknown-sender": "没有(在这里)?开通",
    "forged": "署名单位与签名不符|密钥与已安装的不同",
    "wrong-kind": "请核对是否拿错了文件|由县（市、区）收取",
    "too-new": "请先升级",
    "leap": "不合情理",
    "fork": "序号相同而内容不同",
    "two-lives": "两份工作区同时在上报",
    "foreign-owner": "整个文件没有接收",
    "range": "清单范围以外",
    "value": "不合规定|看不懂",
    "twice": "同一条记录出现了两次",
    "extra-entry": "多出了清单上没有的条目",
    "missing-entry": "缺少清单上的条目",
    "bad-name": "名称不合规定|两个同名条目",
    "many-entries": "超过上限",
    "not-canonical": "损坏|名称不合规定",
    "too-large": "太大",
    "wrong-unit": "本单位不",
    "other-request": "不是本工作区的申请",
    "installed": "不用再装",
}
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a city, a county and a county that asked, with the kit's keys, and their markers."""
    home = tmp_path_factory.mktemp("readers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(home / "markers"))
        made(home / "city", "city", "city", "county")
        made(home / "county", "county", "county", "city")
        made(home / "asking", "county", "county", None)
    return home


@pytest.fixture(scope="module")
def doors() -> Doors:
    wired: Doors = import_module("ipdesk.__main__").doors(catalogue())
    return wired


@pytest.fixture
def run(
    readers: Path,
    tmp_path: Path,
    doors: Doors,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Return a runner of the program in a fresh copy of a reader's workspace."""
    shutil.copytree(readers, tmp_path / "w")
    monkeypatch.setenv(PLACE, str(tmp_path / "w" / "markers"))

    def run_program(reader: str, *words: object) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main(["--json", f"--workspace={tmp_path / 'w' / reader}", *map(str, words)], doors)
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else {"error": told.err}

    return run_program


def test_every_case_has_its_files_and_every_file_its_case() -> None:
    named = {answer["file"] for case in CASES.values() for answer in case["answers"]}
    assert named == {p.relative_to(FILES).as_posix() for p in FILES.glob("*/*")}
    assert len(CASES) > 100


@pytest.mark.parametrize("name", CASES)
def test_the_program_answers_as_the_kit_expects(run: Run, name: str) -> None:
    case = CASES[name]
    for expected in case["answers"]:
        if case["reader"] == "asking":
            _installed(run, expected)
        else:
            _received(run, case["reader"], expected)
    _, status = run(case["reader"], "status")
    there = {kind: count for kind, count in status["counts"].items() if count}
    assert there == case["counts"]


def _received(run: Run, reader: str, expected: dict[str, Any]) -> None:
    file = FILES / expected["file"]
    code, told = run(reader, "package", "receive", file)
    refused = expected["answer"] in ("refused", "quarantined")
    assert code == int(refused), told
    assert [told[n] for n in ("accepted", "unchanged", "conflicts")] == [
        expected[n] for n in ("accepted", "unchanged", "conflicts")
    ]
    if refused:
        ((given),) = told["refused"]
        assert re.search(REASONS[expected["reason"]], given["reason"]), given["reason"]
        assert file.name in given["file"]
    _, aside = run(reader, "package", "waiting")
    assert bool(aside["rows"]) == (expected["answer"] == "quarantined")


def _installed(run: Run, expected: dict[str, Any]) -> None:
    code, told = run("asking", "enrol", "install", FILES / expected["file"])
    assert code == (0 if expected["answer"] == "valid" else 2), told
    if expected["reason"]:
        assert re.search(REASONS[expected["reason"]], told["error"]), told["error"]


@pytest.mark.parametrize("name", ["first", "in-order", "replayed-late"])
def test_the_digest_of_the_whole_is_made_as_the_document_says(run: Run, tmp_path: Path, name: str) -> None:
    for answer in CASES[name]["answers"]:
        run("city", "package", "receive", FILES / answer["file"])
    store = workspace.open_store(tmp_path / "w" / "city", catalogue())
    newest = Standing.of(store, "320981").newest
    store.close()
    assert newest is not None
    assert newest["verified"] is True
