"""The filter of a mapping group."""
