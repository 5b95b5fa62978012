"""The users of the company."""
