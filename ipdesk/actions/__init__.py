"""What a user does, one module a noun; menu, button, command line and test all call these."""
