"""Blocks pasted from WPS and Excel: heads or none, the same checks as a sheet, mended in place, one act."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.actions import paste
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Query

HEADED = (
    "企业名称\t统一社会信用代码\t贯标状态\t启动时间\r\n"
    "东台锦盛新材料有限公司\t91320981MABJ1XG60Q\t体系运行\t2023.5.6\r\n"
    "东台盛程纺织有限公司\t91320981MAN2J1K638\t已获证\t2023年5月\r\n"
)
COLUMNS = ("enterprise_name", "uscc", "town_code", "stage")


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("guanbiao")


def names(store: SqlStore, ledger: Ledger) -> list[object]:
    return [row.values["enterprise_name"] for row in store.rows(ledger, store.keys(ledger, Query()))]


def test_a_block_with_heads_is_read_like_a_sheet(store: SqlStore, ledger: Ledger) -> None:
    pasted = paste.read(ledger, HEADED, COLUMNS)
    assert pasted.headed
    planned = paste.plan(store, pasted)
    assert [(r.row, r.outcome) for r in planned.rows] == [(2, "added")]
    assert [(p.row, p.field, p.code) for p in planned.refused] == [(3, "uscc", "V01")]
    assert planned.wrong == [("", 3, 1)]


def test_a_refused_cell_is_mended_in_place_and_all_comes_in_by_one_act(
    store: SqlStore, ledger: Ledger
) -> None:
    pasted = paste.read(ledger, HEADED, COLUMNS).with_cell(3, 1, "91320981MAN2J1K637")
    planned = paste.plan(store, pasted)
    assert not planned.refused
    assert paste.apply(store, planned).added == 2
    assert len(names(store, ledger)) == 2
    store.undo()
    assert names(store, ledger) == []


def test_without_heads_the_columns_of_the_list_hold(store: SqlStore, ledger: Ledger) -> None:
    text = "东台锦盛新材料有限公司\t91320981MABJ1XG60Q\t三仓\t体系运行\n"
    pasted = paste.read(ledger, text, COLUMNS)
    assert not pasted.headed
    planned = paste.plan(store, pasted)
    assert [dict(r.values) for r in planned.rows] == [
        {
            "enterprise_name": "东台锦盛新材料有限公司",
            "uscc": "91320981MABJ1XG60Q",
            "town_code": "320981115",
            "stage": "ST08",
            "unit_code": "320981",
        }
    ]
    paste.apply(store, planned)
    assert store.setting("intake.mapping.guanbiao") is None


def test_a_row_of_words_of_the_process_is_no_row_of_heads(ledger: Ledger) -> None:
    assert not paste.read(ledger, "东台锦盛新材料有限公司\t\t\t内审", COLUMNS).headed


def test_a_cell_with_lines_stays_one_cell(store: SqlStore, ledger: Ledger) -> None:
    text = '企业名称\t统一社会信用代码\t备注\n东台锦盛新材料有限公司\t91320981MABJ1XG60Q\t"一行\n二行"\n'
    planned = paste.plan(store, paste.read(ledger, text, COLUMNS))
    assert [r.values["remark"] for r in planned.rows] == ["一行\n二行"]


def test_a_lone_quote_swallows_nothing(ledger: Ledger) -> None:
    text = '东台锦盛新材料有限公司\t"91320981MABJ1XG60Q\n东台盛程纺织有限公司\t91320981MAN2J1K637\n'
    assert len(paste.read(ledger, text, COLUMNS).sheet.rows) == 3


def test_a_cell_beyond_the_row_can_be_filled_in(ledger: Ledger) -> None:
    pasted = paste.read(ledger, "东台锦盛新材料有限公司", COLUMNS).with_cell(2, 2, "三仓")
    assert pasted.sheet.rows[1] == ("东台锦盛新材料有限公司", None, "三仓")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有表格内容"),
        (" \n\t\n", "没有表格内容"),
        ("一\t二\t三\t四\t五", "有5列"),
        ("东\n" * 5001, "最多粘贴"),
    ],
)
def test_what_cannot_be_pasted_is_told(ledger: Ledger, text: str, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        paste.read(ledger, text, COLUMNS)


@given(st.lists(st.lists(st.text("东台ab1\"' ", max_size=4), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_cell_pasted_is_there(rows: list[list[str]]) -> None:
    ledger = catalogue().ledger("guanbiao")
    plain = [[cell.replace('"', "") for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in plain)
    wanted = [[cell or None for cell in row] for row in plain if any(cell.strip() for cell in row)]
    try:
        sheet = paste.read(ledger, text, COLUMNS).sheet
    except Refusal:
        assert not wanted
        return
    assert [list(row) for row in sheet.rows[-len(wanted) :]] == wanted
