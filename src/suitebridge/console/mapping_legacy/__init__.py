"""The whole configuration in the legacy notation: to read, to keep, and to bring one from the original."""
