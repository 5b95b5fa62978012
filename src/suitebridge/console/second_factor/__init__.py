"""One's own second factor: set up, recovery codes, removed."""
