"""The form of one mapping row."""
