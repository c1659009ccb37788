"""The command line: one small module per noun, over the same actions that the window calls."""
