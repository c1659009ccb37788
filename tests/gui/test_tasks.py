"""Twenty tasks of a clerk, by keyboard alone in the real window, each checked on the store or the files afterwards.

Run by ``make gui-tasks``; the pictures are kept in ``build/gui``.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ipdesk.resources import resource
from tests.gui.desk import Clerk, Screen, missing, wait

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not on this PC: {missing()}")

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "build" / "gui"
PASSWORD, OTHER_PASSWORD = "dongtai-2026-ip", "another-2027-ip"
SAMPLE = resource("samples", "东台市企业贯标台账.xlsx")
ROWS, FILED = 68, 7  # in all, and filed with the province only
NEW, NEW_CODE = "Dongtai New Company", "91320981MA1XNEW01E"
BAD = (
    "企业名称,统一社会信用代码,贯标状态\n"
    "东台喆䶮新材料有限公司,91320981MA1YNEW024,启动\n"
    "东台新来有限公司,91320981MA1XHEW03,启动\n"
)
PEOPLE = "姓名,工作单位,手机号\n陈喆,东台甲公司,13900000000\n李䶮,东台乙公司,13911112222\n"


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Return a screen for all tasks."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    made = Screen()
    yield made
    made.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the sample's rows and its marker, made once and copied for each task."""
    base = tmp_path_factory.mktemp("filled")
    (base / "口令.txt").write_text(PASSWORD, encoding="utf-8")
    worker = Clerk(None, base / "工作区", PICTURES, {"IPDESK_MARKERS": str(base / "markers")})
    secret = ("--password-file", base / "口令.txt")
    worker.run(
        "init", "--role", "county", "--unit", "320981", "--office-name", "东台市市场监督管理局", *secret
    )
    worker.run("import", "guanbiao", SAMPLE, *secret)
    return base


@pytest.fixture
def clerk(screen: Screen, filled: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Clerk]:
    """Return a clerk before the open workspace."""
    for name in ("工作区", "markers"):  # without its marker it would be told to have been copied
        shutil.copytree(filled / name, tmp_path / name)
    shutil.copy(filled / "口令.txt", tmp_path)
    (tmp_path / "home" / "Documents").mkdir(parents=True)
    places = {"HOME": "home", "XDG_CONFIG_HOME": "config", "IPDESK_MARKERS": "markers"}
    environment = {name: str(tmp_path / place) for name, place in places.items()}
    made = Clerk(screen, tmp_path / "工作区", PICTURES / request.node.name, environment)
    made.start()
    made.type(PASSWORD)
    made.key("Return")
    made.await_window("东台")
    yield made
    made.picture("end")
    made.stop()


def documents(clerk: Clerk) -> Path:
    return clerk.folder.parent / "home" / "Documents"


def told(clerk: Clerk, *words: str | Path, password: str = PASSWORD) -> Any:  # noqa: ANN401 - what JSON says
    """Close the window and return what a command then says of the store."""
    if clerk.is_running:
        clerk.picture("done")
        assert clerk.close() == 0
    secret = clerk.folder.parent / "口令.txt"
    secret.write_text(password, encoding="utf-8")
    return json.loads(clerk.run("--json", *words, "--password-file", secret))


def names(clerk: Clerk, ledger: str = "guanbiao", name: str = "enterprise_name") -> list[str]:
    return [str(row[name]) for row in told(clerk, "list", ledger)["rows"]]


def find(clerk: Clerk, words: str) -> None:
    """Search and go down to what is found."""
    clerk.key("ctrl+f")
    clerk.fill(words)
    clerk.key("Return", "Down")


def choose_file(clerk: Clerk, path: Path) -> None:
    """Name a file in the PC's file chooser."""
    clerk.fill(str(path))
    clerk.key("Return")


def sheet(clerk: Clerk, text: str, name: str = "sheet.csv") -> Path:
    out = clerk.folder.parent / name
    out.write_text(text, encoding="utf-8")
    return out


def say_yes(clerk: Clerk) -> None:
    """Give the answer that does it, which is never the one in front."""
    clerk.picture("question")
    clerk.key("Tab", "Return")


def test_01_unlock_after_a_wrong_password(clerk: Clerk) -> None:
    assert clerk.close() == 0
    clerk.start()
    clerk.type("wrong password")
    clerk.key("Return")
    clerk.picture("refused")
    clerk.fill(PASSWORD)
    clerk.key("Return")
    clerk.await_window("东台")
    assert len(names(clerk)) == ROWS


def test_02_add_an_enterprise(clerk: Clerk) -> None:
    clerk.key("ctrl+n")
    clerk.type(NEW)
    clerk.key("Return")
    clerk.type(NEW_CODE)
    clerk.key("Return", "Return")  # past the town
    clerk.type("qd")
    clerk.key("Return", "ctrl+s")
    (row,) = [r for r in told(clerk, "list", "guanbiao")["rows"] if r["uscc"] == NEW_CODE]
    assert (row["enterprise_name"], row["stage"]) == (NEW, "ST03")


def test_03_edit_an_enterprise(clerk: Clerk) -> None:
    find(clerk, "rlfd")
    clerk.key("Return")
    clerk.fill("Ruilu Wind")
    clerk.key("ctrl+s")
    assert "Ruilu Wind" in names(clerk)


def test_04_enter_goes_through_the_whole_form(clerk: Clerk) -> None:
    clerk.key("ctrl+n")
    clerk.type(NEW)
    clerk.key("Return")
    clerk.type(NEW_CODE)
    clerk.key(*["Return"] * 12)
    clerk.picture("on the way")
    clerk.key("ctrl+s")
    assert names(clerk).count(NEW) == 1


def test_05_find_by_initials_and_delete(clerk: Clerk) -> None:
    find(clerk, "rlfd")
    clerk.picture("found")
    clerk.key("Delete")
    say_yes(clerk)
    left = names(clerk)
    assert len(left) == ROWS - 1
    assert not any("瑞鹿风电" in name for name in left)


def test_06_filter_by_a_column(clerk: Clerk) -> None:
    clerk.key("ctrl+f", "Tab", "Tab", "Down", "Down", "shift+Tab", "shift+Tab", "Escape")
    clerk.picture("filtered")
    clerk.key("ctrl+a", "Delete")
    say_yes(clerk)
    left = told(clerk, "list", "guanbiao")["rows"]
    assert len(left) == ROWS - FILED
    assert "ST02" not in {row["stage"] for row in left}


def test_07_undo(clerk: Clerk) -> None:
    find(clerk, "rlfd")
    clerk.key("Delete")
    say_yes(clerk)
    clerk.key("ctrl+z")
    assert len(names(clerk)) == ROWS


def test_08_redo(clerk: Clerk) -> None:
    find(clerk, "rlfd")
    clerk.key("Delete")
    say_yes(clerk)
    clerk.key("ctrl+z", "ctrl+y")
    assert len(names(clerk)) == ROWS - 1


def test_09_undo_a_whole_intake_after_a_question(clerk: Clerk) -> None:
    clerk.key("ctrl+z")
    say_yes(clerk)
    assert names(clerk) == []


def test_10_import_with_a_preview(clerk: Clerk) -> None:
    path = sheet(clerk, BAD)
    clerk.key("ctrl+i")
    choose_file(clerk, path)
    clerk.picture("preview")
    clerk.key("ctrl+Return")
    assert len(names(clerk)) == ROWS + 1


def test_11_mend_a_refused_row(clerk: Clerk) -> None:
    path = sheet(clerk, BAD)
    clerk.key("ctrl+i")
    choose_file(clerk, path)
    clerk.key("Tab", "Return")
    clerk.picture("wrong cell")
    clerk.fill("91320981MA1XHEW03X")
    clerk.key("Return")
    clerk.picture("mended")
    clerk.key("ctrl+Return")
    assert "东台新来有限公司" in names(clerk)


def test_12_give_a_class_to_a_list_of_trainees(clerk: Clerk) -> None:
    path = sheet(clerk, PEOPLE, "class.csv")
    clerk.key("ctrl+3")
    clerk.key("ctrl+i")
    choose_file(clerk, path)
    clerk.picture("asked")
    clerk.fill("IP class")
    clerk.key("Return")
    clerk.fill("2024.5.18")
    clerk.key("Return")
    clerk.key("ctrl+Return")
    rows = told(clerk, "list", "training")["rows"]
    assert [(r["course_name"], r["start_date"]) for r in rows] == [("IP class", "2024-05-18")] * 2


def test_13_open_a_record_from_the_to_do_list(clerk: Clerk) -> None:
    clerk.key("ctrl+5")
    clerk.picture("to do")
    clerk.key("Return")
    clerk.fill("Opened from to do")
    clerk.key("ctrl+s")
    assert "Opened from to do" in names(clerk)


def test_14_export_the_to_do_list(clerk: Clerk) -> None:
    out = documents(clerk) / "todo.xlsx"
    clerk.key("ctrl+5")
    clerk.key("ctrl+e")
    choose_file(clerk, out)
    assert out.read_bytes()[:2] == b"PK"


def test_15_a_report_as_pdf(clerk: Clerk) -> None:
    out = documents(clerk) / "report.pdf"
    clerk.key("ctrl+7")
    clerk.picture("report")
    clerk.key("ctrl+s")
    choose_file(clerk, out)
    wait(out.is_file, "the PDF")
    assert out.read_bytes()[:5] == b"%PDF-"


def test_16_write_the_request_for_enrolment(clerk: Clerk) -> None:
    out = documents(clerk) / "request.ipk"
    clerk.key("ctrl+6")
    clerk.picture("exchange")
    clerk.key("Return")
    choose_file(clerk, out)
    assert out.is_file()


def test_17_change_the_password(clerk: Clerk) -> None:
    clerk.key("ctrl+8", "ctrl+9")  # whichever of the two is the last page
    clerk.picture("settings")
    clerk.key(
        *["Tab"] * 8
    )  # the office, the folder, the ways to keys and channel, and what is counted come before
    for words in (PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD):
        clerk.type(words)
        clerk.key("Tab")
    clerk.key("Return")
    assert told(clerk, "list", "guanbiao", password=OTHER_PASSWORD)["total"] == ROWS


def test_18_look_at_the_history(clerk: Clerk) -> None:
    clerk.key("ctrl+h")
    assert "修改记录" in clerk.title or "东台" in clerk.title
    clerk.picture("history")
    clerk.key("Escape")
    assert len(names(clerk)) == ROWS


def test_19_give_up_a_new_record(clerk: Clerk) -> None:
    clerk.key("ctrl+n")
    clerk.type(NEW)
    clerk.key("Escape")
    say_yes(clerk)
    assert NEW not in names(clerk)


def test_20_go_round_the_pages(clerk: Clerk) -> None:
    for number in range(1, 10):
        clerk.key(f"ctrl+{number}")
        clerk.picture(f"page {number}")
    assert len(names(clerk)) == ROWS
