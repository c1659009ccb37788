"""The main window: navigation, pages, status, and what is said in passing."""
