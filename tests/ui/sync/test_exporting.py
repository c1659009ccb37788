"""The export of a package: where to, for which period, with what; what stands in the way is a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.drives import Drive
from ipdesk.problems import Refusal
from ipdesk.sync import sending
from ipdesk.sync.completeness import Plan
from ipdesk.sync.contents import Cargo
from tests.ui.conftest import FakeDialogs, MakeSession
from tests.ui.sync.conftest import Pair
from ui.amounts import size
from ui.session import Session
from ui.sync import places
from ui.sync.exporting import ExportDialog, Sending, offered
from ui.sync.places import Seen

STICK = Drive(Path("/media/clerk/KINGSTON"), "KINGSTON", 8 * 2**30, 16 * 2**30)
FULL = Drive(Path("/media/clerk/FULL"), "满盘", 1000, 16 * 2**30)
LOCKED = Drive(Path("/media/clerk/LOCKED"), "锁盘", 8 * 2**30, 16 * 2**30, read_only=True)


class Lone:
    """A county's session without a city: enough to ask how to export."""

    def __init__(self, county: Session, dialogs: FakeDialogs, settle: Callable[[Session], None]) -> None:
        self.county, self.dialogs, self._settle, self.county_page = county, dialogs, settle, QWidget()

    def settle(self) -> None:
        self._settle(self.county)


@pytest.fixture
def lone(
    make_session: MakeSession, dialogs: FakeDialogs, settle: Callable[[Session], None], qtbot: QtBot
) -> Lone:
    made = Lone(make_session(), dialogs, settle)
    qtbot.addWidget(made.county_page)
    return made


def dialog_of(
    pair: Pair | Lone, *found: Drive, rows: int = 0, cargo: Cargo | None = None, last: str = ""
) -> ExportDialog:
    told = Sending(rows, cargo or Cargo({}), Seen(found), last)
    return ExportDialog(pair.county_page, pair.county, told)


def test_a_stick_that_fits_is_proposed_and_others_are_told(lone: Lone) -> None:
    dialog = dialog_of(lone, FULL, LOCKED, STICK)
    assert [line for line in dialog.places.model.rows] == [
        ("满盘", "1,000 字节", "空间不够"),
        ("锁盘", "8.0 GB", "写保护，不能用"),
        ("KINGSTON", "8.0 GB", "U盘"),
    ]
    assert dialog.places.place == STICK.folder
    assert dialog.export_button.isEnabled()
    dialog.places.table.selectRow(0)
    assert "“满盘”只剩 1,000 字节" in dialog.notice.words.text()
    assert not dialog.export_button.isEnabled()
    refused = dialog.wish
    assert refused is None
    dialog.places.table.selectRow(1)
    assert "写保护" in dialog.notice.words.text()
    dialog.places.table.selectRow(2)
    wish = dialog.wish
    assert wish
    assert (wish.folder, wish.is_stick, wish.attachments) == (STICK.folder, True, False)


def test_without_a_stick_a_folder_is_chosen(lone: Lone, tmp_path: Path) -> None:
    dialog = dialog_of(lone)
    assert dialog.places.place is None
    assert not dialog.export_button.isEnabled()
    lone.dialogs.folder = tmp_path
    dialog.places.other_button.click()
    lone.settle()
    assert dialog.wish
    assert not dialog.wish.is_stick
    assert dialog.places.model.rows[0][2] == "文件夹"


def test_sticks_come_and_go_while_one_chooses(lone: Lone, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = dialog_of(lone, STICK)
    monkeypatch.setattr(places, "drives", lambda: [])
    dialog.places.look()
    lone.settle()
    assert dialog.places.place is None
    monkeypatch.setattr(places, "drives", lambda: [STICK])
    dialog.places.look()
    lone.settle()
    assert dialog.places.place == STICK.folder


def test_a_stick_that_is_unlocked_or_emptied_meanwhile_can_be_taken(
    lone: Lone, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(lone, replace(STICK, read_only=True))
    assert "写保护开关" in dialog.notice.words.text()
    for now in (replace(STICK, free=1), STICK):
        monkeypatch.setattr(places, "drives", lambda now=now: [now])
        dialog.places.look()
        lone.settle()
        assert dialog.export_button.isEnabled() is (now is STICK)
    assert not dialog.notice.words.text()


def test_a_period_and_nothing_to_report_are_told(lone: Lone) -> None:
    busy = dialog_of(lone, STICK, rows=3)
    assert busy.zero.isHidden()
    assert "不能报零" in busy.zero_hint.text()
    dialog = dialog_of(lone, STICK)
    assert dialog.zero.isHidden()
    dialog.period.setCurrentIndex(1)
    dialog.zero.setChecked(True)
    wish = dialog.wish
    assert wish
    assert (wish.report.period, wish.report.zero) == (f"{date.today():%Y-%m}", True)
    dialog.period.setCurrentIndex(0)
    assert not dialog.zero.isChecked()


def test_the_period_after_the_last_is_proposed(lone: Lone) -> None:
    last = offered(date.today())[1]
    assert dialog_of(lone, STICK, last=last.code).period.currentData() == last.next.code
    assert dialog_of(lone, STICK, last=last.next.code).period.currentData() == last.next.code
    planned = Sending(0, Cargo({}), Seen(()), "", Plan("month", 180))
    dialog = ExportDialog(lone.county_page, lone.county, planned)
    assert dialog.period.currentData() == last.code
    assert [p.code for p in offered(date(2026, 1, 5))] == [
        "2026-01", "2025-12", "2026-Q1", "2025-Q4", "2026", "2025",
    ]  # fmt: skip


def test_attachments_say_their_size_and_are_weighed(lone: Lone) -> None:
    tight = replace(STICK, free=20 * 2**20)
    dialog = dialog_of(lone, tight, cargo=Cargo({"a": 30 * 2**20}, 2, 5 * 2**20))
    assert dialog.attachments.text() == "带上附件（1 个，30.0 MB）"
    assert dialog.export_button.isEnabled()
    dialog.attachments.setChecked(True)
    assert "请腾出空间" in dialog.notice.words.text()
    assert not dialog.export_button.isEnabled()


def test_what_was_exported_says_where_and_that_it_was_read_back(pair: Pair) -> None:
    package = pair.send()
    words = pair.county_page.notice.words.text()
    assert package.name in words
    assert "已读回核对" in words
    assert pair.county_page.pages.currentWidget() is pair.county_page.home
    assert [line[2] for line in pair.county_page.file_list.listing.rows] == ["市局"]


def test_a_place_that_fills_up_meanwhile_is_refused_in_a_sentence(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path, _size: int) -> None:
        raise Refusal("剩余空间不够：只剩 10 字节")

    monkeypatch.setattr(sending, "refuse_full", full)
    before = list(pair.stick.iterdir())
    pair.county_page.export_button.click()
    pair.settle()
    assert "只剩 10 字节" in pair.dialogs.told[-1]
    assert list(pair.stick.iterdir()) == before
    assert pair.county_page.pages.currentWidget() is pair.county_page.home


def test_a_stick_pulled_out_is_refused_in_a_sentence(pair: Pair, tmp_path: Path) -> None:
    dialogs, gone = pair.dialogs, tmp_path / "gone"
    gone.mkdir()
    pair.county.desk.preferences.put(places.REMEMBERED, str(gone))
    pair.county_page.export()
    gone.rmdir()
    pair.settle()
    assert dialogs.told == []  # it was not even offered any more
    assert pair.county_page.pages.currentWidget() is pair.county_page.home


@pytest.mark.parametrize(("count", "words"), [(0, "0 字节"), (2048, "2 KB"), (3 * 2**20, "3.0 MB")])
def test_sizes_are_read(count: int, words: str) -> None:
    assert size(count) == words


def test_the_list_of_places_passes_qts_tester(lone: Lone) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    dialog = dialog_of(lone, STICK)
    tester = QAbstractItemModelTester(dialog.places.model, mode)
    dialog.places.need(2**40)
    assert tester.model() is dialog.places.model


def test_every_period_that_the_city_expects_can_be_reported() -> None:
    codes = [period.code for period in offered(date(2026, 11, 23), Plan("month", 10, "2026-08"))]
    assert codes == ["2026-11", "2026-10", "2026-09", "2026-08", "2026-Q4", "2026-Q3", "2026", "2025"]
    assert len(offered(date(2026, 11, 23), Plan("month", 10, "2020-01"))) == 24 + 4
    assert offered(date(2026, 11, 23), Plan()) == offered(date(2026, 11, 23))
