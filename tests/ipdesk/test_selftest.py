"""The self-test passes on a sound program and fails loudly on one that is not."""

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ipdesk import selftest
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal


@pytest.fixture(scope="module")
def doors() -> Doors:
    wired: Doors = import_module("ipdesk.__main__").doors(catalogue())
    return wired


@pytest.fixture(autouse=True)
def _quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords cheap to try: their cost is tested elsewhere."""
    monkeypatch.setattr("db.keyfile.COSTS", dict.fromkeys(("password", "recovery", "open"), (2, 8, 1)))


def result(folder: Path) -> Any:  # noqa: ANN401  # JSON
    """Return what the self-test wrote down."""
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))


def test_every_step_passes_and_nothing_is_left_behind(doors: Doors, tmp_path: Path) -> None:
    done = selftest.run_self_test(doors, tmp_path)
    assert done.ok
    assert result(tmp_path) == json.loads(json.dumps(done.document()))
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]
    assert len(done.steps) == 14
    assert all(line.startswith("通过") for line in done.lines())


def test_what_an_earlier_test_left_gives_way(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_steps(_bench: object) -> tuple[()]:
        return ()

    monkeypatch.setattr("ipdesk.selftest._Bench.steps", no_steps)
    (tmp_path / "self-test").mkdir()
    (tmp_path / "self-test" / selftest.MARKER).touch()
    for _ in range(2):
        assert selftest.run_self_test(doors, tmp_path).ok
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.parametrize("told", ["[]", "{", '{"ok": true}', "\ufeff"])
def test_what_somebody_else_made_is_left_alone(doors: Doors, tmp_path: Path, told: str) -> None:
    (tmp_path / "result.json").write_text(told, encoding="utf-8")
    with pytest.raises(Refusal, match="不是自检的结果"):
        selftest.run_self_test(doors, tmp_path)
    assert (tmp_path / "result.json").read_text(encoding="utf-8") == told
    (tmp_path / "result.json").unlink()
    (tmp_path / "self-test").mkdir()
    (tmp_path / "self-test" / "毕业论文.docx").touch()
    with pytest.raises(Refusal, match="不是自检留下的"):
        selftest.run_self_test(doors, tmp_path)
    assert [p.name for p in tmp_path.rglob("*")] == ["self-test", "毕业论文.docx"]


def test_a_store_that_opens_without_its_password_fails(doors: Doors, tmp_path: Path) -> None:
    kept: dict[Path, str] = {}

    def create(folder: Path, **told: Any) -> Any:  # noqa: ANN401  # what the real one takes
        kept[folder] = told["password"]
        return doors.create(folder, **told)

    def open_any(folder: Path, _password: str | None) -> Any:  # noqa: ANN401  # a store
        return doors.open(folder, kept[folder])

    with pytest.raises(Refusal, match="自检没有通过：口令不对打不开：没有口令也打开了工作区"):
        selftest.run_self_test(replace(doors, create=create, open=open_any), tmp_path)
    told = result(tmp_path)
    assert (told["ok"], [step["ok"] for step in told["steps"]]) == (False, [True, False])


def test_wrong_values_fail(doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_alike", lambda *_given: False)
    with pytest.raises(Refusal, match="与标准答案不一致"):
        selftest.run_self_test(doors, tmp_path)


def test_a_bug_fails_without_its_words(doors: Doors, tmp_path: Path) -> None:
    def create(*_given: object, **_told: object) -> NoReturn:
        raise ZeroDivisionError("张三 15186091390")

    with pytest.raises(Refusal, match=r"程序出错（ZeroDivisionError）"):
        selftest.run_self_test(replace(doors, create=create), tmp_path)
    assert "15186091390" not in (tmp_path / "result.json").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_used_is_one_sentence(doors: Doors, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(Refusal, match="用不了"):
        selftest.run_self_test(doors, tmp_path / "文件")
