"""A mapping group as text, in the advanced notation."""
