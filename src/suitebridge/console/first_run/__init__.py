"""The first page of an empty installation: the company and its first administrator."""
