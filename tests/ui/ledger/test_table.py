"""A table whose columns change their widths lays itself out at once, not after it is painted."""

from pytestqt.qtbot import QtBot

from ipdesk.kinds import catalogue
from ui.ledger.columns import columns_of
from ui.ledger.model import RowsModel
from ui.ledger.table import RowsTable


def test_other_widths_are_not_told_by_the_heads(qtbot: QtBot) -> None:
    model = RowsModel(lambda *_told: None)
    model.set_columns(columns_of(catalogue().ledger("guanbiao"), city=True))
    table = RowsTable(model)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitExposed(table)
    told: list[int] = []
    table.horizontalHeader().sectionResized.connect(lambda place, _old, _new: told.append(place))
    table.resize(900, 300)
    table.fit()
    assert not told  # which would have Qt paint all again, later
    assert sum(map(table.columnWidth, range(model.columnCount()))) == table.viewport().width()
