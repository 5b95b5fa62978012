"""Doors for other systems: what they push is verified here before anything else looks at it."""
