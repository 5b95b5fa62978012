"""One workflow: its mapping groups with their rows."""
