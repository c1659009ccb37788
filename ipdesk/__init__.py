"""What the program knows and does: no Qt, no SQL (design: the house)."""

__version__ = "0.1.0"
