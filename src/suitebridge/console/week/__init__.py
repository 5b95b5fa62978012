"""A week of the visitor's time: rows by days."""
