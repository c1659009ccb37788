"""The commands demo and self-test answer like any other."""

from pathlib import Path

import pytest

from ipdesk import demo, selftest
from ipdesk.problems import Refusal
from tests.ipdesk.cli.conftest import Run


def test_demo_tells_its_summary(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = demo.Share(
        "320981", "东台市", "表.xlsx", 3, 2, 1, 4, 0, {"enterprise": 2, "case": 2, "subsidy": 0}
    )
    made = demo.Summary(str(tmp_path), [share], 4, {"enterprise": 2, "case": 2, "subsidy": 0}, ["报表/a.pdf"])
    monkeypatch.setattr(demo, "make_demo", lambda _doors, folder: made if folder == tmp_path / "d" else None)
    told = run("--json", "demo", tmp_path / "d")
    assert told.json["total"] == {"read": 3, "added": 2, "refused": 1, "sent": 4}
    assert "  东台市：读入 3 行 = 登记 2 行 + 退回 1 行，上报 4 条记录" in run("demo", tmp_path / "d").out


def test_self_test_tells_its_steps(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = selftest.Result([selftest.Step("导入", True, "52 行", 0.1)])
    monkeypatch.setattr(selftest, "run_self_test", lambda _doors, _folder: made)
    assert run("--json", "self-test", tmp_path).json["ok"] is True
    assert run("self-test", tmp_path).out == "通过  导入：52 行\n"


def test_a_self_test_that_fails_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise Refusal("自检没有通过：导入：不一致")

    monkeypatch.setattr(selftest, "run_self_test", fail)
    told = run("self-test", tmp_path)
    assert (told.code, told.out, told.err) == (2, "", "自检没有通过：导入：不一致\n")
