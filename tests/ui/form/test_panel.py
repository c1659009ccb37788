"""The form on a real store: derived fields, findings in place, saving, masked values, leaving."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ipdesk.fields import Context
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Store
from tests.ui.conftest import FIRM, OTHER, FakeDialogs, MakeSession
from ui.form.deeds import shown
from ui.form.field import FieldBox, is_short
from ui.form.panel import FormPanel
from ui.session import Session
from ui.widgets.choice import ChoiceBox

Settle = Callable[[Session], None]
GOOD = "91350100M000100Y43"


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> FormPanel:
    return made(session, qtbot)


def made(session: Session, qtbot: QtBot) -> FormPanel:
    panel = FormPanel(session, session.catalogue.ledger("guanbiao"))
    qtbot.addWidget(panel)
    panel.resize(344, 620)
    panel.show()
    return panel


def rows(session: Session, panel: FormPanel, settle: Settle) -> list[Row]:
    told: list[list[Row]] = []
    ledger = panel.ledger

    def op(store: Store) -> list[Row]:
        return [shown(store, ledger, key) for key in store.keys(ledger, Query())]

    session.ask(panel, op, told.append)
    settle(session)
    return told[0]


def row_of(session: Session, panel: FormPanel, settle: Settle, values: dict[str, Any] = FIRM) -> Row:
    return next(r for r in rows(session, panel, settle) if r.values["uscc"] == values["uscc"])


def enter(panel: FormPanel, **texts: str) -> None:
    for name, text in texts.items():
        box = panel.boxes[name]
        widget = box.editor.widget
        if isinstance(widget, ChoiceBox):
            widget.setEditText(text)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)
        else:
            widget.setPlainText(text)
        box.edited.emit()


def leave(box: FieldBox) -> None:
    widget = box.editor.widget
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


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


def test_a_look_at_a_phone_is_logged(panel: FormPanel, session: Session, settle: Settle) -> None:
    row = row_of(session, panel, settle)
    panel.show_row(row)
    panel.boxes["contact_phone"]._reveal.click()  # noqa: SLF001
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


# ---------------------------------------------------------------- fields
def test_leaving_a_date_shows_its_normal_form(panel: FormPanel) -> None:
    panel.show_new()
    for typed, shown_form in (
        ("2023.5.6", "2023-05-06"),
        ("二〇二三年五月", "2023-05"),
        ("20230506", "2023-05-06"),
    ):
        enter(panel, start_date=typed)
        leave(panel.boxes["start_date"])
        assert panel.boxes["start_date"].entry == shown_form
    enter(panel, start_date="2023-13-45")
    leave(panel.boxes["start_date"])
    assert panel.boxes["start_date"].is_wrong


def test_a_piece_of_a_name_or_its_initials_chooses_a_code(panel: FormPanel) -> None:
    panel.show_new()
    box = panel.boxes["stage"]
    for typed, code in (("体系运", "ST08"), ("txyx", "ST08"), ("获证", "ST15"), ("ST09", "ST09")):
        enter(panel, stage=typed)
        leave(box)
        assert panel.ledger.field("stage").type.parse(box.entry) == code
    enter(panel, stage="没有这个")
    leave(box)
    assert "不在代码表中" in box.message


def test_a_word_outside_an_open_table_is_said_to_be_kept(panel: FormPanel) -> None:
    panel.show_new()
    widget = panel.boxes["cert_body"].editor.widget
    assert isinstance(widget, ChoiceBox)
    widget.line.textEdited.emit("没有的机构")
    assert widget.matches == []
    assert widget.completer().model().index(0, 0).data() == "没有这个选项，将照原文保存"  # type: ignore[union-attr]


def test_typing_narrows_the_choice(panel: FormPanel) -> None:
    panel.show_new()
    widget = panel.boxes["town_code"].editor.widget
    assert isinstance(widget, ChoiceBox)
    widget.line.textEdited.emit("三仓")
    assert widget.matches == ["三仓镇"]
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert len(widget.matches) == widget.count()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_tab_and_enter_take_what_the_open_list_offers(panel: FormPanel, qtbot: QtBot, key: Qt.Key) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    widget = panel.boxes["stage"].editor.widget
    assert isinstance(widget, ChoiceBox)
    widget.setFocus()
    QTest.keyClicks(widget, "txyx")
    popup = widget.completer().popup()  # type: ignore[union-attr]  # a ChoiceBox has one
    assert popup.isVisible()
    QTest.keyClick(popup, key)
    assert (widget.currentText(), popup.isVisible()) == ("体系运行", False)
    qtbot.waitUntil(panel.boxes["standard_code"].editor.widget.hasFocus)
    widget.setFocus()
    widget.line.clear()
    QTest.keyClicks(widget, "zzz")
    assert popup.isVisible()
    told = popup.model().index(0, 0)
    assert (popup.model().rowCount(), told.data()) == (1, "没有这个选项")
    assert not told.flags() & Qt.ItemFlag.ItemIsSelectable
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, key)
    assert (widget.currentText(), widget.matches) == ("zzz", [])
    widget.setFocus()
    widget.line.clear()
    QTest.keyClicks(widget, "nb")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, key)
    assert widget.currentText() == "内部审核"


def test_the_wheel_does_not_change_a_box_without_focus(panel: FormPanel) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    panel.show_new()
    widget = panel.boxes["stage"].editor.widget
    before = widget.currentText()  # type: ignore[union-attr]
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, wheel)
    assert widget.currentText() == before  # type: ignore[union-attr]


def test_yes_and_no_are_chosen(panel: FormPanel, session: Session, settle: Settle) -> None:
    panel.show_row(row_of(session, panel, settle, OTHER))
    next(s for s in panel.sections if s.name == "企业概况").unfold()
    enter(panel, is_hightech="是", remark="已完成内审\n待补充")
    panel.save()
    settle(session)
    assert panel.row is not None
    assert panel.row.values["is_hightech"] is True
    assert panel.boxes["is_hightech"].entry == "1"


def test_enter_goes_on_to_the_next_field(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    name = panel.boxes["enterprise_name"].editor.widget
    assert name.hasFocus()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert panel.boxes["uscc"].editor.widget.hasFocus()


def press_enter_through(panel: FormPanel, most: int = 60) -> list[str]:
    """Press Enter until the button that saves has the focus; return what was passed, by field."""
    names = {id(box.editor.widget): name for name, box in panel.boxes.items()}
    seen: list[str] = []
    while not panel.save_button.hasFocus() and len(seen) < most:
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(names.get(id(focused), names.get(id(focused.parent()), focused.accessibleName())))
        QTest.keyClick(focused, Qt.Key.Key_Return)
    return seen


def test_enter_passes_every_field_shown_and_nothing_else(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    shown = [name for s in panel.sections if s.is_open for name, box in s.boxes.items() if box.isVisible()]
    assert press_enter_through(panel) == shown[shown.index("enterprise_name") :]


def test_enter_passes_over_what_takes_no_typing(
    panel: FormPanel, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_row(row_of(session, panel, settle))
    panel.focus_first()
    seen = press_enter_through(panel)
    assert "contact_name" in seen
    assert "contact_phone" not in seen


def test_enter_in_a_long_text_goes_on_and_shift_enter_begins_a_line(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    box = panel.boxes["remark"]
    box.focus()
    QTest.keyClick(box.editor.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert box.entry == "\n"
    QTest.keyClick(box.editor.widget, Qt.Key.Key_Return)
    assert (box.entry, box.editor.widget.hasFocus()) == ("\n", False)


def test_headings_never_take_the_focus_and_keys_unfold_them(panel: FormPanel) -> None:
    panel.show_new()
    assert {s.head.focusPolicy() for s in panel.sections} == {Qt.FocusPolicy.NoFocus}
    panel.unfold_all()
    assert all(s.is_open for s in panel.sections)
    panel.unfold_all()
    assert [s.name for s in panel.sections if not s.is_open] == ["证后管理", "企业概况"]


def test_tab_passes_sections_unfolded_later_in_their_place(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    panel.unfold_all()
    names = {id(box.editor.widget): name for name, box in panel.boxes.items()}
    next(iter(panel.boxes.values())).focus()
    seen = []
    for _ in range(sum(box.isVisible() for box in panel.boxes.values())):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(names.get(id(focused), focused.accessibleName()))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [name for s in panel.sections for name, box in s.boxes.items() if box.isVisible()]


def test_tab_goes_the_way_the_eye_goes(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    seen: list[str] = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName().removesuffix("（必填）"))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen[:4] == ["企业名称", "统一社会信用代码", "贯标状态", "贯标标准"]
    assert seen[4:6] == ["达标方式", "案卷号"]


def test_the_last_field_leads_to_the_buttons(panel: FormPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.show_new()
    last = list(panel.boxes.values())[-1].editor.widget
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert panel.cancel_button.hasFocus()
    QTest.keyClick(panel.cancel_button, Qt.Key.Key_Tab)
    assert panel.save_button.hasFocus()


def test_tab_leaves_the_long_text(panel: FormPanel) -> None:
    panel.show_new()
    assert panel.boxes["remark"].editor.widget.tabChangesFocus()  # type: ignore[union-attr]


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
