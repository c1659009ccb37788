"""Bring in a sheet: choose, look at what it would do, confirm the doubtful, take it in."""
