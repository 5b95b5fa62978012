"""The form of a recipient of notifications."""
