"""The roles of the company."""
