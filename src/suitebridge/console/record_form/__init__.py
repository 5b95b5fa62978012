"""The form of a record, with its lines on the same page."""
