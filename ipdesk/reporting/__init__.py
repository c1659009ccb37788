"""Reporting by period: what is due when, what of it is filled in, and what may not be changed any more."""
