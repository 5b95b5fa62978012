"""The data directory and its settings file."""
