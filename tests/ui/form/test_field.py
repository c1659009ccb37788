"""The fields of the form: what they make of what is typed, and the ways of the keys through them."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ipdesk.fields import Context
from ipdesk.kinds import catalogue
from tests.ui.conftest import OTHER
from tests.ui.form.conftest import Settle, enter, leave, row_of
from ui.form.field import LONGEST_LABEL, FieldBox, is_short
from ui.form.panel import FormPanel
from ui.session import Session
from ui.widgets.choice import ChoiceBox


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
    shown = [n for s in panel.sections if s.is_open for n, box in s.boxes.items() if not box.isHidden()]
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
    for _ in names:
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(names.get(id(focused), focused.accessibleName()))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    shown = [name for s in panel.sections for name, box in s.boxes.items() if not box.isHidden()]
    assert seen[: len(shown)] == shown


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
    assert seen[:3] == ["企业名称", "统一社会信用代码", "所在镇（街道）"]
    assert seen[3:7] == ["贯标状态", "贯标标准", "达标方式", "案卷号"]


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


def test_several_codes_that_do_not_fit_stand_below_the_box(qtbot: QtBot) -> None:
    field = catalogue().ledger("institution").field("service_forms")
    box = FieldBox(field, Context())
    qtbot.addWidget(box)
    box.resize(300, 60)
    box.show()
    labels = [made for made in box.children() if isinstance(made, QLabel)]
    below = next(made for made in labels if made.property("role") == "small")
    box.show_value(("IF04",))
    assert below.isHidden()
    box.show_value(("IF01", "IF02", "IF04", "IF05"))
    assert (below.text(), below.wordWrap(), below.isHidden()) == (box.editor.entry, True, False)
    box.resize(900, 90)
    qtbot.waitUntil(below.isHidden)


def test_a_code_whose_name_does_not_fit_stands_below_its_box(qtbot: QtBot) -> None:
    box = FieldBox(catalogue().ledger("person").field("category"), Context())
    qtbot.addWidget(box)
    box.resize(140, 60)
    box.show()
    below = next(w for w in box.children() if isinstance(w, QLabel) and w.property("role") == "small")
    for code, told in (("PC01", ""), ("PC07", "企业知识产权管理人员"), ("PC02", "")):
        box.show_value(code)
        assert (below.text(), below.isHidden()) == (told, not told)


def test_the_whole_of_a_names_initials_beats_what_only_holds_them(qtbot: QtBot) -> None:
    box = ChoiceBox([("1", "贯标状态"), ("2", "补助年度"), ("3", "备注"), ("4", "补助")])
    qtbot.addWidget(box)
    QTest.keyClicks(box.line, "bz")
    assert box.matches == ["备注", "补助", "补助年度", "贯标状态"]
    box.line.completer().popup().hide()  # an open list would keep the focus
    leave_box(box, "bz")
    assert box.entry == "bz"  # two names have these initials and no more
    box.offer([("1", "贯标状态"), ("2", "补助年度"), ("3", "备注")])
    leave_box(box, "bz")
    assert box.entry == "3"
    leave_box(box, "b")
    assert box.entry == "b"


def leave_box(box: ChoiceBox, typed: str) -> None:
    box.setEditText(typed)
    QApplication.sendEvent(box, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def test_a_long_label_has_the_whole_width_above_its_field() -> None:
    fields = [f for ledger in catalogue().ledgers.values() for f in ledger.fields]
    long = {f.name for f in fields if sum(1 if c.isascii() else 2 for c in f.label) > LONGEST_LABEL}
    assert "revenue_ip_wan" in long
    assert not [f.name for f in fields if f.name in long and is_short(f)]
