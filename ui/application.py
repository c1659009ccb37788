"""Set the application up: shipped fonts, Chinese Qt words and locale, style, and what happens to bugs."""

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from ipdesk import __version__
from ipdesk.resources import resource
from ui.style import palette, sheet, tokens
from ui.texts import common

SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSansSC-Bold.ttf")
PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans SC",
)  # the shipped one has the rare characters


def make_application() -> QApplication:
    """Return the application, dressed; the one that runs already where there is one."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(common.PROGRAM)
    application.setApplicationVersion(__version__)
    application.setWindowIcon(QIcon(str(resource("icons", "app.png"))))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _translate(application)
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Give the application its fonts, style and palette."""
    application.setStyle("Fusion")
    application.setPalette(palette())
    application.setFont(_font())
    application.setStyleSheet(sheet())


def _font() -> QFont:
    """Return the interface font: the PC's own where it has a good one, the shipped one for what that lacks."""
    for name in SHIPPED:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    known = set(QFontDatabase.families())
    font = QFont([family for family in PREFERRED if family in known])
    font.setPixelSize(tokens().type["body"])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _translate(application: QApplication) -> None:
    """Load Qt's own Chinese words, for file choosers and text menus."""
    words = QTranslator(application)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def catch_bugs(report: Callable[[BaseException], None]) -> Hook:
    """Let every error that nothing else handles become a report; return the hook that was there."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            report(error)

    sys.excepthook = hook
    return before
