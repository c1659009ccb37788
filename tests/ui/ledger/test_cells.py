"""Cells of lists: the words where they belong, whatever was painted before."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.ledger import cells
from ui.ledger.cells import Cell, CellPainter, Look, Strip, paint_ground, paint_ring

STRIP = Strip(0, 200, 34, first=False)
WHITE = QColor("white").rgb()


def painted(painter: CellPainter, *shown: Cell, strip: Strip = STRIP) -> QImage:
    """Return cells on white ground."""
    picture = QImage(200, 34 * max(1, len(shown)), QImage.Format.Format_RGB32)
    picture.fill(WHITE)
    brush = QPainter(picture)
    painter.paint(brush, strip, shown)
    brush.end()
    return picture


def inked(picture: QImage) -> list[int]:
    """Return the columns of pixels that are not white."""
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return sorted({x for x, y in points if picture.pixel(x, y) != WHITE})


def cell(words: str, tone: str = "", *, top: int = 0, missing: bool = False, right: bool = False) -> Cell:
    return Cell(Look(words, tone, missing, right), top, selected=False)


@pytest.fixture
def painter(qapp: QApplication) -> CellPainter:
    made = CellPainter()
    made.take_font(QApplication.font())
    return made


def test_words_begin_at_the_left_and_figures_end_at_the_right(painter: CellPainter) -> None:
    left, right = inked(painted(painter, cell("12"))), inked(painted(painter, cell("12", right=True)))
    assert left[0] >= cells.PAD
    assert left[-1] < 100 < right[0]
    assert right[-1] < STRIP.width - cells.PAD


def test_words_are_cut_off_where_they_need_more_room(painter: CellPainter) -> None:
    assert inked(painted(painter, cell("盐城市锦盛新材料" * 9)))[-1] < STRIP.width - cells.PAD
    assert inked(painted(painter, cell("盐城市锦盛新材料" * 9, "good")))[-1] < STRIP.width


def test_a_column_looks_as_its_cells_do_one_by_one(painter: CellPainter) -> None:
    column = [cell("东台"), cell("有效", "good"), cell("待补", missing=True), cell(""), cell("失效", "bad")]
    picture = painted(painter, *(one._replace(top=34 * row) for row, one in enumerate(column)))
    for row, one in enumerate(column):
        assert picture.copy(QRect(0, 34 * row, 200, 34)) == painted(painter, one)


def test_another_font_lays_the_words_out_anew(painter: CellPainter) -> None:
    before = painted(painter, cell("ipdesk"))
    font = QFont(QApplication.font())
    font.setItalic(True)
    painter.take_font(font)
    assert painted(painter, cell("ipdesk")) != before


def test_no_more_words_are_kept_than_there_is_room_for(
    painter: CellPainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = painted(painter, cell("东台"))
    monkeypatch.setattr(cells, "KEPT", 2)
    for number in range(5):
        painted(painter, cell(str(number)))
    assert painted(painter, cell("东台")) == before


def test_ground_and_ring_stay_within_the_cell(qapp: QApplication) -> None:
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(WHITE)
    brush, area = QPainter(picture), QRect(10, 10, 40, 34)
    paint_ground(brush, area, "")
    assert picture.pixel(20, 12) == WHITE
    assert picture.pixel(20, area.bottom()) != WHITE
    paint_ground(brush, area, "select")
    paint_ring(brush, area)
    brush.end()
    assert inked(picture) == list(range(10, 50))
    assert {picture.pixel(x, y) for x in range(60) for y in (*range(10), *range(44, 60))} == {WHITE}
