"""The HTTP API under /api/v1: the same use cases as the console and the command line, for programs. It decides nothing itself."""
