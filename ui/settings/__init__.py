"""What can be set and looked up about the workspace."""
