"""Fields that hang on others: the reason below what it excuses, what a class collects."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ipdesk.actions.ledger import add
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.records import Query, Row
from ipdesk.store import Store
from tests.ui.conftest import MakeSession
from tests.ui.form.conftest import enter, leave
from ui.form.deeds import shown
from ui.form.panel import FormPanel
from ui.form.ties import fields_of
from ui.session import Session
from ui.texts import ledger as texts

Settle = Callable[[Session], None]
DOUBTFUL = "91320981MABJ1XG60A"  # its check character is wrong
ID_NO = "11010519491231002X"


@pytest.fixture
def make_panel(make_session: MakeSession, qtbot: QtBot) -> Callable[[str], tuple[Session, FormPanel]]:
    def make(name: str) -> tuple[Session, FormPanel]:
        session = make_session()
        panel = FormPanel(session, session.catalogue.ledger(name))
        qtbot.addWidget(panel)
        panel.resize(344, 620)
        panel.show()
        panel.show_new()
        return session, panel

    return make


MakePanel = Callable[[str], tuple[Session, FormPanel]]


# ---------------------------------------------------------------- reasons
@pytest.mark.parametrize("name", ["guanbiao", "institution"])
def test_a_reason_stands_right_behind_what_it_excuses(name: str) -> None:
    ledger = catalogue().ledger(name)
    names = [field.name for section in ledger.sections for field in fields_of(ledger, section)]
    assert names.index("uscc_reason") == names.index("uscc") + 1
    assert sorted(names) == sorted(field.name for field in ledger.fields)


@pytest.mark.parametrize("name", ["guanbiao", "institution"])
def test_a_code_in_doubt_asks_for_a_reason_below(name: str, make_panel: MakePanel) -> None:
    _, panel = make_panel(name)
    box, reason = panel.boxes["uscc"], panel.boxes["uscc_reason"]
    assert reason.isHidden()
    enter(panel, uscc=DOUBTFUL)
    leave(box)
    asked = "统一社会信用代码校验位不符，请核对营业执照；确实如此的，请在下面写明原因"
    assert (box.is_wrong, box.message, reason.isVisible()) == (True, asked, True)
    enter(panel, uscc_reason="执照如此")
    assert (box.is_wrong, box.message) == (False, texts.EXCUSED)
    enter(panel, uscc_reason="")
    assert (box.is_wrong, box.message) == (True, asked)
    enter(panel, uscc="91320981MABJ1XG60Q")
    leave(box)
    assert (box.message, reason.isHidden()) == ("", True)


def test_a_code_beyond_doubt_asks_for_none(make_panel: MakePanel) -> None:
    _, panel = make_panel("guanbiao")
    enter(panel, uscc="123")
    leave(panel.boxes["uscc"])
    assert panel.boxes["uscc"].is_wrong
    assert panel.boxes["uscc_reason"].isHidden()


def test_the_reason_is_kept_with_the_record(make_panel: MakePanel, settle: Settle) -> None:
    session, panel = make_panel("guanbiao")
    enter(panel, enterprise_name="东台新厂有限公司", uscc=DOUBTFUL)
    panel.save()
    settle(session)
    box, reason = panel.boxes["uscc"], panel.boxes["uscc_reason"]
    assert (panel.summary.isVisible(), box.is_wrong, reason.isVisible()) == (True, True, True)
    enter(panel, uscc_reason="执照如此")
    assert (panel.summary.isVisible(), box.is_wrong) == (False, False)
    panel.save()
    settle(session)
    assert panel.row is not None
    assert panel.row.values["uscc"] == DOUBTFUL
    assert panel.row.values["uscc_reason"] == "执照如此"
    assert (reason.isVisible(), box.is_wrong) == (True, False)


# ---------------------------------------------------------------- what a class collects
def test_id_numbers_are_typed_only_where_the_class_collects_them(make_panel: MakePanel) -> None:
    _, panel = make_panel("training")
    panel.unfold_all()
    box = panel.boxes["id_no"]
    why = "本班不收集；确需时先把“收集身份证号”选“是”"
    described = box.editor.widget.accessibleDescription
    assert (box.takes_typing, described()) == (False, why)
    enter(panel, collects_id_no="是")
    assert (box.takes_typing, described()) == (True, "")
    enter(panel, id_no=ID_NO)
    enter(panel, collects_id_no="否")
    assert (box.takes_typing, box.entry) == (False, "")


def test_what_a_class_collects_is_known_before_its_section_is_made(
    make_panel: MakePanel, settle: Settle
) -> None:
    session, panel = make_panel("training")
    ledger, told = panel.ledger, list[Row]()
    values: dict[str, Value] = {
        "name": "张三",
        "course_name": "检索班",
        "id_no": ID_NO,
        "collects_id_no": True,
    }

    def op(store: Store) -> Row:
        add(store, ledger, values, "测试")
        return shown(store, ledger, store.keys(ledger, Query())[0])

    session.ask(panel, op, told.append)
    settle(session)
    panel.show_row(told[0])
    panel.unfold_all()
    box = panel.boxes["id_no"]
    assert box.entry == "110***********002X"
    assert box.editor.widget.accessibleDescription() == ""
    box.reveal_asked.emit(box)
    settle(session)
    assert (box.entry, box.takes_typing) == (ID_NO, True)


def test_the_register_of_people_collects_by_itself(make_panel: MakePanel) -> None:
    _, panel = make_panel("person")
    panel.unfold_all()
    assert panel.boxes["id_no"].takes_typing
