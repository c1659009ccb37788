"""What the tests of rules share with those of sync: a city and its counties."""

from tests.ipdesk.sync.conftest import world

__all__ = ("world",)
