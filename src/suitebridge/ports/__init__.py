"""First floor: what the use cases need from outside, as protocols. Nothing here does anything."""
