"""The inbox is tried on the city of the desks."""

from tests.ui.desks.conftest import ask, built, city, scene, show

__all__ = ("ask", "built", "city", "scene", "show")
