"""The fictional services firm of the demo: what it is called, whom it works for, what it did."""
