"""What a stage means, wants and leads to: in words, and in the form as it is typed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.lifecycle import stages
from tests.ui.conftest import FIRM, OTHER, FakeDialogs
from tests.ui.form.conftest import enter, leave, made, row_of
from ui.form.stage import told
from ui.session import Session

Settle = Callable[[Session], None]
LEDGER = catalogue().ledger("guanbiao")
TODAY = date(2026, 6, 1)


def said(values: dict[str, Value], papers: tuple[str, ...] = ()) -> list[str]:
    found = told(LEDGER, values, papers, TODAY)
    assert found is not None
    return [f"{tone} {word}" for tone, word in found.states] + [found.meaning, *found.wanted]


def test_every_stage_has_a_meaning_and_a_way_on() -> None:
    for code, stage in stages().items():
        lines = said({"stage": code})
        assert lines[0].startswith(f"{stage.name}：")
        assert (lines[-1].startswith("下一步：")) == bool(stage.following), code
    assert told(LEDGER, {}, (), TODAY) is None


def test_dates_and_papers_are_ticked_when_they_are_there() -> None:
    lines = said({"stage": "ST02", "filing_date": "2025-03-01"}, ("D01",))
    assert lines[1] == "要填：✓备案日期"
    assert lines[2].startswith("材料：✓营业执照")
    assert "○省系统备案" in lines[2]


def test_papers_that_may_be_left_out_say_so() -> None:
    assert said({"stage": "ST04"})[1:2] == ["材料：○诊断报告（可选）"]
    assert "○认证费发票（申领补助）" in said({"stage": "ST15"})[2]


def test_derived_states_come_first() -> None:
    held: dict[str, Value] = {"stage": "ST15", "cert_no": "1", "cert_status": "CS1", "standard_code": "SD2"}
    ran_out = said({**held, "cert_issue_date": "2022-01-01", "cert_valid_to": "2024-12-31"})
    assert ran_out[0] == "bad 过期失效"
    late = said({**held, "cert_issue_date": "2025-05-01", "cert_valid_to": "2028-04-30"})
    assert late[0] == "bad 第1次监督已逾期 31 天"
    soon = said({**held, "cert_issue_date": "2025-07-01", "cert_valid_to": "2028-06-30"})
    assert soon[0] == "warn 第1次监督须在 2026-07-01 前完成，还有 30 天"
    later = said({**held, "cert_issue_date": "2026-05-01", "cert_valid_to": "2029-04-30"})
    assert later[0] == "idle 第1次监督须在 2027-05-01 前完成"


def test_an_old_edition_is_said_once() -> None:
    values: dict[str, Value] = {
        "stage": "ST15",
        "cert_no": "1",
        "cert_status": "CS1",
        "standard_code": "SD1",
        "cert_issue_date": "2025-05-01",
        "cert_valid_to": "2028-04-30",
    }
    assert [line for line in said(values) if "版" in line.split("：")[0]] == ["warn 2013版未换版，须核查"]


def test_the_form_says_what_the_stage_chosen_asks_for(session: Session, qtbot: QtBot) -> None:
    panel = made(session, qtbot)
    panel.show_new()
    guide = panel.guide
    assert guide is not None
    assert (guide.isHidden(), guide.words) == (True, [])
    enter(panel, stage="备案")
    leave(panel.boxes["stage"])
    assert guide.isVisible()
    assert guide.words[1] == "要填：○备案日期"
    enter(panel, filing_date="2025.3.1")
    assert guide.words[1] == "要填：✓备案日期"
    assert "下一步：" in guide.accessibleName()
    section = next(s for s in panel.sections if s.name == "贯标过程")
    section.fold()
    assert not guide.isVisible()
    section.unfold()
    assert guide.isVisible()


def test_the_guide_follows_the_record_and_its_papers(
    session: Session, dialogs: FakeDialogs, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    panel = made(session, qtbot)
    guide = panel.guide
    assert guide is not None
    panel.show_row(row_of(session, panel, settle))
    settle(session)
    assert guide.words[0].startswith("取得证书") or "取得证书" in "".join(guide.words)
    assert "○" in "".join(guide.words)
    panel.show_row(row_of(session, panel, settle, OTHER))
    settle(session)
    assert any("至少满3个月" in line for line in guide.words)
    assert FIRM["stage"] != OTHER["stage"]


def test_other_ledgers_have_no_stages(session: Session, qtbot: QtBot) -> None:
    from ui.form.panel import FormPanel

    panel = FormPanel(session, session.catalogue.ledger("person"))
    qtbot.addWidget(panel)
    panel.show_new()
    assert panel.guide is None
