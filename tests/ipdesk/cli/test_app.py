"""Exit codes and errors: one plain Chinese line, never a traceback; help in Chinese; UTF-8 on any console."""

import os
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
import pytest

from ipdesk.cli import errors
from ipdesk.cli.app import main
from ipdesk.doors import Doors
from ipdesk.problems import Refusal
from tests.ipdesk.cli.conftest import Run

COMMANDS = (
    *("init", "demo", "status", "kinds", "template", "import", "list", "history", "set", "delete", "undo"),
    *("add", "export", "package", "enrol", "report", "reports", "check", "self-test"),
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fly"], "没有“fly”这个命令（用 ipdesk --help 查看用法）"),
        (["--fly"], "没有“--fly”这个选项（用 ipdesk --help 查看用法）"),
        (["list"], "缺少 台账（用 ipdesk list --help 查看用法）"),
        (["init", "--unit", "320981"], "缺少 --role（用 ipdesk init --help 查看用法）"),
        (
            ["init", "--role"],
            "选项“--role”用法不对，看看后面是否少写或多写了内容（用 ipdesk --help 查看用法）",
        ),
        (["init", "--role", "省"], "--role 只能是 county、city（用 ipdesk init --help 查看用法）"),
        *(
            (
                ["list", "guanbiao", "--limit", wrong],
                "--limit 后面要写不小于 0 的整数（用 ipdesk list --help 查看用法）",
            )
            for wrong in ("多", "-1")
        ),
        (
            ["list", "guanbiao", "再"],
            "命令后面多了认不出的内容，内容里有空格时请加引号（用 ipdesk list --help 查看用法）",
        ),
        (
            ["list", "guanbiao", "--where", "stage"],
            "“stage”应写成 字段=值（或 >=、<=、!=、~），值里有空格时整段加引号（用 ipdesk list --help 查看用法）",
        ),
        (["set", "guanbiao", "x"], "缺少 字段=值…（用 ipdesk set --help 查看用法）"),
        (
            ["package"],
            "“ipdesk package”后面要写明做什么：cover、export、inspect、pick、receive、undo、waiting"
            "（用 ipdesk package --help 查看用法）",
        ),
        (["package", "fly"], "没有“fly”这个命令（用 ipdesk package --help 查看用法）"),
        (["package", "receive"], "缺少 文件…（用 ipdesk package receive --help 查看用法）"),
        (
            ["package", "export", ""],
            "路径是空的，请写明文件或文件夹（用 ipdesk package export --help 查看用法）",
        ),
        *(
            (
                [*words, "\udcff"],
                f"内容里有认不出的字符，请用 UTF-8 重新输入（用 ipdesk {words[0]} --help 查看用法）",
            )
            for words in (["list", "guanbiao", "--search"], ["report", "guanbiao", "--period"])
        ),
        (
            ["set", "guanbiao", "x", "remark=\udcff"],
            "内容里有认不出的字符，请用 UTF-8 重新输入（用 ipdesk set --help 查看用法）",
        ),
        (["enrol", "accept", "x"], "缺少 --out（用 ipdesk enrol accept --help 查看用法）"),
    ],
)
def test_wrong_usage_is_one_chinese_line(run: Run, words: list[str], told: str) -> None:
    answer = run(*words)
    assert (answer.code, answer.out, answer.err) == (2, "", told + "\n")


def test_help_is_chinese_and_names_every_command(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    assert told.out.startswith("用法：")
    for command in [
        "init",
        "demo",
        "status",
        "kinds",
        "template",
        "import",
        "list",
        "history",
        "set",
        "delete",
        "undo",
        "add",
        "export",
        "package",
        "enrol",
        "report",
        "reports",
        "check",
        "self-test",
    ]:
        assert f"  {command} " in told.out
    assert "Options" not in told.out
    assert "显示这段说明" in run("import", "--help").out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("IPDesk 知识产权工作台 0.")


def test_without_a_command_the_window_opens_on_the_workspace(doors: Doors, tmp_path: Path) -> None:
    shown: list[Path] = []

    def show(folder: Path, _password: str | None) -> int:
        shown.append(folder)
        return 3

    assert main(["--workspace", str(tmp_path / "甲")], replace(doors, show=show)) == 3
    assert shown == [tmp_path / "甲"]


def test_the_usual_workspace_and_the_one_of_the_environment(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []

    def show(folder: Path, _password: str | None) -> int:
        shown.append(folder)
        return 0

    watched = replace(doors, show=show)
    monkeypatch.delenv("IPDESK_WORKSPACE", raising=False)
    main([], watched)
    monkeypatch.setenv("IPDESK_WORKSPACE", str(tmp_path))
    main([], watched)
    assert (shown[0].name, shown[1]) == ("知识产权工作台", tmp_path)


def failing(doors: Doors, error: BaseException) -> Doors:
    """Return doors whose window fails."""

    def show(_folder: Path, _password: str | None) -> NoReturn:
        raise error

    return replace(doors, show=show)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyboardInterrupt(), errors.CANCELLED),
        (EOFError(), errors.CANCELLED),
        (OSError(28, "No space left on device"), "磁盘已满，请腾出空间后重试"),
        (Refusal("一句话\n换了行"), "一句话 换了行"),
    ],
)
def test_whatever_stops_it_is_one_line(
    doors: Doors, error: BaseException, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([f"--workspace={tmp_path}"], failing(doors, error)) == 2
    assert capsys.readouterr().err.strip() == told


def test_a_bug_leaves_a_report_without_personal_data(
    doors: Doors, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    try:
        raise KeyError("15186091390")
    except KeyError as first:
        cause = ValueError("张三 15186091390")
        cause.__cause__ = first
    assert main([f"--workspace={tmp_path}"], failing(doors, cause)) == 2
    (report,) = (tmp_path / "logs").iterdir()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(report) in told
    text = report.read_text(encoding="utf-8")
    assert "15186091390" not in text + told
    assert "张三" not in text + told
    assert text.index("KeyError") < text.index("ValueError")
    assert "test_app.py" in text


def test_a_bug_is_told_where_no_report_can_be_written(
    doors: Doors, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("ipdesk.cli.session.user_log_path", lambda *_a, **_k: tmp_path / "file" / "logs")
    assert main([f"--workspace={tmp_path / 'none'}"], failing(doors, ZeroDivisionError())) == 2
    assert capsys.readouterr().err == "程序出错，这一步没有做完；错误种类：ZeroDivisionError\n"


def test_a_parameter_without_a_name_is_told_by_its_hint() -> None:
    assert errors.usage(click.MissingParameter(param_hint="X")).startswith("缺少 X")
    assert errors.usage(click.FileError("x")).startswith("命令后面")
    number = click.Option(["--number"], type=int)
    assert errors.usage(click.BadParameter("x", param=number)).startswith("--number 后面要写整数")


def program(*words: object, **settings: str) -> subprocess.Popen[bytes]:
    """Start the real program as a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "ipdesk", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_the_process_speaks_utf8_on_any_console_and_never_asks(county: Path, run: Run) -> None:
    assert run("add", "guanbiao", "enterprise_name=东台𬭛新材料有限公司", "uscc=91320981MABJ1XG60Q").code == 0
    with program("--workspace", county, "list", "guanbiao") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "东台𬭛新材料有限公司" in out.decode("utf-8")
    with program(
        "--workspace", county.parent / "新", "init", "--role", "city", "--unit", "320900"
    ) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, b"")
    assert err.decode().splitlines() == [
        "请用 --password-file 或环境变量 IPDESK_PASSWORD 给出口令；只做演示可用 --no-password"
    ]


def test_a_reader_that_goes_away_is_one_line() -> None:
    with program("kinds", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait(timeout=60) == 2
    assert told == errors.CLOSED + "\n"


def test_a_window_has_no_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    wiring = import_module("ipdesk.__main__")
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "argv", ["ipdesk", "--version"])
    assert wiring.main() == 0
    sys.stdout.close()
    sys.stderr.close()


def test_the_window_gets_the_ways_into_a_workspace(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def run_window(*ways: object) -> int:
        given.extend(ways)
        return 0

    monkeypatch.setattr("ui.run", run_window)
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    assert main([f"--workspace={tmp_path}"], doors) == 0
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([f"--workspace={tmp_path}"], doors) == 2
    ways = [doors.open, doors.create, doors.is_locked, doors.rescue]
    assert given == [doors.catalogue, *ways, tmp_path, "密码 123"]
