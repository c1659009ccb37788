"""The form on a real store: derived fields, findings in place, saving, masked values, leaving."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from ipdesk.fields import Context
from ipdesk.records import RecordKey, Row
from tests.ui.conftest import FIRM, FakeDialogs, MakeSession, focused
from tests.ui.form.conftest import GOOD, Settle, enter, leave, made, row_of, rows
from ui.form.field import FieldBox, is_short
from ui.form.panel import FormPanel
from ui.form.summary import in_lines
from ui.session import Session
from ui.widgets.choice import ChoiceBox


# ---------------------------------------------------------------- shape
def test_every_field_of_the_ledger_has_its_place(panel: FormPanel) -> None:
    panel.show_new()
    for section in panel.sections:
        section.unfold()
    asked = {f.name for f in panel.ledger.fields if f.section} - {"unit_code"}
    assert set(panel.boxes) == asked


def test_nothing_becomes_a_window_of_its_own(panel: FormPanel) -> None:
    panel.show_new()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [panel]


def test_the_name_comes_first_so_that_typing_on_passes_every_field(panel: FormPanel) -> None:
    panel.show_new()
    assert list(panel.boxes)[:4] == ["enterprise_name", "uscc", "uscc_reason", "town_code"]


def test_sections_that_matter_are_open_others_fold(panel: FormPanel) -> None:
    panel.show_new()
    assert [s.name for s in panel.sections if s.is_open] == [
        "企业",
        "贯标过程",
        "证书与评价",
        "补助资金",
        "联系与备注",
    ]
    section = next(s for s in panel.sections if s.name == "企业概况")
    section.head.click()
    assert section.is_open
    section.toggle()
    assert not section.is_open


def test_every_editor_has_a_name_to_be_read_aloud(panel: FormPanel) -> None:
    panel.show_new()
    assert panel.boxes["uscc"].editor.widget.accessibleName() == "统一社会信用代码（必填）"
    assert all(box.editor.widget.accessibleName() for box in panel.boxes.values())


def test_short_fields_stand_side_by_side(session: Session) -> None:
    ledger = session.catalogue.ledger("guanbiao")
    assert [is_short(ledger.field(n)) for n in ("cert_issue_date", "stage", "contact_phone")] == [True] * 3
    assert [is_short(ledger.field(n)) for n in ("enterprise_name", "uscc", "remark", "standard_code")] == [
        False
    ] * 4


# ---------------------------------------------------------------- adding
def test_a_new_record_is_saved(panel: FormPanel, session: Session, settle: Settle, qtbot: QtBot) -> None:
    panel.show_new()
    assert panel.title.text() == "新增企业"
    enter(
        panel,
        enterprise_name=" 东台新厂有限公司 ",
        uscc=GOOD,
        stage="获证",
        cert_issue_date="2023.5.6",
        contact_phone="13911112222",
    )
    assert panel.state.text() == "● 新增未保存"
    with qtbot.waitSignal(panel.saved):
        panel.save()
        settle(session)
    assert panel.row is not None
    assert panel.row.values["stage"] == "ST15"
    assert panel.row.values["cert_issue_date"] == "2023-05-06"
    assert panel.row.values["contact_phone"] == "139****2222"
    assert panel.row.values["unit_code"] == "320981"
    assert not panel.is_changed


def test_what_identifies_must_be_there(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_new()
    enter(panel, contact_name="陈喆")
    panel.save()
    settle(session)
    assert panel.summary.isVisible()
    assert panel.summary.words.text() == "有 2 项需要更正后才能保存"
    assert panel.boxes["enterprise_name"].message == "缺少企业名称，请补上"
    assert panel.boxes["uscc"].is_wrong
    assert len(rows(session, panel, settle)) == 3


def test_findings_stand_in_the_summary_and_at_the_field_in_the_same_words(
    panel: FormPanel, session: Session, settle: Settle
) -> None:
    panel.show_new()
    enter(
        panel,
        enterprise_name="东台新厂有限公司",
        uscc="91131125MA0K7F2",
        cert_valid_to="明年",
        subsidy_amount_wan="很多",
    )
    panel.save()
    settle(session)
    wrong = [name for name, box in panel.boxes.items() if box.is_wrong]
    assert wrong == ["uscc", "cert_valid_to", "subsidy_amount_wan"]
    assert "应为18位，现在是15位" in panel.boxes["uscc"].message
    assert panel.boxes["uscc"].editor.widget.property("wrong") is True
    assert panel.boxes["uscc"].editor.widget.accessibleDescription() == panel.boxes["uscc"].message
    told = [link.toolTip() for link in panel.summary.links]
    assert told[0] == panel.boxes["uscc"].message  # it names the field by itself
    assert told[1:] == [f"{panel.boxes[n].field.label}：{panel.boxes[n].message}" for n in wrong[1:]]


def test_a_link_leads_to_its_field(panel: FormPanel, session: Session, settle: Settle, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    section = next(s for s in panel.sections if s.name == "企业概况")
    section.unfold()
    enter(panel, enterprise_name="东台新厂有限公司", uscc=GOOD, found_date="不知道")
    section.fold()
    panel.save()
    settle(session)
    assert section.is_open
    assert panel.boxes["found_date"].editor.widget.hasFocus()
    panel.focus_first()
    panel.summary.links[0].click()
    assert panel.boxes["found_date"].editor.widget.hasFocus()


def test_the_summary_goes_as_fields_are_mended(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_new()
    enter(panel, enterprise_name="东台新厂有限公司", uscc="123")
    panel.save()
    settle(session)
    assert panel.summary.isVisible()
    panel.boxes["uscc"].editor.widget.setText(GOOD)  # type: ignore[union-attr]
    panel.boxes["uscc"].editor.edited.emit()
    assert not panel.summary.isVisible()


def test_the_same_enterprise_twice_is_refused_in_place(
    panel: FormPanel, session: Session, settle: Settle
) -> None:
    panel.show_new()
    enter(panel, enterprise_name=FIRM["enterprise_name"], uscc=FIRM["uscc"])
    panel.save()
    settle(session)
    assert "已有同类记录" in panel.boxes["uscc"].message


def test_remarks_do_not_stop(panel: FormPanel, session: Session, settle: Settle) -> None:
    told: list[str] = []
    session.told.connect(lambda words, _undo: told.append(words))
    panel.show_new()
    enter(
        panel,
        enterprise_name="东台新厂有限公司",
        uscc=GOOD,
        cert_issue_date="2023-05-06",
        cert_valid_to="2030-01-01",
    )
    panel.save()
    settle(session)
    assert told[-1].startswith("已保存“东台新厂有限公司”，有")
    assert not panel.boxes["cert_valid_to"].is_wrong
    assert "有效期" in panel.boxes["cert_valid_to"].message


# ---------------------------------------------------------------- editing
def test_only_what_changed_is_written(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_row(row_of(session, panel, settle))
    assert panel.title.text() == "编辑企业信息"
    panel.save()
    settle(session)
    enter(panel, contact_name="王建国")
    assert panel.state.text() == "● 修改未保存"
    panel.save()
    settle(session)
    after = row_of(session, panel, settle)
    assert after.values["contact_name"] == "王建国"
    assert after.values["contact_phone"] == "139****0000"


def test_an_emptied_field_is_cleared(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_row(row_of(session, panel, settle))
    enter(panel, contact_name="", standard_code="")
    panel.save()
    settle(session)
    after = row_of(session, panel, settle)
    assert "contact_name" not in after.values
    assert panel.boxes["standard_code"]._to_fill.isVisibleTo(panel)  # noqa: SLF001 - the mark 待补
    assert panel.state.text() == "待补 1 项"


def test_the_phone_shows_only_when_asked_for(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_row(row_of(session, panel, settle))
    box = panel.boxes["contact_phone"]
    assert box.entry == "139****0000"
    assert box.editor.widget.isReadOnly()  # type: ignore[union-attr]
    box._reveal.click()  # noqa: SLF001
    settle(session)
    assert box.entry == "13900000000"
    enter(panel, contact_phone="139 1111 2222")
    panel.save()
    settle(session)
    assert row_of(session, panel, settle).values["contact_phone"] == "139****2222"


def test_a_look_at_a_phone_is_asked_about_and_logged(
    panel: FormPanel, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    row = row_of(session, panel, settle)
    panel.show_row(row)
    box, dialogs.yes = panel.boxes["contact_phone"], False
    box._reveal.click()  # noqa: SLF001
    settle(session)
    assert dialogs.asked[-1].startswith("显示联系电话｜谁在什么时候看过")
    assert box.entry == "139****0000"
    dialogs.yes = True
    box._reveal.click()  # noqa: SLF001
    settle(session)
    told: list[Any] = []
    session.ask(panel, lambda store: store.history(panel.ledger, row.key), told.extend)
    settle(session)
    assert any("查看联系电话" in f"{c.field}{c.after}{c.source}" for c in told)


def test_another_units_record_is_read_only(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    session = make_session("city", "320900")
    panel = made(session, qtbot)
    panel.show_row(Row(RecordKey("320981", "x"), {**FIRM, "contact_phone": "139****0000"}, {}))
    assert panel.title.text() == "查看企业信息"
    assert "东台市登记的" in panel.notice.words.text()
    assert panel.save_button.isHidden()
    assert panel.boxes["uscc"].editor.widget.isReadOnly()  # type: ignore[union-attr]
    assert not panel.boxes["stage"].editor.widget.isEnabled()
    panel.save()
    assert not panel.is_changed


def test_towns_follow_the_unit_chosen(make_session: MakeSession, qtbot: QtBot) -> None:
    panel = made(make_session("city", "320900"), qtbot)
    panel.show_new()
    town = panel.boxes["town_code"].editor.widget
    assert isinstance(town, ChoiceBox)
    everywhere = town.count()
    enter(panel, unit_code="建湖县")
    leave(panel.boxes["unit_code"])
    assert 0 < town.count() < everywhere


# ---------------------------------------------------------------- leaving
def test_leaving_asks_only_when_something_would_be_lost(
    panel: FormPanel, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    panel.show_new()
    assert panel.may_leave()
    assert dialogs.asked == []
    enter(panel, enterprise_name="东台新厂有限公司")
    dialogs.yes = False
    assert not panel.may_leave()
    assert "“东台新厂有限公司”的改动还没有保存" in dialogs.asked[0]
    with qtbot.assertNotEmitted(panel.closed):
        panel.close_if_may()
    dialogs.yes = True
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.boxes["enterprise_name"].editor.widget, Qt.Key.Key_Escape)


def test_a_record_gone_meanwhile_is_told(
    panel: FormPanel, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    row = row_of(session, panel, settle)
    panel.show_row(row)
    session.undo(panel)
    session.undo(panel)
    session.undo(panel)
    settle(session)
    enter(panel, contact_name="谁")
    panel.save()
    settle(session)
    assert "已经不在了" in dialogs.told[-1]
    assert panel.save_button.isEnabled()


def test_a_field_by_itself_says_what_is_wrong(session: Session, qtbot: QtBot) -> None:
    box = FieldBox(session.catalogue.ledger("guanbiao").field("subsidy_amount_wan"), Context())
    qtbot.addWidget(box)
    box.show_value(1234.5)
    assert box.entry == "1234.5"
    box.editor.widget.setText("5万元")  # type: ignore[union-attr]
    box.check()
    assert (box.entry, box.is_wrong) == ("5", False)


def test_nothing_can_be_typed_while_a_save_waits(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_new()
    enter(panel, enterprise_name="东台新厂有限公司", uscc="1")
    line = panel.boxes["enterprise_name"].editor.widget
    assert isinstance(line, QLineEdit)
    panel.save()
    assert line.isReadOnly()
    settle(session)
    assert not line.isReadOnly()
    enter(panel, uscc=GOOD)
    panel.save()
    settle(session)
    assert not line.isReadOnly()
    assert panel.row is not None


def test_the_summary_says_all_of_a_long_sentence(qapp: QApplication) -> None:
    words = "手机号、身份证号、工作单位至少要填一项，否则分不清是不是同一个人"
    told = in_lines(words, qapp.font(), 200)
    assert told.replace("\n", "") == words
    metrics = QFontMetrics(qapp.font())
    assert "\n" in told
    assert all(metrics.horizontalAdvance(line) <= 200 for line in told.split("\n"))


def test_after_a_new_record_typing_goes_on_where_the_form_shows_it(
    panel: FormPanel, session: Session, settle: Settle
) -> None:
    panel.show()
    panel.show_new()
    enter(panel, enterprise_name="东台新厂有限公司", uscc=GOOD)
    panel.boxes["remark"].focus()
    panel.save()
    settle(session)
    assert panel.row is not None
    assert panel.boxes["enterprise_name"].editor.widget.hasFocus()


def test_esc_closes_an_open_list_and_nothing_else(session: Session, qtbot: QtBot) -> None:
    panel = FormPanel(session, session.catalogue.ledger("institution"))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_new()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    closed: list[None] = []
    panel.closed.connect(lambda: closed.append(None))
    for name in ("service_forms", "main_form"):
        widget = panel.boxes[name].editor.widget
        widget.setFocus()
        QTest.keyClicks(focused(), "d")
        popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QListView) and w.isVisible())
        QTest.keyClick(popup, Qt.Key.Key_Escape)
        assert (popup.isVisible(), closed) == (False, [])
