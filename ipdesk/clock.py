"""Tell the time of day as records and files note it."""

from datetime import datetime


def now() -> str:
    """Return the time of day for people (ISO 8601, seconds, with its offset); it never decides a merge."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
