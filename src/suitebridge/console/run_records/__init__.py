"""The records of one run."""
