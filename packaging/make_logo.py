"""Make the program's pictures, app.png and app.ico, from resources/icons/logo.svg."""

import io
import os
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # what Windows asks for at 100 to 250 %


def draw(svg: Path, size: int) -> Image.Image:
    """Return the drawing as a square picture of ``size`` pixels on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> None:
    """Write both pictures; each size is drawn anew, none is scaled."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    pictures = [draw(ICONS / "logo.svg", size) for size in SIZES]
    pictures[-1].save(ICONS / "app.png", optimize=True)
    sizes = [(size, size) for size in SIZES]
    pictures[-1].save(ICONS / "app.ico", sizes=sizes, append_images=pictures[:-1])
    app.quit()


if __name__ == "__main__":
    main()
