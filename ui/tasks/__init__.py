"""The page of a plan's tasks: how each unit stands, and the supervision slips."""
