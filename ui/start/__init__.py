"""The screens before the main window: choose, make or unlock a workspace."""
