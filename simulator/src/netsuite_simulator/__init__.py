"""A NetSuite account in one process, behind real HTTP on loopback."""
