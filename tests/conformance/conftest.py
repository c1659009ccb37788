"""What the conformance tests share with the tests of sync."""

from tests.ipdesk.sync.conftest import county, world

__all__ = ("county", "world")
