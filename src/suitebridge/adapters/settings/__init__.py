"""The settings file of a data directory."""
