"""Find the files shipped with the program, in a checkout and in a built folder alike."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped file below ``resources/``; PyInstaller unpacks it beside the program."""
    root = getattr(sys, "_MEIPASS", None) or Path(__file__).resolve().parent.parent
    return Path(root, "resources", *parts)
