"""The city's desks: what came in, conflicts, duplicates, corrections, and who has reported."""
