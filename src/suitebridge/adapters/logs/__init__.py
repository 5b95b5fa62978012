"""Writes what every library and the house itself log, as lines on standard error."""
