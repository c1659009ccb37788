"""Draw the shipped SVG icons in a token's colour, sharp at every scale of the screen."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ipdesk.resources import resource
from ui.style import tokens

PICTURES = {
    "guanbiao": "enterprise",
    "institution": "institution",
    "training": "training",
    "person": "person",
    "indicators": "target",
    "tasks": "check",
    "networks": "overview",
}  # ledger, or group of ledgers → icon
FINEST = 2.0  # for a second screen that is finer than the first


def icon(name: str, colour: str = "body", side: int = 16, turn: int = 0) -> QIcon:
    """Return an icon whose lines are in a token's colour, muted where disabled; ``turn`` is in degrees."""
    made = QIcon()
    for scale in {QGuiApplication.primaryScreen().devicePixelRatio(), FINEST}:
        made.addPixmap(pixmap(name, colour, side, scale, turn))
        made.addPixmap(pixmap(name, "muted", side, scale, turn), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str = "body", side: int = 16, scale: float = 1.0, turn: int = 0) -> QPixmap:
    """Return an icon as a picture of ``side`` logical pixels."""
    lines = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return _drawn(lines.replace("currentColor", tokens().colour[colour]), side, scale, turn)


def logo(side: int, scale: float = 2.0) -> QPixmap:
    """Return the program's own picture in its own colours."""
    return _drawn(resource("icons", "logo.svg").read_text(encoding="utf-8"), side, scale, 0)


def _drawn(svg: str, side: int, scale: float, turn: int) -> QPixmap:
    drawn = QPixmap(QSize(side, side) * scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.translate(drawn.width() / 2, drawn.height() / 2)
    painter.rotate(turn)
    painter.translate(-drawn.width() / 2, -drawn.height() / 2)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn
