"""Coming in by NetSuite: the way there, the way back, and the record that was opened there."""
