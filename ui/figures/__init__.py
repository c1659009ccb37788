"""The figures of the registers, and the records they were counted from."""
