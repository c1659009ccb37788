"""The plan: its indicators with their targets, phases and tasks, and how far each has come."""
