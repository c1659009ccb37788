"""The parameters in the settings: each with its source, changed after a look at what the figures become."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ipdesk import parameters
from ipdesk.actions.ledger import add
from ipdesk.parameters import LABELS
from ipdesk.store import Store
from tests.ui.conftest import FIRM, OTHER, WAIT, FakeDialogs, MakeSession
from ui.session import Session
from ui.settings.counting import Counting
from ui.settings.page import SettingsPage
from ui.settings.parameter import ParameterDialog
from ui.widgets.choice import PlainBox
from ui.widgets.ticks import TickList

Settle = Callable[[Session], None]
NAMES = list(parameters.LABELS)
PASSED = {**FIRM, "cert_no": "8", "cert_issue_date": "2023-05-06"}
EVALUATED = {**OTHER, "stage": "ST23", "eval_date": "2023-06-01", "eval_result": "ER1"}


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session(rows=(PASSED, EVALUATED))


@pytest.fixture
def card(session: Session, qtbot: QtBot, settle: Settle) -> Counting:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    settle(session)
    return page.counting


def asked(card: Counting, dialogs: FakeDialogs, name: str) -> ParameterDialog:
    """Return the dialog for a parameter."""
    card.table.selectRow(NAMES.index(name))
    card.change()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ParameterDialog)
    dialog.show()
    return dialog


def previewed(dialog: ParameterDialog, session: Session, settle: Settle) -> list[tuple[str, ...]]:
    dialog.preview()
    settle(session)
    return list(dialog.model.rows)


def kept(session: Session, card: Counting, settle: Settle) -> dict[str, object]:
    told: dict[str, object] = {}

    def op(store: Store) -> dict[str, object]:
        return {one.name: one.value for one in parameters.told(store)}

    session.ask(card.frame, op, told.update)
    settle(session)
    return told


def test_each_stands_with_its_source(card: Counting) -> None:
    QAbstractItemModelTester(card.model)
    QAbstractItemModelTester(card.changes)
    rows = {one.name: row for one, row in zip(card.told, card.model.rows, strict=True)}
    assert list(rows) == NAMES
    assert rows["basis"][1:] == ("A 获证或绩效评价合格", parameters.PLAN, parameters.PLAN_DATE)
    assert rows["revenue_year"][1] == "最近一个完整年度"
    assert card.changes.rows == []
    assert card.table.accessibleName()


def test_a_change_is_looked_at_then_kept_with_its_source(
    card: Counting, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    dialog = asked(card, dialogs, "basis")
    assert previewed(dialog, session, settle) == []
    assert dialog.words.text() == "与现在的口径一样。"
    box = dialog.editor
    assert isinstance(box, PlainBox)
    box.setCurrentIndex(1)
    assert previewed(dialog, session, settle) == [("新增贯标企业", "2 家", "1 家")]
    assert dialog.words.text() == "保存后有 1 个统计数会变。"
    dialog.save()
    assert (dialog.source_field.words, dialog.day_field.words) == (
        "⚠\u00a0请写明文件名或文号",
        "⚠\u00a0请写明文件的日期",
    )
    assert kept(session, card, settle)["basis"] == "A"
    dialog.source.setText("盐知发〔2024〕3号")
    dialog.day.setText("去年")
    dialog.save()
    assert dialog.day_field.words.startswith("⚠\u00a0")
    dialog.day.setText("2024.5.6")
    QTest.keyClick(dialog.day, Qt.Key.Key_Return)
    settle(session)
    settle(session)
    assert card.model.rows[0][1:] == ("B 仅获证", "盐知发〔2024〕3号", "2024-05-06")
    (line,) = card.changes.rows
    assert line[1:] == (
        "新增贯标企业口径",
        "A 获证或绩效评价合格",
        "B 仅获证",
        "盐知发〔2024〕3号",
        "2024-05-06",
    )


def test_categories_are_found_by_initials_and_ticked(
    card: Counting, session: Session, dialogs: FakeDialogs, settle: Settle, qtbot: QtBot
) -> None:
    dialog = asked(card, dialogs, "person_categories")
    ticks = dialog.editor
    assert isinstance(ticks, TickList)
    assert ticks.ticked == ["PC01", "PC02", "PC03", "PC04", "PC05", "PC06"]
    ticks.search.setText("lly")
    shown = [item for item in ticks.items if not item.isHidden()]
    assert [item.text() for item in shown] == ["联络员"]
    shown[0].setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: dialog.words.text() == "统计数没有变化。", timeout=WAIT)
    dialog.source.setText("函")
    dialog.day.setText("2024-05-06")
    dialog.save_button.click()
    settle(session)
    assert kept(session, card, settle)["person_categories"] == [
        *(f"PC0{n}" for n in range(1, 7)),
        "PC12",
    ]


@pytest.mark.parametrize(
    ("name", "typed", "told", "value"),
    [
        ("window_to", "2025年6月30日", "", "2025-06-30"),
        ("window_to", "2025-13", "⚠\u00a0", "2025-04-30"),
        ("window_to", "2020-01-01", "⚠\u00a0起算日期晚于截止日期，请核对", "2025-04-30"),
        ("revenue_year", "2023", "", 2023),
        ("revenue_year", "去年", "⚠\u00a0", None),
    ],
)
def test_a_day_or_year_is_typed(
    card: Counting,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    name: str,
    typed: str,
    told: str,
    value: object,
) -> None:
    dialog = asked(card, dialogs, name)
    line = dialog.editor
    assert isinstance(line, QLineEdit)
    line.setText(typed)
    previewed(dialog, session, settle)
    below = dialog.value.words
    assert below.startswith(told) if told else not below.startswith("⚠")
    dialog.source.setText("函")
    dialog.day.setText("2024-05-06")
    dialog.save()
    settle(session)
    assert kept(session, card, settle)[name] == value
    assert dialog.save_button.isEnabled() is bool(told)


def test_enter_opens_the_parameter_under_the_ring(
    card: Counting, dialogs: FakeDialogs, qtbot: QtBot, session: Session, settle: Settle
) -> None:
    window = card.frame.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    card.table.setFocus()
    QTest.keyClick(card.table, Qt.Key.Key_Down)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert dialogs.shown[-1].windowTitle() == "修改口径：新增起算日期"
    card.table.doubleClicked.emit(card.model.index(3, 0))
    assert len(dialogs.shown) == 2


def test_the_city_is_told_that_its_parameters_count(
    make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    session = make_session("city", "320900", office_name="盐城市知识产权局")
    made = Counting(session)
    qtbot.addWidget(made.frame)
    made.ask()
    settle(session)
    assert len(made.told) == len(LABELS)


def test_a_figure_that_stays_but_can_be_told_of_fewer_says_so(
    make_session: MakeSession, qtbot: QtBot, settle: Settle, dialogs: FakeDialogs
) -> None:
    session = make_session()
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    man = {"name": "王力", "mobile": "13900000001", "category": "PC08"}
    session.ask(
        page, lambda store: add(store, store.catalogue.ledger("person"), man, "测试"), lambda _key: None
    )
    settle(session)
    dialog = asked(page.counting, dialogs, "person_categories")
    qtbot.addWidget(dialog)
    assert isinstance(dialog.editor, TickList)
    dialog.editor.tick([*dialog.editor.ticked, "PC08"])
    assert previewed(dialog, session, settle) == [("计入3000人的人才", "0 人，0 说不清", "0 人，1 说不清")]
