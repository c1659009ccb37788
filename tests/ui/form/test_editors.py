"""Every sort of editor: what it shows is what it gives back, for every field of every ledger; several codes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.fields import (
    Bool,
    Coded,
    Codes,
    Context,
    Date,
    IdNo,
    Integer,
    Name,
    Number,
    PeriodCode,
    Phone,
    Uscc,
    Value,
)
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Field
from ipdesk.records import Query, Row
from ipdesk.store import Store
from tests.ui.conftest import FIRM, MakeSession
from ui.form.deeds import shown
from ui.form.editors import editor_for
from ui.form.field import FieldBox
from ui.form.panel import FormPanel
from ui.form.several import SeveralBox
from ui.session import Session
from ui.widgets.choice import ChoiceBox

Settle = Callable[[Session], None]
UNIT = Context("320981")
EVERY = [
    pytest.param(field, id=f"{ledger.name}.{field.name}")
    for ledger in catalogue().ledgers.values()
    for field in ledger.fields
]


def samples(field: Field) -> tuple[Value, ...]:
    """Return values that a field may hold."""
    kind = field.type
    if isinstance(kind, Codes):
        codes = [code for code, _ in kind.options()]
        return tuple(codes[:1]), tuple(codes[:3]), tuple(codes)
    if isinstance(kind, Coded):
        return tuple(code for code, _ in kind.options(UNIT)[:40])
    if isinstance(kind, Bool):
        return True, False
    if isinstance(kind, Date):
        return ("2023-05",) if kind.month else ("2023-05-06", "2023-05", "2023")
    if isinstance(kind, Integer):
        return (2024,) if kind.year else (0, 12, 3000)
    if isinstance(kind, Number):
        return 0.0, 0.05, 1234.5, 99999.99
    return _words(kind, field)


def _words(kind: object, field: Field) -> tuple[Value, ...]:
    if isinstance(kind, Uscc):
        return (FIRM["uscc"],)
    if isinstance(kind, IdNo):
        return ("11010519491231002X",)
    if isinstance(kind, PeriodCode):
        return ("2024-03", "2024-Q1", "2024")
    if isinstance(kind, Phone):
        return ("13900000000",) if kind.mobile else ("13900000000", "0515-88888888")
    if isinstance(kind, Name):
        return ("东台（江苏）新材料有限公司", "ABB Robotics 有限公司")
    offered = tuple(word for word, _ in field.type.options())
    return ("张三", "共12人，另有3人", *offered)


@pytest.mark.parametrize("field", EVERY)
def test_what_an_editor_shows_is_what_it_gives_back(field: Field, qtbot: QtBot) -> None:
    editor = editor_for(field.type, UNIT)
    qtbot.addWidget(editor.widget)
    for value in (*samples(field), None):
        editor.show(value)
        assert field.type.parse(editor.entry, UNIT) == value


@pytest.mark.parametrize("field", [p for p in EVERY if "guanbiao" not in str(p.id)])
def test_leaving_a_field_keeps_its_value(field: Field, qtbot: QtBot) -> None:
    box = FieldBox(field, UNIT)
    qtbot.addWidget(box)
    for value in samples(field):
        box.show_value(None)
        box.editor.show(value)
        box.check()
        assert (box.message, field.type.parse(box.entry, UNIT)) == ("", value)


# ---------------------------------------------------------------- form → store → form
FILLED: dict[str, dict[str, Value]] = {
    "institution": {
        "unit_code": "320981",
        "institution_name": "东台市知识产权服务有限公司",
        "uscc": "91320981MAN2J1K637",
        "service_forms": ("SF1", "SF2"),
        "ip_objects": ("IO1",),
        "operating_status": "OS1",
        "is_branch": False,
        "contact_phone": "13900000000",
        "trademark_filing_valid_to": "2027-05-06",
        "stat_year": 2024,
        "revenue_total_wan": 120.5,
        "staff_count": 12,
        "remark": "共12人，另有3人",
    },
    "person": {
        "unit_code": "320981",
        "name": "张三",
        "gender": "男",
        "birth_ym": "1990-05",
        "category": "PC1",
        "education": "本科",
        "mobile": "13900000000",
        "employer_name": "东台（江苏）新材料有限公司",
        "id_no": "11010519491231002X",
    },
    "training": {
        "unit_code": "320981",
        "name": "李四",
        "course_name": "专利检索班",
        "start_date": "2023-05-06",
        "training_mode": "线下",
        "sign_in": True,
        "hours": 8.0,
        "mobile": "13900000000",
        "employer_name": "东台新厂",
        "collects_id_no": True,
        "id_no": "11010519491231002X",
    },
}


@pytest.mark.parametrize("name", FILLED)
def test_what_is_filled_in_is_stored_and_shown_again(
    name: str, make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    session = make_session()
    ledger = session.catalogue.ledger(name)
    panel = FormPanel(session, ledger)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_new()
    panel.unfold_all()
    wanted = {n: _stored(ledger.field(n), v) for n, v in FILLED[name].items()}
    for field, value in wanted.items():
        if field in panel.boxes:
            panel.boxes[field].editor.show(value)
            panel.boxes[field].edited.emit()
    panel.save()
    settle(session)
    assert panel.summary.isHidden(), [box.message for box in panel.boxes.values() if box.is_wrong]
    assert panel.row is not None
    for field, value in wanted.items():
        kind = ledger.field(field).type
        assert panel.row.values[field] == kind.mask(value), field
        if field in panel.boxes:
            assert panel.boxes[field].entry == _typed(panel.boxes[field], kind.mask(value)), field
    assert not panel.is_changed
    assert _in_full(session, panel, settle).values == {**panel.row.values, **wanted}


def _stored(field: Field, value: Value) -> Value:
    """Return a value of the table, whatever its codes are called."""
    if isinstance(field.type, Codes):
        return tuple(code for code, _ in field.type.options()[: len(value)])  # type: ignore[arg-type]
    return field.type.options(UNIT)[0][0] if isinstance(field.type, Coded) and value != "320981" else value


def _typed(box: FieldBox, value: Value) -> str:
    editor = editor_for(box.field.type, UNIT)
    editor.show(value)
    return editor.entry


def _in_full(session: Session, panel: FormPanel, settle: Settle) -> Row:
    told: list[Row] = []
    ledger = panel.ledger
    session.ask(panel, lambda store: store.rows(ledger, store.keys(ledger, Query()))[0], told.append)
    settle(session)
    return told[0]


@pytest.mark.parametrize("name", ["id_no", "mobile"])
def test_personal_numbers_show_only_when_asked_for(
    name: str, make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    from ipdesk.actions.ledger import add

    session = make_session()
    ledger = session.catalogue.ledger("person")
    panel = FormPanel(session, ledger)
    qtbot.addWidget(panel)
    panel.show()
    told: list[Row] = []
    values = {n: _stored(ledger.field(n), v) for n, v in FILLED["person"].items()}

    def op(store: Store) -> Row:
        return shown(store, ledger, add(store, ledger, values, "测试"))

    session.ask(panel, op, told.append)
    settle(session)
    panel.show_row(told[0])
    panel.unfold_all()
    box = panel.boxes[name]
    assert "*" in box.entry
    assert not box.takes_typing
    box.reveal_asked.emit(box)
    settle(session)
    assert box.entry == FILLED["person"][name]
    assert box.takes_typing


# ---------------------------------------------------------------- usual words
def test_usual_words_are_offered_and_others_stand(qtbot: QtBot) -> None:
    box = FieldBox(catalogue().ledger("training").field("training_mode"), UNIT)
    qtbot.addWidget(box)
    widget = box.editor.widget
    assert isinstance(widget, ChoiceBox)
    widget.line.textEdited.emit("xs")
    assert widget.matches == ["线上", "线上线下结合"]
    widget.setEditText("送教上门")
    box.check()
    assert (box.entry, box.message) == ("送教上门", "")


def test_letters_that_may_mean_several_words_are_asked_about(qtbot: QtBot) -> None:
    box = FieldBox(catalogue().ledger("training").field("gender"), UNIT)
    qtbot.addWidget(box)
    widget = box.editor.widget
    assert isinstance(widget, ChoiceBox)
    box.show_value(None)
    widget.setEditText("n")
    box.check()
    assert box.is_wrong
    assert box.message == "“n”可能是男、女，请选一个"
    for typed, meant in (("nan", "男"), ("nv", "女"), ("男", "男")):
        widget.setEditText(typed)
        QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
        assert (box.entry, box.message) == (meant, "")


# ---------------------------------------------------------------- several codes
OPTIONS = (("A", "代理"), ("B", "法律"), ("C", "信息"), ("D", "咨询"), ("E", "其他(版权、商业秘密等)"))


@pytest.fixture
def several(qtbot: QtBot) -> Iterator[SeveralBox]:
    stage = QWidget()
    box = SeveralBox(OPTIONS)
    box.setParent(stage)
    other = QLineEdit(stage)
    other.move(0, 60)
    box.resize(240, 32)
    stage.resize(300, 120)
    qtbot.addWidget(stage)
    stage.show()
    stage.activateWindow()
    qtbot.waitUntil(stage.isActiveWindow)
    box.setFocus()
    yield box  # noqa: PT022 - its parent lives as long as this waits


def test_the_list_of_several_is_a_sound_model(several: SeveralBox) -> None:
    tester = QAbstractItemModelTester(several.ticks, QAbstractItemModelTester.FailureReportingMode.Fatal)
    several._narrow("dl")  # noqa: SLF001 - as typing does
    several._narrow("zz")  # noqa: SLF001
    assert several.matches == []
    several._narrow("")  # noqa: SLF001
    assert tester.model() is several.ticks


def test_initials_narrow_the_list_and_the_space_bar_ticks(several: SeveralBox) -> None:
    QTest.keyClicks(several, "dl")
    assert several.matches == ["代理"]
    assert several.popup.isVisible()
    QTest.keyClick(several.popup, Qt.Key.Key_Space)
    assert (several.text(), several.entry) == ("代理、", "代理")
    assert several.popup.isVisible()
    assert len(several.matches) == len(OPTIONS)
    assert ticked(several) == ["代理"]
    QTest.keyClicks(several, "qt")
    QTest.keyClick(several.popup, Qt.Key.Key_Return)
    assert several.text() == "代理、其他(版权、商业秘密等)"
    assert not several.popup.isVisible()


def ticked(box: SeveralBox) -> list[str]:
    role = Qt.ItemDataRole.CheckStateRole
    shown = [box.ticks.index(row, 0) for row in range(box.ticks.rowCount())]
    return [str(i.data()) for i in shown if i.data(role) == Qt.CheckState.Checked]


def test_keys_open_the_list_and_go_through_it(several: SeveralBox) -> None:
    several.set_entry("咨询")
    QTest.keyClick(several, Qt.Key.Key_Down)
    assert several.popup.isVisible()
    assert several.popup.currentIndex().data() == "代理"
    QTest.keyClick(several.popup, Qt.Key.Key_Space)
    assert ticked(several) == ["代理", "咨询"]
    QTest.keyClick(several.popup, Qt.Key.Key_Space)
    assert ticked(several) == ["咨询"]
    several.popup.setCurrentIndex(several.popup.model().index(1, 0))
    QTest.keyClick(several.popup, Qt.Key.Key_Tab)
    assert several.text() == "法律、咨询"


def test_a_click_ticks_and_the_list_stays(several: SeveralBox) -> None:
    several.open()
    for row in (1, 3, 1):
        place = several.popup.visualRect(several.popup.model().index(row, 0)).center()
        QTest.mouseClick(several.popup.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert several.entry == "咨询"
    assert several.popup.isVisible()


def test_words_typed_one_after_the_other_are_settled_on_leaving(several: SeveralBox) -> None:
    several.popup.hide()
    several.setText("zx，dl；不知道、代理")
    several.clearFocus()
    assert several.text() == "代理、咨询、不知道"


def test_an_unknown_word_among_several_is_told(qtbot: QtBot) -> None:
    box = FieldBox(catalogue().ledger("institution").field("service_forms"), UNIT)
    qtbot.addWidget(box)
    box.show_value(None)
    box.editor.widget.setText("信息服务、不知道")  # type: ignore[union-attr]
    box.check()
    assert "“不知道”不在代码表中" in box.message
