"""Backups: made by themselves while one works, listed, looked into and restored."""
