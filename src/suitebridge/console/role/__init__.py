"""One role and what it permits."""
