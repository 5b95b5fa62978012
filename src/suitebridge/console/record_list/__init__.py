"""The records of one type."""
