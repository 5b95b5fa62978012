"""The system's time and chance."""
