"""The list's model: keys held, rows fetched on paint, block by block."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ipdesk.kinds import catalogue
from ipdesk.records import RecordKey, Row
from ui.ledger.columns import FieldColumn, LocalColumn, columns_of, filters_of, fitting, widths
from ui.ledger.model import BLOCK, KEPT, MISSING, TONE, RowsModel

LEDGER = catalogue().ledger("guanbiao")
TAKE = Callable[[list[Row]], None]


def keys(count: int) -> list[RecordKey]:
    return [RecordKey("320981", f"{n:05d}") for n in range(count)]


def row(key: RecordKey) -> Row:
    values = {"enterprise_name": f"企业{key.id}", "stage": "ST15", "contact_phone": "139****0000"}
    return Row(key, values, {"case": key})


class Fetches:
    """Keeps what was asked for until it is answered."""

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[RecordKey], TAKE]] = []
        self.fail: Callable[[], None] | None = None

    def __call__(self, wanted: Sequence[RecordKey], take: TAKE, fail: Callable[[], None]) -> None:
        self.asked.append((wanted, take))
        self.fail = fail

    def answer(self) -> None:
        wanted, take = self.asked.pop(0)
        take([row(key) for key in wanted])


@pytest.fixture
def fetches() -> Fetches:
    return Fetches()


@pytest.fixture
def model(fetches: Fetches) -> RowsModel:
    made = RowsModel(fetches)
    made.set_columns(columns_of(LEDGER, city=True))
    return made


def shown(model: RowsModel, place: int, column: int = 0) -> object:
    return model.index(place, column).data()


def test_qts_own_tester_finds_nothing_wrong(model: RowsModel, fetches: Fetches) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_keys(keys(200))
    assert shown(model, 0) is None
    fetches.answer()
    model.refresh()
    model.set_order(("uscc", True))
    model.set_columns(columns_of(LEDGER, city=False))
    model.set_keys([])
    assert tester.model() is model


def test_nothing_is_fetched_before_it_is_painted(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(100_000))
    assert model.rowCount() == 100_000
    assert fetches.asked == []


def test_a_painted_row_brings_its_block_once(model: RowsModel, fetches: Fetches, qtbot: QtBot) -> None:
    model.set_keys(keys(200))
    for place in range(10):
        assert shown(model, place) is None
    assert len(fetches.asked) == 1
    assert len(fetches.asked[0][0]) == BLOCK
    with qtbot.waitSignal(model.dataChanged):
        fetches.answer()
    assert shown(model, 0) == "企业00000"
    assert shown(model, BLOCK - 1) == f"企业{BLOCK - 1:05d}"


def test_the_block_painted_last_is_fetched_next(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(BLOCK * 10))
    for block in (0, 3, 7, 5):
        shown(model, block * BLOCK)
    fetches.answer()
    assert fetches.asked[0][0][0].id == f"{5 * BLOCK:05d}"
    fetches.answer()
    assert fetches.asked[0][0][0].id == f"{7 * BLOCK:05d}"


def test_an_answer_to_an_older_list_is_passed_over(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(10))
    shown(model, 0)
    model.set_keys(list(reversed(keys(10))))
    fetches.answer()
    assert shown(model, 0) is None
    fetches.answer()
    assert shown(model, 0) == "企业00009"


def test_rows_that_fail_say_so_and_are_asked_for_again_only_when_told(
    model: RowsModel, fetches: Fetches
) -> None:
    model.set_keys(keys(3))
    shown(model, 0)
    assert fetches.fail is not None
    fetches.asked.clear()
    fetches.fail()
    assert shown(model, 0) == "没有读出来"
    assert shown(model, 0, 1) is None
    assert fetches.asked == []
    model.refresh()
    shown(model, 0)
    fetches.fail()
    stale = fetches.fail
    model.refresh()
    stale()
    assert shown(model, 0) is None


def test_a_vanished_row_is_empty(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(3))
    shown(model, 0)
    wanted, take = fetches.asked.pop()
    take([row(wanted[0])])
    assert (shown(model, 0), shown(model, 1)) == ("企业00000", None)


def test_only_so_many_blocks_are_kept(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(BLOCK * (KEPT + 5)))
    for block in range(KEPT + 5):
        shown(model, block * BLOCK)
        fetches.answer()
    assert shown(model, 0) is None


def test_a_missing_required_value_is_said_to_be_wanted(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(1))
    shown(model, 0)
    fetches.answer()
    place = [c.name for c in model.columns].index("uscc")
    index = model.index(0, place)
    assert (index.data(), index.data(MISSING)) == ("待补", True)


def test_a_state_has_a_tone_and_is_read_aloud_with_its_head(model: RowsModel, fetches: Fetches) -> None:
    model.set_keys(keys(1))
    shown(model, 0)
    fetches.answer()
    index = model.index(0, [c.name for c in model.columns].index("stage"))
    assert (index.data(), index.data(TONE)) == ("获证", "good")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "贯标状态 获证"


def test_figures_stand_right_and_heads_with_them(model: RowsModel) -> None:
    model.set_keys(keys(1))
    place = [c.name for c in model.columns].index("subsidy_amount_wan")
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, place).data(role) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(place, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def test_the_head_sorted_by_has_an_arrow(model: RowsModel) -> None:
    for order, head in (
        ((("uscc", False)), "统一社会信用代码 ↑"),
        (("uscc", True), "统一社会信用代码 ↓"),
        (None, "统一社会信用代码"),
    ):
        model.set_order(order)
        assert model.headerData(1, Qt.Orientation.Horizontal) == head
    assert model.headerData(1, Qt.Orientation.Vertical) is None


def test_keys_are_found_by_place_and_places_by_key(model: RowsModel) -> None:
    model.set_keys(keys(3))
    assert model.key_at(2) == keys(3)[2]
    assert model.key_at(3) is None
    assert model.row_of(keys(3)[1]) == 1
    assert model.row_of(RecordKey("x", "y")) == -1
    assert model.data(QModelIndex()) is None


# ---------------------------------------------------------------- columns
def test_name_and_code_come_first_and_a_county_does_not_see_its_unit() -> None:
    names = [c.name for c in columns_of(LEDGER, city=False)]
    assert names[:2] == ["enterprise_name", "uscc"]
    assert "unit_code" not in names
    assert "unit_code" in [c.name for c in columns_of(LEDGER, city=True)]


def test_columns_leave_by_priority() -> None:
    columns = columns_of(LEDGER, city=True)
    before: set[str] = set()
    for width in range(100, 2400, 40):
        now = {c.name for c in fitting(columns, width)}
        assert before <= now
        before = now
    assert "enterprise_name" in {c.name for c in fitting(columns, 10)}
    assert len(before) == len(columns)


def test_columns_fill_the_width_exactly() -> None:
    columns = columns_of(LEDGER, city=True)
    for width in (560, 700, 1182, 2600):
        assert sum(widths(fitting(columns, width), width)) == width
    assert widths([], 100) == []


def test_filters_are_the_closed_codes_that_matter() -> None:
    assert [f.name for f in filters_of(LEDGER, city=True)] == ["unit_code", "stage", "cert_status"]
    assert [f.name for f in filters_of(LEDGER, city=False)] == ["town_code", "stage", "cert_status"]


def test_a_local_column_tells_what_the_store_adds() -> None:
    column = LocalColumn("_told", "上报情况", (("未上报", "idle"),))
    told = Row(RecordKey("a", "b"), {"_told": "未上报"}, {})
    assert (column.show(told), column.tone(told), column.is_missing(told), column.right) == (
        "未上报",
        "idle",
        False,
        False,
    )
    assert column.show(Row(RecordKey("a", "b"), {}, {})) == ""


def test_a_field_outside_the_list_comes_last_unless_ranked() -> None:
    field = LEDGER.field("case_no")
    assert FieldColumn(field).priority == 1000
    assert FieldColumn(field, 2).priority == 2


def test_rows_that_come_with_the_keys_are_not_fetched_and_the_rest_follows(
    model: RowsModel, fetches: Fetches
) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_keys(keys(BLOCK), [row(key) for key in keys(BLOCK)])
    assert shown(model, 0) == "企业00000"
    assert not fetches.asked
    assert model.extend(keys(BLOCK * 2))
    assert (model.rowCount(), shown(model, 0)) == (BLOCK * 2, "企业00000")
    assert model.extend(keys(BLOCK * 2))
    assert not model.extend(keys(BLOCK))
    model.set_keys(keys(3))
    assert not model.extend(keys(5))
    assert tester.model() is model
