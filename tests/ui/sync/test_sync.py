"""The exchange pages: enrolment on both sides, packages, receipts, looked at before taken in."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ipdesk.sync import Preview, Received
from tests.ui.conftest import FIRM, MakeSession
from tests.ui.sync.conftest import Pair
from ui.inbox.preview import PackagePreview
from ui.sync.county import CountyPage
from ui.sync.deeds import Partner, Standing
from ui.texts import sync as texts


def test_the_whole_way_there_and_back(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    county, city, dialogs = pair.county_page, pair.city_page, pair.dialogs
    assert not county.export_button.isEnabled()
    assert county.enrolling.frame.isVisible()
    pair.enrol()
    assert not county.enrolling.frame.isVisible()
    assert county.notice.words.text() == "授权已安装，可以导出同步包了。"  # no password, nothing to compare
    assert county.unsent.number.text() == "4"
    package = pair.send()
    assert county.unsent.number.text() == "0"
    assert package.name in county.notice.words.text()
    assert county.file_list.listing.rows[0][1] == "发出同步包"

    dialogs.folder = pair.stick
    pair.inbox.choose_folder()
    pair.settle()
    shown = pair.inbox.looking
    assert isinstance(shown, PackagePreview)
    assert shown.files.rows[0][:4] == (package.name, "东台市", "1", "4")
    assert FIRM["enterprise_name"] in [line[3] for line in shown.rows_table.listing.rows]
    assert shown.refused_table.listing.rowCount() == 2  # the request and the grant lie on the same stick
    pair.inbox.take_button.click()
    pair.settle()
    assert "改动 4 条" in pair.inbox.notice.words.text()
    city.refresh()
    pair.settle()
    assert city.counties.rows[0][1] == texts.STATE_SENT
    assert city.head.about.text() == "已开通 1 个单位，收到过 1 个单位的同步包"

    city.receipts_button.click()
    pair.settle()
    receipt = next(f for f in pair.stick.iterdir() if "-r" in f.name)
    dialogs.files = [receipt]
    county.choose_receipt()
    pair.settle()
    assert county.looking.files.rows[0][0] == receipt.name
    county.take_button.click()
    pair.settle()
    assert "市局确认了 4 条" in county.notice.words.text()
    assert county.unconfirmed.number.text() == "0"


def test_the_first_export_waits_for_the_fingerprints(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair("correct horse battery")
    pair.enrol()
    county, city = pair.county_page, pair.city_page
    assert not county.export_button.isEnabled()
    county.export()
    assert county.enrolling.city.text() in (p.fingerprint for p in county.standing.partners)  # type: ignore[union-attr]
    assert city.backup.isVisible()
    assert not city.receipts_button.isEnabled()
    assert "密钥备份" in city.receipts_button.toolTip()
    city.export_receipts()
    pair.dialogs.yes = False
    pair.compare()
    assert not county.export_button.isEnabled()
    pair.dialogs.yes = True
    pair.compare()
    assert county.export_button.isEnabled()
    assert county.enrolling.frame.isHidden()
    assert city.receipts_button.isEnabled()
    assert not city.backup.isVisible()
    asked = [words for words in pair.dialogs.asked if texts.KEPT_TITLE not in words]
    assert county.enrolling.city.text() in asked[0]
    assert all(county.enrolling.city.text() in words for words in asked), "both say the city's too"
    county.compare()
    city.compare()
    assert len(asked) == 4


def test_a_slip_does_not_say_that_the_key_backup_lies_elsewhere(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair("correct horse battery")
    pair.enrol()
    pair.dialogs.yes = False
    pair.city_page.confirm_backup()
    pair.settle()
    assert texts.KEPT_TITLE in pair.dialogs.asked[-1]
    assert pair.city_page.backup.isVisible()


def test_a_damaged_package_is_refused_in_a_sentence(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    pair.enrol()
    package = pair.send()
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(bytes(data))
    pair.inbox.look_at([package])
    pair.settle()
    assert isinstance(pair.inbox.looking, PackagePreview)
    _, name, reason = pair.inbox.looking.refused_table.listing.rows[0]
    assert name == package.name
    assert "文件损坏" in reason
    assert not pair.inbox.take_button.isEnabled()
    pair.inbox.take()
    pair.inbox.cancel_button.click()
    assert pair.inbox.pages.currentWidget() is pair.inbox.home


def test_files_dropped_are_looked_at(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    pair.enrol()
    package = pair.send()
    drop, data = pair.inbox.drop, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(package))])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(drop, QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    assert drop.property("over") is True
    QApplication.sendEvent(drop, QDragLeaveEvent())
    assert not drop.property("over")
    QApplication.sendEvent(drop, QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    QApplication.sendEvent(drop, QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    pair.settle()
    assert pair.inbox.looking.files.rows[0][0] == package.name


def test_a_second_computer_is_asked_about(make_pair: Callable[..., Pair], make_session: MakeSession) -> None:
    pair = make_pair()
    pair.enrol()
    second = CountyPage(make_session(rows=(FIRM,)))
    first, pair.county_page, pair.county = pair.county_page, second, second._session  # noqa: SLF001
    pair.dialogs.yes = False
    pair.enrol()
    assert "东台市已经开通过一台设备" in pair.dialogs.asked[-1]
    pair.dialogs.yes = True
    (pair.stick / "授权.ipk").unlink()
    pair.enrol()
    assert second.export_button.isEnabled()
    first.deleteLater()


def test_another_file_is_no_request(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    pair.enrol()
    package = pair.send()
    pair.dialogs.files = [package]
    pair.city_page.accept()
    pair.settle()
    assert "不是开通申请" in pair.dialogs.told[-1]
    broken = pair.stick / "坏.ipk"
    broken.write_bytes(b"nothing")
    pair.dialogs.files = [broken]
    pair.city_page.accept()
    pair.settle()
    assert len(pair.dialogs.told) == 2


def test_conflicts_that_a_receipt_brings_about_are_counted_before_it_is_taken(
    make_pair: Callable[..., Pair],
) -> None:
    looking = make_pair().county_page.looking
    told = Preview("a.ipk", "receipt", "320981", 9, {"case": Counter(conflict=1, accepted=4)}, conflicts=2)
    looking.show_trial(Received(previews=(told,)))
    assert looking.files.rows[0] == ("a.ipk", "9", "4", "0", "0", "3")


def test_an_empty_folder_is_told(make_pair: Callable[..., Pair], tmp_path: Path) -> None:
    pair, empty = make_pair(), tmp_path / "空盘"
    empty.mkdir()
    pair.inbox.look_at([empty])
    pair.settle()
    assert "“空盘”里没有同步包" in pair.dialogs.told[0]
    assert pair.inbox.pages.currentWidget() is pair.inbox.home


def test_giving_up_choosing_changes_nothing(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    pair.dialogs.files, pair.dialogs.out, pair.dialogs.folder = [], None, None
    county, city = pair.county_page, pair.city_page
    for deed in (
        county.request,
        county.install,
        county.choose_receipt,
        city.accept,
        pair.inbox.choose_files,
        pair.inbox.choose_folder,
    ):
        deed()
    pair.settle()
    assert pair.dialogs.told == []
    assert list(pair.stick.iterdir()) == []


def test_looking_can_be_given_up_and_taking_in_cannot(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    pair.enrol()
    package, page = pair.send(), pair.inbox
    page.look_at([package])
    page.give_up()
    pair.settle()
    assert page.pages.currentWidget() is page.home
    page.look_at([package])
    pair.settle()
    assert page.receive_button.isHidden()
    page.take()
    assert page.is_taking
    assert not page.may_leave()
    page.give_up()
    assert page.is_taking
    pair.settle()
    assert page.may_leave()
    assert not page.receive_button.isHidden()


def test_the_folder_of_what_was_made_is_opened(
    make_pair: Callable[..., Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = make_pair()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    pair.county_page._open_folder()  # noqa: SLF001
    pair.enrol()
    pair.send()
    pair.county_page.open_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [pair.stick]


def test_the_models_pass_qts_tester(make_pair: Callable[..., Pair]) -> None:
    pair = make_pair()
    models = (pair.city_page.counties, pair.city_page.file_list.listing, pair.inbox.looking.files)
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in models
    ]
    pair.enrol()
    pair.inbox.look_at([pair.send()])
    pair.settle()
    assert len(testers) == 3


def test_gaps_are_told(make_pair: Callable[..., Pair]) -> None:
    page = make_pair().county_page
    page.show_standing(Standing("1", (), (), 0, 0, (2, 3), ("第4包由更新版本的程序导出",), ()))
    assert "：2、3。" in page.gaps.words.text()
    assert "市局还没有收下：第4包由更新版本的程序导出" in page.set_aside.words.text()
    assert page.again.isHidden()
    page.show_standing(Standing("1", (), (), 4, 4, (), (), (), again=True))
    assert "要再报一次" in page.again.words.text()


@pytest.mark.parametrize(
    ("gaps", "quarantined", "state"),
    [((2, 3), ("版本太新",), "缺包：2、3"), ((), ("版本太新",), "有暂存未收的包"),
     (tuple(range(1, 12)), (), "缺包：1、2、3、4、5、6、7、8 等11个")],
)  # fmt: skip
def test_what_a_county_lacks_is_told_at_the_city(
    make_pair: Callable[..., Pair], gaps: tuple[int, ...], quarantined: tuple[str, ...], state: str
) -> None:
    page = make_pair().city_page
    partner = Partner("320981", "东台市", "1", True, gaps, quarantined)
    page.show_standing(Standing("1", (partner,), (), 0, 0, (), (), ()))
    assert state in [line[1] for line in page.counties.rows]


def test_a_quarantined_package_is_marked(make_pair: Callable[..., Pair]) -> None:
    page = make_pair().city_page
    page.file_list.show_files(
        [{"direction": "in", "type": "package", "unit": "320981", "quarantined": "版本太新", "at": "x"}]
    )
    assert page.file_list.listing.rows[0][:3] == ("x", "收到同步包（暂存：版本太新）", "东台市")
