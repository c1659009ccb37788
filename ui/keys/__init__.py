"""Devices and keys: who is enrolled, and how keys are changed, taken back, backed up and brought back."""
