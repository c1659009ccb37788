"""A table whose columns change their widths lays itself out before it is painted, not after it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from ipdesk.kinds import catalogue
from ipdesk.records import RecordKey, Row
from ui.ledger.columns import columns_of
from ui.ledger.model import RowsModel
from ui.ledger.table import RowsTable


class _Paintings(QObject):
    """Counts how often something is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_rows_found_again_are_painted_once(qtbot: QtBot) -> None:
    model = RowsModel(lambda *_told: None)
    model.set_columns(columns_of(catalogue().ledger("guanbiao"), city=True))
    table, shown = RowsTable(model), QStackedWidget()
    qtbot.addWidget(shown)
    shown.addWidget(table)
    shown.addWidget(QLabel())
    shown.resize(900, 300)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setCurrentIndex(1)  # nothing was found
    qtbot.wait(50)
    seen = _Paintings()
    table.viewport().installEventFilter(seen)
    keys = [RecordKey("320900", str(number)) for number in range(30)]
    model.set_keys(keys, [Row(key, {}, {}, 0) for key in keys])  # a scroll bar comes: columns grow narrower
    table.go_to(0)
    qtbot.wait(20)
    shown.setCurrentIndex(0)
    qtbot.wait(100)
    assert seen.count == 1
